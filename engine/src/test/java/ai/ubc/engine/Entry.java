package ai.ubc.engine;

import ai.ubc.codec.LogEntry;
import ai.ubc.codec.crypto.KeccakHash;
import ai.ubc.codec.generated.CommandCodec;
import ai.ubc.codec.generated.CommandDispatcher;
import ai.ubc.domain.Address;
import ai.ubc.domain.Command;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.Refusal;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One entry of a log, encoded as it is logged, so that it can be given to several engines.
 *
 * @param timeMs log time
 * @param signer who signed; zero for the network's own commands
 * @param head the common head; zeros for the network's own commands
 * @param hash hash of the signed bytes
 * @param bytes header and block
 */
record Entry(long timeMs, Address signer, Command.Head head, Hash32 hash, UnsafeBuffer bytes) {
  private static final Command.Head NO_HEAD = new Command.Head(0, 0, 0);

  static Entry user(long timeMs, Address signer, Command.Head head, Command command) {
    UnsafeBuffer bytes = new UnsafeBuffer(new byte[512]);
    int length = CommandCodec.encode(head, command, bytes, 0);
    KeccakHash keccak = new KeccakHash();
    keccak.begin().putBytes(bytes.byteArray(), 0, length).end();
    return new Entry(timeMs, signer, head, keccak.digest(), bytes);
  }

  static Entry tick(long timeMs) {
    UnsafeBuffer bytes = new UnsafeBuffer(new byte[64]);
    CommandCodec.tick(bytes, 0);
    return system(timeMs, bytes);
  }

  static Entry activateRules(long timeMs, int version) {
    UnsafeBuffer bytes = new UnsafeBuffer(new byte[64]);
    CommandCodec.activateRules(bytes, 0, version);
    return system(timeMs, bytes);
  }

  static Entry outage(long timeMs, long durationMs) {
    UnsafeBuffer bytes = new UnsafeBuffer(new byte[64]);
    CommandCodec.recordOutage(bytes, 0, durationMs);
    return system(timeMs, bytes);
  }

  static Entry beacon(long timeMs, long slot, Hash32 preimage, Hash32 nextHead) {
    UnsafeBuffer bytes = new UnsafeBuffer(new byte[128]);
    CommandCodec.beacon(bytes, 0, slot, preimage, nextHead);
    return system(timeMs, bytes);
  }

  private static Entry system(long timeMs, UnsafeBuffer bytes) {
    return new Entry(timeMs, Address.ZERO, NO_HEAD, Hash32.ZERO, bytes);
  }

  /** Carries the entry out and returns its code; allocates nothing itself. */
  int applyTo(Engine engine, long seq) {
    int templateId = LogEntry.templateId(bytes, 0);
    engine.begin(seq, timeMs);
    int code = LogEntry.isUser(templateId) ? admit(engine) : Refusal.DONE;
    if (code == Refusal.DONE && engine.originalSeq() == 0) {
      code = CommandDispatcher.dispatch(bytes, LogEntry.HEADER_BYTES, templateId, engine);
    }
    engine.end(code);
    return code;
  }

  private int admit(Engine engine) {
    return engine.admit(
        signer.word0(),
        signer.word1(),
        signer.word2(),
        head.account(),
        head.nonce(),
        head.notAfterMs(),
        hash.word0(),
        hash.word1(),
        hash.word2(),
        hash.word3());
  }
}

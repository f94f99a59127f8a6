package ai.ubc.sequencer;

import ai.ubc.codec.LogEntry;
import ai.ubc.codec.generated.command.ActivateRulesEncoder;
import ai.ubc.codec.generated.command.BeaconEncoder;
import ai.ubc.codec.generated.command.MessageHeaderEncoder;
import ai.ubc.codec.generated.command.RecordOutageEncoder;
import ai.ubc.codec.generated.command.TickEncoder;
import ai.ubc.domain.Hash32;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The entries that the network itself gives. */
final class SystemEntries {
  /** Template of the only entry that the system session may submit. */
  static final int BEACON_TEMPLATE = BeaconEncoder.TEMPLATE_ID;

  private static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;

  private SystemEntries() {}

  static byte[] activateRules(int version) {
    UnsafeBuffer buffer = new UnsafeBuffer(new byte[HEADER + ActivateRulesEncoder.BLOCK_LENGTH]);
    new ActivateRulesEncoder()
        .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
        .version(version);
    return LogEntry.system(buffer, 0, buffer.capacity());
  }

  static byte[] tick() {
    UnsafeBuffer buffer = new UnsafeBuffer(new byte[HEADER + TickEncoder.BLOCK_LENGTH]);
    new TickEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
    return LogEntry.system(buffer, 0, buffer.capacity());
  }

  static byte[] recordOutage(long durationMs) {
    UnsafeBuffer buffer = new UnsafeBuffer(new byte[HEADER + RecordOutageEncoder.BLOCK_LENGTH]);
    new RecordOutageEncoder()
        .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
        .durationMs(durationMs);
    return LogEntry.system(buffer, 0, buffer.capacity());
  }

  /** Whether an entry tells of an outage. */
  static boolean isOutage(DirectBuffer buffer, int offset, int length) {
    return LogEntry.isWellFormed(buffer, offset, length)
        && LogEntry.templateId(buffer, offset) == RecordOutageEncoder.TEMPLATE_ID;
  }

  static byte[] beacon(long slot, Hash32 preimage, Hash32 nextHead) {
    UnsafeBuffer buffer = new UnsafeBuffer(new byte[HEADER + BeaconEncoder.BLOCK_LENGTH]);
    BeaconEncoder encoder =
        new BeaconEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder()).slot(slot);
    byte[] preimageBytes = preimage.bytes();
    byte[] nextHeadBytes = nextHead.bytes();
    for (int i = 0; i < Hash32.BYTES; i++) {
      encoder.preimage(i, (short) (preimageBytes[i] & 0xff));
      encoder.nextHead(i, (short) (nextHeadBytes[i] & 0xff));
    }
    return LogEntry.system(buffer, 0, buffer.capacity());
  }
}

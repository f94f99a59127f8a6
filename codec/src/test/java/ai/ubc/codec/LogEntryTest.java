package ai.ubc.codec;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.codec.crypto.KeccakHash;
import ai.ubc.codec.crypto.KeyPair;
import ai.ubc.codec.crypto.Signatures;
import ai.ubc.codec.generated.CommandCodec;
import ai.ubc.domain.Command;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.Refusal;
import ai.ubc.domain.StateMachine;
import java.lang.reflect.Proxy;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class LogEntryTest {
  private static final BigInteger ORDER =
      new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);

  private final Random random = new Random(21);
  private final Eip712 domain = new Eip712(0, Samples.hash(random));
  private final KeyPair key = KeyPair.of(Samples.hash(random).bytes());

  @Test
  void whatIsSignedIsAdmittedWithItsSigner() {
    for (Command command : Samples.commands(random)) {
      byte[] sent = LogEntry.sign(domain, key, Samples.head(random), command);
      byte[] entry = LogEntry.admit(domain, sent).orElseThrow();
      assertThat(Arrays.copyOf(entry, sent.length)).isEqualTo(sent);
      assertThat(Arrays.copyOfRange(entry, sent.length, entry.length))
          .isEqualTo(key.address().bytes());
      assertThat(LogEntry.isWellFormed(new UnsafeBuffer(entry), 0, entry.length)).isTrue();
      assertThat(LogEntry.isSignerProven(domain, entry)).isTrue();
      entry[entry.length - 1] ^= 1;
      assertThat(LogEntry.isSignerProven(domain, entry)).isFalse();
    }
  }

  @Test
  void aChangedBitChangesTheSignerOrIsRefused() {
    byte[] sent = LogEntry.sign(domain, key, Samples.head(random), new Command.Transfer(1, 2, 3));
    for (int bit = 0; bit < sent.length * 8; bit++) {
      byte[] changed = sent.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      LogEntry.admit(domain, changed)
          .ifPresent(entry ->
              assertThat(Arrays.copyOfRange(entry, sent.length, entry.length))
                  .isNotEqualTo(key.address().bytes()));
    }
  }

  @Test
  void theMalleatedTwinOfASignatureIsRefused() {
    byte[] digest = Samples.hash(random).bytes();
    byte[] signature = key.sign(digest);
    assertThat(Signatures.recover(digest, signature)).contains(key.address());
    BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, 32, 64));
    byte[] high = ORDER.subtract(s).toByteArray();
    byte[] twin = signature.clone();
    Arrays.fill(twin, 32, 64, (byte) 0);
    int length = Math.min(high.length, 32);
    System.arraycopy(high, high.length - length, twin, 64 - length, length);
    twin[64] ^= 7; // 27 and 28 change places
    assertThat(Signatures.recover(digest, twin)).isEmpty();
  }

  @Test
  void signaturesOfAnotherFormAreRefused() {
    byte[] digest = Samples.hash(random).bytes();
    byte[] signature = key.sign(digest);
    assertThat(Signatures.recover(digest, Arrays.copyOf(signature, 64))).isEmpty();
    for (int v : new int[] {0, 1, 26, 29, 255}) {
      byte[] other = signature.clone();
      other[64] = (byte) v;
      assertThat(Signatures.recover(digest, other)).isEmpty();
    }
    byte[] zero = new byte[65];
    zero[64] = 27;
    assertThat(Signatures.recover(digest, zero)).isEmpty();
  }

  @Test
  void otherBytesAreNoCommand() {
    assertThat(LogEntry.isSignedCommand(new byte[0])).isFalse();
    assertThat(LogEntry.isSignedCommand(new byte[500])).isFalse();
    byte[] sent = LogEntry.sign(domain, key, Samples.head(random), new Command.CloseJob(1));
    assertThat(LogEntry.isSignedCommand(sent)).isTrue();
    assertThat(LogEntry.isSignedCommand(Arrays.copyOf(sent, sent.length + 1))).isFalse();
    assertThat(LogEntry.isSignedCommand(Arrays.copyOf(sent, sent.length - 1))).isFalse();
    for (int headerByte = 0; headerByte < 8; headerByte++) {
      byte[] changed = sent.clone();
      changed[headerByte] ^= 0x40;
      assertThat(LogEntry.isSignedCommand(changed)).as("header byte " + headerByte).isFalse();
    }
    ExpandableArrayBuffer tick = new ExpandableArrayBuffer();
    byte[] system = LogEntry.system(tick, 0, CommandCodec.tick(tick, 0));
    assertThat(LogEntry.isSignedCommand(Arrays.copyOf(system, system.length - 20))).isFalse();
    assertThat(LogEntry.isWellFormed(new UnsafeBuffer(system), 0, system.length)).isTrue();
    assertThat(LogEntry.isWellFormed(new UnsafeBuffer(system), 0, 8)).isFalse();
  }

  @Test
  void entriesDriveTheMachineThroughAdmission() {
    byte[] sent = LogEntry.sign(domain, key, new Command.Head(5, 6, 7), new Command.CloseJob(8));
    byte[] entry = LogEntry.admit(domain, sent).orElseThrow();
    List<String> calls = new ArrayList<>();
    assertThat(apply(entry, calls, Refusal.DONE, 0)).isEqualTo(3);
    Hash32 hash = LogEntry.commandHash(entry, LogEntry.signedLength(entry.length));
    assertThat(calls)
        .containsExactly(
            "begin[1, 2]",
            "admit"
                + Arrays.asList(
                    key.address().word0(),
                    key.address().word1(),
                    key.address().word2(),
                    5,
                    6L,
                    7L,
                    hash.word0(),
                    hash.word1(),
                    hash.word2(),
                    hash.word3()),
            "closeJob[5, 8]",
            "end[3]");
  }

  @Test
  void refusedAndRepeatedCommandsAreNotRun() {
    byte[] entry =
        LogEntry.admit(
                domain,
                LogEntry.sign(domain, key, new Command.Head(5, 6, 7), new Command.CloseJob(8)))
            .orElseThrow();
    List<String> calls = new ArrayList<>();
    assertThat(apply(entry, calls, Refusal.EXPIRED.number(), 0))
        .isEqualTo(Refusal.EXPIRED.number());
    assertThat(apply(entry, calls, Refusal.DONE, 77)).isEqualTo(Refusal.DONE);
    assertThat(calls).noneMatch(c -> c.startsWith("closeJob"));
  }

  @Test
  void systemEntriesSkipAdmissionAndRubbishIsMalformed() {
    ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    List<String> calls = new ArrayList<>();
    assertThat(apply(LogEntry.system(buffer, 0, CommandCodec.tick(buffer, 0)), calls, 0, 0))
        .isEqualTo(3);
    assertThat(apply(new byte[200], calls, 0, 0)).isEqualTo(Refusal.MALFORMED.number());
    assertThat(calls).containsExactly("begin[1, 2]", "tick", "end[3]", "begin[1, 2]", "end[1]");
  }

  @Test
  void accessTokensProveTheirSignerAndNothingElse() {
    String token = AccessToken.issue(domain, key, 9, 12_345);
    assertThat(AccessToken.parse(domain, token))
        .contains(new AccessToken(9, 12_345, key.address()));
    assertThat(AccessToken.parse(domain, token.replace("12345", "12346")).map(AccessToken::signer))
        .isNotEqualTo(java.util.Optional.of(key.address()));
    for (String bad :
        List.of("", ".", "a.b.c", "1.2.zz", "1.2", token + ".", "-1.2.00", token + "00")) {
      assertThat(AccessToken.parse(domain, bad)).as(bad).isEmpty();
    }
  }

  private static int apply(byte[] entry, List<String> calls, int admission, long originalSeq) {
    StateMachine machine =
        (StateMachine)
            Proxy.newProxyInstance(
                StateMachine.class.getClassLoader(),
                new Class<?>[] {StateMachine.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("originalSeq")) {
                    return originalSeq;
                  }
                  calls.add(
                      method.getName() + (arguments == null ? "" : Arrays.toString(arguments)));
                  return method.getReturnType() == void.class
                      ? null
                      : (Object) (method.getName().equals("admit") ? admission : 3);
                });
    return new EntryApplier(machine, new KeccakHash())
        .apply(1, 2, new UnsafeBuffer(entry), 0, entry.length);
  }
}

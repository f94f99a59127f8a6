package ai.ubc.codec.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionTest {
  @TempDir private Path directory;

  private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[40]);

  private String bytes(int from, int length) {
    return HexFormat.of().formatHex(buffer.byteArray(), from, from + length);
  }

  @Test
  void aSubmissionHasThisForm() {
    SessionMessages.putSubmitHeader(buffer, 3, 0x0102030405060708L);
    assertThat(bytes(3, SessionMessages.SUBMIT_HEADER_BYTES))
        .isEqualTo("01000100000000000807060504030201");
    assertThat(SessionMessages.isSubmit(buffer, 3, 16)).isTrue();
    assertThat(SessionMessages.isSubmit(buffer, 3, 15)).isFalse();
    assertThat(SessionMessages.isAck(buffer, 3, SessionMessages.ACK_BYTES)).isFalse();
    assertThat(SessionMessages.correlationId(buffer, 3)).isEqualTo(0x0102030405060708L);
  }

  @Test
  void anAcknowledgementHasThisForm() {
    SessionMessages.putAck(buffer, 1, 5, 9, 0xfffe);
    assertThat(bytes(1, SessionMessages.ACK_BYTES))
        .isEqualTo("02000100feff0000" + "0500000000000000" + "0900000000000000");
    assertThat(SessionMessages.isAck(buffer, 1, SessionMessages.ACK_BYTES)).isTrue();
    assertThat(SessionMessages.isAck(buffer, 1, SessionMessages.ACK_BYTES + 1)).isFalse();
    assertThat(SessionMessages.isSubmit(buffer, 1, SessionMessages.ACK_BYTES)).isFalse();
    assertThat(SessionMessages.ackSeq(buffer, 1)).isEqualTo(9);
    assertThat(SessionMessages.ackCode(buffer, 1)).isEqualTo(0xfffe);
  }

  @Test
  void anotherVersionIsNotUnderstood() {
    SessionMessages.putAck(buffer, 0, 5, 9, 0);
    buffer.putByte(2, (byte) 2);
    assertThat(SessionMessages.isAck(buffer, 0, SessionMessages.ACK_BYTES)).isFalse();
  }

  @Test
  void credentialsAreDrawnOnceAndKeptForTheirOwner() throws IOException {
    SecureRandom random = new SecureRandom(new byte[] {1});
    Credentials gateway = Credentials.readOrCreate(directory, SessionRole.GATEWAY, random);
    Credentials system = Credentials.readOrCreate(directory, SessionRole.SYSTEM, random);
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(directory.resolve("gateway"))))
        .isEqualTo("rw-------");

    byte[] again = Credentials.readOrCreate(directory, SessionRole.GATEWAY, random).encode();
    assertThat(gateway.areProvenBy(again)).isTrue();
    assertThat(system.areProvenBy(again)).isFalse();
    assertThat(Credentials.read(directory, SessionRole.SYSTEM).role())
        .isEqualTo(SessionRole.SYSTEM);
  }

  @Test
  void nothingElseProvesARole() {
    byte[] secret = new byte[32];
    secret[31] = 7;
    Credentials credentials = new Credentials(SessionRole.GATEWAY, secret);
    byte[] proof = credentials.encode();
    assertThat(credentials.areProvenBy(proof)).isTrue();
    for (int i = 0; i < proof.length; i++) {
      byte[] changed = proof.clone();
      changed[i] ^= 1;
      assertThat(credentials.areProvenBy(changed)).isFalse();
    }
    assertThat(credentials.areProvenBy(Arrays.copyOf(proof, 32))).isFalse();
    assertThat(credentials.areProvenBy(new byte[0])).isFalse();
  }

  @Test
  void aSecretHasThirtyTwoBytes() throws IOException {
    assertThatThrownBy(() -> new Credentials(SessionRole.SYSTEM, new byte[31]))
        .isInstanceOf(IllegalArgumentException.class);
    Files.writeString(directory.resolve("system"), "00ff");
    assertThatThrownBy(() -> Credentials.read(directory, SessionRole.SYSTEM))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("64 hexadecimal digits");
  }
}

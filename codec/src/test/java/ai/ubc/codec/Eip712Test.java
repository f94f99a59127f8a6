package ai.ubc.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ubc.codec.crypto.KeyPair;
import ai.ubc.codec.generated.CommandCodec;
import ai.ubc.codec.generated.TypedDataTable;
import ai.ubc.domain.Command;
import ai.ubc.domain.Hash32;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SignatureException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.Keys;
import org.web3j.crypto.Sign;
import org.web3j.crypto.StructuredDataEncoder;

/** Our EIP-712 digests and signatures against web3j's. */
final class Eip712Test {
  private static final long CHAIN_ID = 31_337;

  @Test
  void digestsEqualThoseOfAnIndependentImplementation() throws IOException {
    Random random = new Random(11);
    for (int round = 0; round < 20; round++) {
      Hash32 genesis = Samples.hash(random);
      Eip712 domain = new Eip712(CHAIN_ID, genesis);
      for (Command command : Samples.commands(random)) {
        Command.Head head = Samples.head(random);
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        CommandCodec.encode(head, command, buffer, 0);
        byte[] ours = domain.digest(buffer, 8, Samples.templateOf(command));
        byte[] theirs =
            new StructuredDataEncoder(typedData(genesis, head, command)).hashStructuredData();
        assertThat(ours).as(command.toString()).isEqualTo(theirs);
      }
    }
  }

  @Test
  void signaturesRecoverToTheSameKeyInAnIndependentImplementation() throws SignatureException {
    Random random = new Random(12);
    for (int round = 0; round < 20; round++) {
      byte[] secret = Samples.hash(random).bytes();
      byte[] digest = Samples.hash(random).bytes();
      KeyPair key = KeyPair.of(secret);
      byte[] signature = key.sign(digest);
      Sign.SignatureData data =
          new Sign.SignatureData(
              signature[64],
              Arrays.copyOfRange(signature, 0, 32),
              Arrays.copyOfRange(signature, 32, 64));
      assertThat("0x" + Keys.getAddress(Sign.signedMessageHashToKey(digest, data)))
          .isEqualTo(key.address().toString());
    }
  }

  @Test
  void vectorsForOtherClientsStayWhatTheyAre() throws IOException {
    // One signed command of every kind, as typed data and as the bytes that are sent. They change
    // only with the
    // schema's version; -Dubc.vectors.write=true writes them anew.
    Path file = Path.of("src/test/vectors/commands.json");
    String vectors = vectors();
    if (Boolean.getBoolean("ubc.vectors.write")) {
      Files.writeString(file, vectors);
    }
    assertThat(vectors).isEqualTo(Files.readString(file));
  }

  private static String vectors() throws IOException {
    Random random = new Random(13);
    Hash32 genesis = Samples.hash(random);
    KeyPair key = KeyPair.of(Samples.hash(random).bytes());
    List<String> vectors = new ArrayList<>();
    for (Command command : Samples.commands(random)) {
      Command.Head head = Samples.head(random);
      String typedData = typedData(genesis, head, command);
      byte[] digest = new StructuredDataEncoder(typedData).hashStructuredData();
      byte[] sent = LogEntry.sign(new Eip712(CHAIN_ID, genesis), key, head, command);
      vectors.add(
          "{\"secretKey\": \"0x"
              + hex(key.secret())
              + "\",\n \"typedData\": "
              + typedData
              + ",\n \"digest\": \"0x"
              + hex(digest)
              + "\",\n \"sent\": \"0x"
              + hex(sent)
              + "\"}");
    }
    return "[" + String.join(",\n", vectors) + "]\n";
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  @Test
  void otherNetworksHaveOtherDigests() {
    ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    CommandCodec.encode(new Command.Head(1, 2, 3), new Command.CloseJob(4), buffer, 0);
    int template = LogEntry.templateId(buffer, 0);
    byte[] here = new Eip712(1, Hash32.ZERO).digest(buffer, 8, template);
    assertThat(new Eip712(2, Hash32.ZERO).digest(buffer, 8, template)).isNotEqualTo(here);
    assertThat(new Eip712(1, new Hash32(0, 0, 0, 1)).digest(buffer, 8, template))
        .isNotEqualTo(here);
    assertThat(new Eip712(1, Hash32.ZERO).domainSeparator()).hasSize(32);
  }

  @Test
  void onlySignedTemplatesHaveADigest() {
    assertThatThrownBy(() -> new Eip712(1, Hash32.ZERO).digest(new ExpandableArrayBuffer(), 0, 65))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(TypedDataTable.type(65)).isEmpty();
    assertThat(TypedDataTable.widths(65)).isEmpty();
  }

  private static String typedData(Hash32 genesis, Command.Head head, Command command) {
    String type = TypedDataTable.type(Samples.templateOf(command));
    String name = type.substring(0, type.indexOf('('));
    String members = type.substring(type.indexOf('(') + 1, type.length() - 1);
    StringBuilder types = new StringBuilder();
    for (String member : members.split(",", -1)) {
      String[] words = member.split(" ", 2);
      types.append(types.isEmpty() ? "" : ",");
      types.append("{\"name\":\"" + words[1] + "\",\"type\":\"" + words[0] + "\"}");
    }
    StringBuilder values = new StringBuilder();
    values.append("\"account\":\"" + Integer.toUnsignedString(head.account()) + "\"");
    values.append(",\"nonce\":\"" + Long.toUnsignedString(head.nonce()) + "\"");
    values.append(",\"notAfterMs\":\"" + Long.toUnsignedString(head.notAfterMs()) + "\"");
    for (RecordComponent component : command.getClass().getRecordComponents()) {
      values.append(
          ",\"" + component.getName() + "\":\"" + text(command, component, members) + "\"");
    }
    return "{\"types\":{\"EIP712Domain\":[{\"name\":\"name\",\"type\":\"string\"},{\"name\":\"version\",\"type\":\"string\"},"
        + "{\"name\":\"chainId\",\"type\":\"uint256\"},{\"name\":\"salt\",\"type\":\"bytes32\"}],\""
        + name
        + "\":["
        + types
        + "]},\"primaryType\":\""
        + name
        + "\",\"domain\":{\"name\":\"UBC\",\"version\":\"1\",\"chainId\":"
        + CHAIN_ID
        + ",\"salt\":\""
        + genesis
        + "\"},\"message\":{"
        + values
        + "}}";
  }

  private static String text(Command command, RecordComponent component, String members) {
    Object value;
    try {
      value = component.getAccessor().invoke(command);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(component.toString(), e);
    }
    boolean unsigned =
        !members.contains("int64 " + component.getName())
            || members.contains("uint64 " + component.getName());
    return switch (value) {
      case Long number when unsigned -> Long.toUnsignedString(number);
      case Integer number -> Integer.toUnsignedString(number);
      default -> value.toString();
    };
  }
}

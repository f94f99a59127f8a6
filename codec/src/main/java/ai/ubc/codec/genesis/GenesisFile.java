package ai.ubc.codec.genesis;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.ubc.codec.crypto.KeccakHash;
import ai.ubc.domain.Address;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.Hash32;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * A network's genesis as a JSON file for people and programs, and its hash. The hash is over the
 * values, not over the text: Keccak-256 of the tag {@code UBC.gene}, then every component of {@link
 * Genesis} in order, integers as eight bytes big-endian, text as its UTF-8 length and bytes, lists
 * as their length and members.
 */
public final class GenesisFile {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .addModule(hexModule())
          .build();

  private GenesisFile() {}

  /** The hash that salts every signature of the network. */
  public static Hash32 hash(Genesis genesis) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.write("UBC.gene".getBytes(UTF_8));
      byte[] name = genesis.name().getBytes(UTF_8);
      out.writeLong(name.length);
      out.write(name);
      out.writeLong(genesis.chainId());
      out.write(genesis.salt().bytes());
      out.writeLong(genesis.createdMs());
      out.write(genesis.treasury().bytes());
      out.write(genesis.notary().bytes());
      out.write(genesis.beaconHead().bytes());
      writeParameters(out, genesis.parameters());
      out.writeLong(genesis.allocations().size());
      for (Genesis.Allocation allocation : genesis.allocations()) {
        out.write(allocation.owner().bytes());
        out.writeLong(allocation.asset());
        out.writeLong(allocation.amountMicros());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory can be written", e);
    }
    return Hash32.of(KeccakHash.of(bytes.toByteArray()));
  }

  private static void writeParameters(DataOutputStream out, GenesisParameters p)
      throws IOException {
    long[] numbers = {
      p.minimumPriceMicros(),
      p.feePpm(),
      p.burnPpm(),
      p.depositPpm(),
      p.bondPpm(),
      p.checkingPpm(),
      p.dutyBondPpm(),
      p.bondMinMicros(),
      p.agreement().numerator(),
      p.agreement().denominator(),
      p.validatorsMin(),
      p.validatorsMax(),
      p.redrawsMax(),
      p.itemsMax(),
      p.unitsMax(),
      p.priceMicrosMax(),
      p.unitsPerSecondMin(),
      p.runWindowMinMs(),
      p.runWindowMaxMs(),
      p.secretWindowMs(),
      p.beaconWindowMs(),
      p.sealWindowMs(),
      p.openWindowMs(),
      p.disputeWindowMs(),
      p.bondUnlockMs(),
      p.notAfterMaxMs(),
      p.pendingPerSignerMax()
    };
    for (long number : numbers) {
      out.writeLong(number);
    }
  }

  /** The genesis as JSON text; hashes and addresses as hexadecimal text with {@code 0x}. */
  public static String toJson(Genesis genesis) {
    return MAPPER.writeValueAsString(genesis);
  }

  /**
   * Reads JSON text.
   *
   * @throws IllegalArgumentException when a value is missing, unknown or out of its range; the
   *     message names it
   */
  public static Genesis fromJson(String json) {
    try {
      Genesis genesis = MAPPER.readValue(json, Genesis.class);
      if (genesis == null) {
        throw new IllegalArgumentException("not a genesis: null");
      }
      return genesis;
    } catch (JacksonException e) {
      throw new IllegalArgumentException("not a genesis: " + e.getOriginalMessage(), e);
    }
  }

  /**
   * Reads a genesis file.
   *
   * @throws IOException when the file can not be read
   * @throws IllegalArgumentException when it holds no genesis
   */
  public static Genesis read(Path file) throws IOException {
    return fromJson(Files.readString(file));
  }

  /**
   * Writes a genesis file.
   *
   * @throws IOException when it can not be written
   */
  public static void write(Path file, Genesis genesis) throws IOException {
    Files.writeString(file, toJson(genesis) + "\n");
  }

  private static SimpleModule hexModule() {
    return new SimpleModule()
        .addSerializer(Hash32.class, new ToText<>())
        .addSerializer(Address.class, new ToText<>())
        .addDeserializer(Hash32.class, new FromText<>(Hash32::parse))
        .addDeserializer(Address.class, new FromText<>(Address::parse));
  }

  private static final class ToText<T> extends ValueSerializer<T> {
    @Override
    public void serialize(T value, JsonGenerator out, SerializationContext context) {
      out.writeString(String.valueOf(value));
    }
  }

  private static final class FromText<T> extends ValueDeserializer<T> {
    private final Function<String, T> reader;

    FromText(Function<String, T> reader) {
      this.reader = reader;
    }

    @Override
    public T deserialize(JsonParser in, DeserializationContext context) {
      try {
        return reader.apply(in.getString());
      } catch (IllegalArgumentException e) {
        throw context.weirdStringException(
            in.getString(), handledType(), String.valueOf(e.getMessage()));
      }
    }
  }
}

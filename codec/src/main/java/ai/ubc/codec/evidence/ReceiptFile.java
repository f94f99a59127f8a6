package ai.ubc.codec.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.ubc.codec.LogRoot;
import ai.ubc.codec.evidence.Pool.Eligible;
import ai.ubc.codec.evidence.Receipt.ProvenRecord;
import ai.ubc.codec.genesis.GenesisFile;
import ai.ubc.codec.journal.JournalRecord;
import ai.ubc.domain.Hash32;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A receipt as a JSON file (EVD-020 to EVD-022). There is one form of each receipt: what is read is
 * written again and compared, so nothing in a file can be changed, added or left out without being
 * seen; only white space and the order of members are free.
 */
public final class ReceiptFile {
  /** What the file says it is. */
  public static final String FORMAT = "ubc-receipt/2";

  /** The longest file that is read, bytes. */
  public static final int BYTES_MAX = 64 << 20;

  private static final HexFormat HEX = HexFormat.of();
  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .changeDefaultNullHandling(handling -> handling.withContentNulls(Nulls.FAIL))
          .build();

  private ReceiptFile() {}

  private record FilePart(
      String format,
      long job,
      JsonNode genesis,
      RootPart logRoot,
      List<RecordPart> records,
      List<PoolPart> pools) {}

  private record RootPart(long size, String root, long timeMs, String signature) {}

  private record RecordPart(
      long seq,
      long timeMs,
      int code,
      long originalSeq,
      String entry,
      String events,
      List<String> path) {}

  private record PoolPart(int round, List<EligiblePart> eligible) {}

  private record EligiblePart(int account, long bondMicros) {}

  /** The receipt as indented JSON in UTF-8, with a newline at its end. */
  public static byte[] write(Receipt receipt) {
    return (MAPPER.writeValueAsString(parts(receipt)) + "\n").getBytes(UTF_8);
  }

  /**
   * Reads a file.
   *
   * @throws MalformedReceiptException when the bytes are no receipt, or not in its one form
   */
  public static Receipt read(byte[] file) throws MalformedReceiptException {
    try {
      FileBounds.check(file, FileBounds.JOB_VALUES_MAX);
      JsonNode tree = MAPPER.readTree(file);
      FilePart parts = MAPPER.treeToValue(tree, FilePart.class);
      if (parts == null || !parts.format().equals(FORMAT)) {
        throw new MalformedReceiptException("the file does not say that it is " + FORMAT);
      }
      Receipt receipt = receipt(parts);
      if (!MAPPER.readTree(write(receipt)).equals(tree)) {
        throw new MalformedReceiptException("a value is not written in its one form");
      }
      return receipt;
    } catch (JacksonException e) {
      throw new MalformedReceiptException("the file is no receipt: " + e.getOriginalMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new MalformedReceiptException("the file is no receipt: " + e.getMessage(), e);
    }
  }

  /** The receipt as a tree of JSON, as it stands in a file. */
  static JsonNode tree(Receipt receipt) {
    return MAPPER.valueToTree(parts(receipt));
  }

  private static FilePart parts(Receipt receipt) {
    LogRoot root = receipt.logRoot();
    return new FilePart(
        FORMAT,
        receipt.job(),
        MAPPER.readTree(GenesisFile.toJson(receipt.genesis())),
        new RootPart(
            root.size(), root.root().toString(), root.timeMs(), HEX.formatHex(receipt.signature())),
        receipt.records().stream().map(ReceiptFile::part).toList(),
        receipt.pools().stream().map(ReceiptFile::part).toList());
  }

  private static PoolPart part(Pool pool) {
    return new PoolPart(
        pool.round(),
        pool.eligible().stream()
            .map(one -> new EligiblePart(one.account(), one.bondMicros()))
            .toList());
  }

  private static RecordPart part(ProvenRecord proven) {
    JournalRecord record = proven.record();
    return new RecordPart(
        record.seq(),
        record.logTimeMs(),
        record.code(),
        record.originalSeq(),
        HEX.formatHex(record.entry()),
        HEX.formatHex(record.events()),
        proven.path().stream().map(Hash32::toString).toList());
  }

  private static Receipt receipt(FilePart parts) {
    RootPart root = parts.logRoot();
    List<ProvenRecord> records = new ArrayList<>();
    for (RecordPart part : parts.records()) {
      records.add(
          new ProvenRecord(
              new JournalRecord(
                  part.seq(),
                  part.timeMs(),
                  part.code(),
                  part.originalSeq(),
                  HEX.parseHex(part.entry()),
                  HEX.parseHex(part.events())),
              part.path().stream().map(Hash32::parse).toList()));
    }
    return new Receipt(
        parts.job(),
        GenesisFile.fromJson(parts.genesis().toString()),
        new LogRoot(root.size(), Hash32.parse(root.root()), root.timeMs()),
        HEX.parseHex(root.signature()),
        records,
        pools(parts.pools()));
  }

  private static List<Pool> pools(List<PoolPart> parts) {
    List<Pool> pools = new ArrayList<>();
    int last = -1;
    for (PoolPart part : parts) {
      if (part.round() <= last) {
        throw new IllegalArgumentException(
            "the pool of round " + part.round() + " is out of order");
      }
      last = part.round();
      List<Eligible> eligible = new ArrayList<>();
      part.eligible().forEach(one -> eligible.add(new Eligible(one.account(), one.bondMicros())));
      pools.add(new Pool(part.round(), eligible));
    }
    return pools;
  }
}

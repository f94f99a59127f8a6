package ai.ubc.codec.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.ubc.codec.evidence.MapReceipt.Item;
import ai.ubc.codec.job.ItemDigest;
import ai.ubc.codec.job.ItemDigest.FileDigest;
import ai.ubc.codec.job.ItemOutput.ItemOutcome;
import ai.ubc.domain.Hash32;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A map's receipt as a JSON file, in one form as {@link ReceiptFile} (EVD-061). */
public final class MapReceiptFile {
  /** What the file says it is. */
  public static final String FORMAT = "ubc-map-receipt/1";

  private MapReceiptFile() {}

  private record FilePart(String format, List<ItemPart> items, List<JsonNode> receipts) {}

  private record ItemPart(
      String name,
      long job,
      ItemOutcome outcome,
      int detail,
      long units,
      String stdout,
      String stderr,
      List<BodyPart> files) {}

  private record BodyPart(String path, long bytes, String sha256) {}

  /** Whether a file says that it is a map's receipt; it may be none nevertheless. */
  public static boolean isOne(byte[] file) {
    return file.length <= ReceiptFile.BYTES_MAX && FileBounds.format(file).equals(FORMAT);
  }

  /** The receipt as indented JSON in UTF-8, with a newline at its end. */
  public static byte[] write(MapReceipt receipt) {
    FilePart parts =
        new FilePart(
            FORMAT,
            receipt.items().stream().map(MapReceiptFile::part).toList(),
            receipt.receipts().stream().map(ReceiptFile::tree).toList());
    return (ReceiptFile.MAPPER.writeValueAsString(parts) + "\n").getBytes(UTF_8);
  }

  /**
   * Reads a file.
   *
   * @throws MalformedReceiptException when the bytes are no map's receipt, or not in its one form
   */
  public static MapReceipt read(byte[] file) throws MalformedReceiptException {
    try {
      FileBounds.check(file, FileBounds.MAP_VALUES_MAX);
      JsonNode tree = ReceiptFile.MAPPER.readTree(file);
      FilePart parts = ReceiptFile.MAPPER.treeToValue(tree, FilePart.class);
      if (parts == null || !parts.format().equals(FORMAT)) {
        throw new MalformedReceiptException("the file does not say that it is " + FORMAT);
      }
      List<Item> items = new ArrayList<>();
      for (ItemPart part : parts.items()) {
        items.add(item(part));
      }
      List<Receipt> receipts = new ArrayList<>();
      for (JsonNode part : parts.receipts()) {
        receipts.add(ReceiptFile.read(part.toString().getBytes(UTF_8)));
      }
      MapReceipt receipt = new MapReceipt(items, receipts);
      if (!ReceiptFile.MAPPER.readTree(write(receipt)).equals(tree)) {
        throw new MalformedReceiptException("a value is not written in its one form");
      }
      return receipt;
    } catch (JacksonException e) {
      throw new MalformedReceiptException("the file is no receipt: " + e.getOriginalMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new MalformedReceiptException("the file is no receipt: " + e.getMessage(), e);
    }
  }

  private static ItemPart part(Item item) {
    ItemDigest content = item.content();
    List<BodyPart> files = new ArrayList<>();
    content
        .files()
        .forEach(
            (path, file) -> files.add(new BodyPart(path, file.bytes(), file.sha256().toString())));
    return new ItemPart(
        item.name(),
        item.job(),
        content.outcome(),
        content.detail(),
        content.units(),
        content.stdout().toString(),
        content.stderr().toString(),
        files);
  }

  private static Item item(ItemPart part) {
    SortedMap<String, FileDigest> files = new TreeMap<>();
    for (BodyPart file : part.files()) {
      files.put(file.path(), new FileDigest(file.bytes(), Hash32.parse(file.sha256())));
    }
    ItemDigest content =
        new ItemDigest(
            part.outcome(),
            part.detail(),
            part.units(),
            Hash32.parse(part.stdout()),
            Hash32.parse(part.stderr()),
            files);
    return new Item(part.name(), part.job(), content);
  }
}

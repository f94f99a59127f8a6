package ai.ubc.codec.job;

import ai.ubc.codec.job.ItemOutput.ItemOutcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A job's result as one ZIP archive: {@code result.json} (outcome, detail and units of every item),
 * {@code N/stdout}, {@code N/stderr} and the tree {@code N/out/…}. Read into memory; {@link
 * BundleLimits} bounds it.
 */
public final class ResultBundle {
  private static final String MANIFEST = "result.json";
  private static final int VERSION = 1;
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .build();

  private record Manifest(int version, List<Entry> items) {}

  private record Entry(ItemOutcome outcome, int detail, long units) {}

  private ResultBundle() {}

  /** Writes the items' outputs; equal outputs give an equal archive. */
  public static void write(OutputStream to, List<ItemOutput> items) throws IOException {
    List<Entry> entries = new ArrayList<>();
    items.forEach(item -> entries.add(new Entry(item.outcome(), item.detail(), item.units())));
    try (ZipOutputStream zip = new ZipOutputStream(to)) {
      put(zip, MANIFEST, MAPPER.writeValueAsBytes(new Manifest(VERSION, entries)));
      for (int i = 0; i < items.size(); i++) {
        put(zip, i + "/stdout", items.get(i).stdout());
        put(zip, i + "/stderr", items.get(i).stderr());
        for (Map.Entry<String, byte[]> file : items.get(i).files().entrySet()) {
          put(zip, i + "/out/" + file.getKey(), file.getValue());
        }
      }
    }
  }

  /** Whether a result can hold a file of this path below the item's {@code /out}. */
  public static boolean canHold(int item, String path) {
    return Zips.isName(item + "/out/" + path);
  }

  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    Zips.requireName(name);
    Zips.begin(zip, name);
    zip.write(content);
  }

  /**
   * Reads a result with all its bytes.
   *
   * @throws MalformedBundleException when it is not a result; the message says where
   */
  public static List<ItemOutput> read(InputStream archive) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    Zips.read(
        archive,
        new Zips.Visitor() {
          @Override
          public void file(String name, InputStream content) throws IOException {
            files.put(name, content.readAllBytes());
          }

          @Override
          public void directory(String name) throws MalformedBundleException {
            throw new MalformedBundleException(
                "a result holds files only, not the directory \"" + name + "\"");
          }
        });
    Manifest manifest = parse(Optional.ofNullable(files.remove(MANIFEST)));
    List<ItemOutput> items = new ArrayList<>();
    long unitsLeft = Long.MAX_VALUE;
    for (int i = 0; i < manifest.items().size(); i++) {
      ItemOutput item = item(manifest.items().get(i), i, files);
      unitsLeft -= item.units(); // not below −2^63: units are not negative
      if (unitsLeft < 0) {
        throw new MalformedBundleException("the result says more units than can be counted");
      }
      items.add(item);
    }
    if (!files.isEmpty()) {
      throw new MalformedBundleException(
          "the result holds a file of no item: " + files.keySet().iterator().next());
    }
    return items;
  }

  private static ItemOutput item(@Nullable Entry entry, int index, Map<String, byte[]> files)
      throws MalformedBundleException {
    TreeMap<String, byte[]> out = new TreeMap<>();
    String prefix = index + "/out/";
    files.entrySet().removeIf(file -> file.getKey().startsWith(prefix) && keep(out, prefix, file));
    byte[] stdout = files.remove(index + "/stdout");
    byte[] stderr = files.remove(index + "/stderr");
    if (entry == null || stdout == null || stderr == null || entry.units() < 0) {
      throw new MalformedBundleException("item " + index + " of the result is not whole");
    }
    return new ItemOutput(entry.outcome(), entry.detail(), entry.units(), stdout, stderr, out);
  }

  private static boolean keep(
      Map<String, byte[]> out, String prefix, Map.Entry<String, byte[]> file) {
    out.put(file.getKey().substring(prefix.length()), file.getValue());
    return true;
  }

  private static Manifest parse(Optional<byte[]> bytes) throws MalformedBundleException {
    if (bytes.isEmpty() || bytes.get().length > BundleLimits.MANIFEST_BYTES_MAX) {
      throw new MalformedBundleException("the result has no result.json, or one beyond the limit");
    }
    try {
      Manifest manifest = MAPPER.readValue(bytes.get(), Manifest.class);
      if (manifest == null || manifest.version() != VERSION || manifest.items().isEmpty()) {
        throw new MalformedBundleException("result.json is of another version, or has no items");
      }
      return manifest;
    } catch (JacksonException e) {
      throw new MalformedBundleException("result.json is not of the form of a result");
    }
  }
}

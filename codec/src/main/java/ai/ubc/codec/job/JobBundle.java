package ai.ubc.codec.job;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A job's input as one ZIP archive: {@code job.json} ({@link JobSpec}), {@code items/N/stdin} for
 * items that read standard input, and the tree {@code in/…} that every item sees read-only as
 * {@code /in}.
 *
 * @param spec what {@code job.json} says
 * @param directory where the archive was unpacked
 */
public record JobBundle(JobSpec spec, Path directory) {
  private static final String MANIFEST = "job.json";
  private static final String INPUT = "in";
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .build();

  /** The directory that items see as {@code /in}; empty when the bundle has none. */
  public Optional<Path> inputDirectory() {
    return Optional.of(directory.resolve(INPUT)).filter(Files::isDirectory);
  }

  /** Standard input of an item; empty when it has none. */
  public Optional<Path> stdin(int item) {
    return spec.items().get(item).stdin()
        ? Optional.of(directory.resolve(stdinName(item)))
        : Optional.empty();
  }

  /**
   * Writes a bundle. Regular files and directories below {@code inputDirectory} are taken, symbolic
   * links are followed only where they stay files; names are in byte order, so equal input gives an
   * equal archive.
   *
   * @param stdins standard input of each item that has one, in the order of the items; as many as
   *     the spec announces
   * @throws MalformedBundleException when the input is beyond a limit of bundles
   */
  public static void write(
      OutputStream to, JobSpec spec, Optional<Path> inputDirectory, List<Path> stdins)
      throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(to)) {
      Zips.begin(zip, MANIFEST);
      zip.write(MAPPER.writeValueAsBytes(spec));
      int next = 0;
      for (int item = 0; item < spec.items().size(); item++) {
        if (spec.items().get(item).stdin()) {
          Zips.begin(zip, stdinName(item));
          Files.copy(stdins.get(next++), zip);
        }
      }
      if (inputDirectory.isPresent()) {
        writeTree(zip, inputDirectory.get());
      }
    }
  }

  private static void writeTree(ZipOutputStream zip, Path root) throws IOException {
    Zips.begin(zip, INPUT + "/");
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(root)) {
      paths = walk.filter(p -> !p.equals(root)).sorted().toList();
    }
    long bytes = 0;
    for (Path path : paths) {
      String name = INPUT + "/" + root.relativize(path).toString().replace('\\', '/');
      Zips.requireName(name);
      if (Files.isDirectory(path)) {
        Zips.begin(zip, name + "/");
      } else if (Files.isRegularFile(path)) {
        bytes += Files.size(path);
        if (bytes > BundleLimits.UNPACKED_BYTES_MAX) {
          throw new MalformedBundleException(
              "the input directory holds more than " + BundleLimits.UNPACKED_BYTES_MAX + " bytes");
        }
        Zips.begin(zip, name);
        Files.copy(path, zip);
      }
    }
  }

  /**
   * Unpacks a bundle below an existing, empty directory.
   *
   * @throws MalformedBundleException when it is not a bundle, whatever the machine; then nobody can
   *     run it
   * @throws IOException when this machine can not read or write
   */
  public static JobBundle extract(InputStream archive, Path directory) throws IOException {
    SpecReader reader = new SpecReader(directory);
    Zips.read(archive, reader);
    return new JobBundle(reader.checked(), directory);
  }

  /**
   * Reads a bundle without keeping it.
   *
   * @return what its {@code job.json} says
   * @throws MalformedBundleException when it is not a bundle
   */
  public static JobSpec check(InputStream archive) throws IOException {
    SpecReader reader = new SpecReader(null);
    Zips.read(archive, reader);
    return reader.checked();
  }

  private static String stdinName(int item) {
    return "items/" + item + "/stdin";
  }

  /** Takes the manifest, notes the standard inputs, and unpacks where a directory is given. */
  private static final class SpecReader implements Zips.Visitor {
    private final @Nullable Path directory;
    private final Set<String> files = new HashSet<>();
    private final Set<String> directories = new HashSet<>();
    private @Nullable JobSpec spec;

    SpecReader(@Nullable Path directory) {
      this.directory = directory;
    }

    @Override
    public void file(String name, InputStream content) throws IOException {
      claim(name, files);
      if (name.equals(MANIFEST)) {
        spec = parse(content);
      } else if (directory != null) {
        Path target = resolve(directory, name);
        Files.createDirectories(target.getParent());
        Files.copy(content, target);
      } else {
        content.transferTo(OutputStream.nullOutputStream());
      }
    }

    @Override
    public void directory(String name) throws IOException {
      claim(name, directories);
      if (directory != null) {
        Files.createDirectories(resolve(directory, name));
      }
    }

    // A machine whose locale can not write the name is at fault, not the bundle.
    private static Path resolve(Path directory, String name) throws IOException {
      try {
        return directory.resolve(name);
      } catch (InvalidPathException e) {
        throw new IOException(
            "this machine can not write the file name \"" + name + "\"; run it in a UTF-8 locale",
            e);
      }
    }

    // A name is a file or a directory, never both; told here, so that it does not depend on a file
    // system.
    private void claim(String name, Set<String> kind) throws MalformedBundleException {
      if (!name.equals(MANIFEST)
          && !name.equals(INPUT)
          && !name.startsWith(INPUT + "/")
          && !name.equals("items")
          && !name.startsWith("items/")) {
        throw new MalformedBundleException(
            "the bundle holds \"" + name + "\", which has no meaning there");
      }
      boolean twice = false;
      for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
        directories.add(name.substring(0, slash));
        twice |= files.contains(name.substring(0, slash));
      }
      kind.add(name);
      if (twice || (files.contains(name) && directories.contains(name))) {
        throw new MalformedBundleException(
            "the bundle holds a name as a file and as a directory, near \"" + name + "\"");
      }
    }

    private JobSpec parse(InputStream content) throws IOException {
      byte[] bytes = content.readNBytes(BundleLimits.MANIFEST_BYTES_MAX + 1);
      if (bytes.length > BundleLimits.MANIFEST_BYTES_MAX) {
        throw new MalformedBundleException(
            "job.json is larger than " + BundleLimits.MANIFEST_BYTES_MAX + " bytes");
      }
      try {
        return MAPPER.readValue(bytes, JobSpec.class);
      } catch (JacksonException e) {
        throw new MalformedBundleException("job.json is not a job: " + e.getOriginalMessage());
      }
    }

    private JobSpec checked() throws MalformedBundleException {
      if (spec == null) {
        throw new MalformedBundleException("the bundle has no job.json");
      }
      for (int item = 0; item < spec.items().size(); item++) {
        if (spec.items().get(item).stdin() != files.contains(stdinName(item))) {
          throw new MalformedBundleException(
              "job.json and the bundle disagree whether " + stdinName(item) + " exists");
        }
      }
      return spec;
    }
  }
}

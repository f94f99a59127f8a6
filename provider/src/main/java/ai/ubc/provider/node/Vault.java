package ai.ubc.provider.node;

import ai.ubc.codec.crypto.SecretFile;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.Verdict;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a node must not lose between committing to something and opening it: on disk, file and
 * directory, before the commitment is given. Results and verdicts of a job are kept until they are
 * opened or the job is over. From any thread, one thread a job.
 */
final class Vault {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final Pattern RECORD = Pattern.compile("(result|verdict)-(\\d+)(-\\d+)?\\..*");

  private final Path directory;

  /**
   * A result that was, or is about to be, committed.
   *
   * @param job the job
   * @param resultRoot root over the items' results
   * @param units metered units
   * @param itemsRoot root over the salted items
   * @param salt of the commitment
   * @param body SHA-256 of the result bundle
   */
  record Result(
      long job, Hash32 resultRoot, long units, Hash32 itemsRoot, Hash32 salt, Hash32 body) {}

  /**
   * A verdict that was, or is about to be, sealed.
   *
   * @param job the job
   * @param round the round
   * @param verdict what is said
   * @param resultRoot the root that was found; zero for other verdicts than DIGEST
   * @param units the units that were found
   * @param salt of the seal
   */
  record SealedVerdict(
      long job, int round, Verdict verdict, Hash32 resultRoot, long units, Hash32 salt) {}

  private record ResultForm(
      long job, String resultRoot, long units, String itemsRoot, String salt, String body) {}

  private record VerdictForm(
      long job, int round, Verdict verdict, String resultRoot, long units, String salt) {}

  /** A vault in {@code directory}, which exists and belongs to it alone. */
  Vault(Path directory) {
    this.directory = directory;
  }

  /** The kept result of a job. */
  Optional<Result> result(long job) throws IOException {
    return read(record("result-" + job), ResultForm.class)
        .map(f ->
            new Result(
                f.job(),
                Hash32.parse(f.resultRoot()),
                f.units(),
                Hash32.parse(f.itemsRoot()),
                Hash32.parse(f.salt()),
                Hash32.parse(f.body())));
  }

  /** Keeps a result; its bundle stands at {@link #bundle} already. */
  void keep(Result result) throws IOException {
    force(bundle(result.job()));
    write(
        record("result-" + result.job()),
        new ResultForm(
            result.job(),
            result.resultRoot().hex(),
            result.units(),
            result.itemsRoot().hex(),
            result.salt().hex(),
            result.body().hex()));
  }

  /** Keeps the key of a sealed job whose result is about to be kept. */
  void keepKey(long job, Hash32 key) throws IOException {
    SecretFile.write(keyFile(job), key.bytes());
  }

  /** The key of a sealed job. */
  Optional<Hash32> key(long job) throws IOException {
    try {
      return Optional.of(Hash32.of(Files.readAllBytes(keyFile(job))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      throw new IOException(keyFile(job) + " is damaged; it held the key of a job", e);
    }
  }

  private Path keyFile(long job) {
    return directory.resolve("result-" + job + ".key");
  }

  /** Where the result bundle of a job stands. */
  Path bundle(long job) {
    return directory.resolve("result-" + job + ".zip");
  }

  /** The kept verdict of a job's round. */
  Optional<SealedVerdict> verdict(long job, int round) throws IOException {
    return read(record("verdict-" + job + "-" + round), VerdictForm.class)
        .map(f ->
            new SealedVerdict(
                f.job(),
                f.round(),
                f.verdict(),
                Hash32.parse(f.resultRoot()),
                f.units(),
                Hash32.parse(f.salt())));
  }

  /** Keeps a verdict. */
  void keep(SealedVerdict verdict) throws IOException {
    write(
        record("verdict-" + verdict.job() + "-" + verdict.round()),
        new VerdictForm(
            verdict.job(),
            verdict.round(),
            verdict.verdict(),
            verdict.resultRoot().hex(),
            verdict.units(),
            verdict.salt().hex()));
  }

  /** Jobs of which something is kept. */
  List<Long> jobs() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> RECORD.matcher(file.getFileName().toString()))
          .filter(Matcher::matches)
          .map(record -> Long.valueOf(record.group(2)))
          .distinct()
          .toList();
    }
  }

  /** Forgets everything of a job. */
  void forget(long job) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Matcher record = RECORD.matcher(file.getFileName().toString());
        if (record.matches() && Long.parseLong(record.group(2)) == job) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private Path record(String name) {
    return directory.resolve(name + ".json");
  }

  private static <T> Optional<T> read(Path file, Class<T> form) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(MAPPER.readValue(Files.readAllBytes(file), form));
    } catch (JacksonException e) {
      throw new IOException(file + " is damaged; what it held can not be opened any more", e);
    }
  }

  private void write(Path file, Object form) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".tmp");
    Files.write(draft, MAPPER.writeValueAsBytes(form));
    force(draft);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }
}

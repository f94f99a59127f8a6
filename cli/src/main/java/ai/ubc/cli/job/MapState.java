package ai.ubc.cli.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.codec.evidence.MapReceipt;
import ai.ubc.codec.job.ItemDigest;
import ai.ubc.codec.job.ItemOutput;
import ai.ubc.domain.Hash32;
import ai.ubc.sdk.Draft;
import ai.ubc.sdk.job.JobResult;
import ai.ubc.sdk.job.SubmissionStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The directory of a map's results, and in {@code .ubc-map} what has been bought and delivered so
 * far: whoever runs the same map again goes on from there.
 */
final class MapState {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Path results;
  private final Path state;

  private MapState(Path results) {
    this.results = results;
    this.state = results.resolve(".ubc-map");
  }

  /**
   * What came of a job of the map.
   *
   * @param job its number
   * @param seq last log entry that had changed it
   * @param provider who ran it
   * @param ending how it was decided
   * @param units metered units
   * @param priceMicros what it cost, micro-COMPUTE
   * @param items its items, in order
   * @param undelivered jobs that were bought for the same items before, and not delivered
   */
  record Done(
      long job,
      long seq,
      int provider,
      String ending,
      long units,
      long priceMicros,
      List<DoneItem> items,
      List<Long> undelivered) {
    /** Copies the lists. */
    Done {
      items = List.copyOf(items);
      undelivered = List.copyOf(undelivered);
    }
  }

  /**
   * What came of an item.
   *
   * @param file its input's name
   * @param outcome how it ended
   * @param detail the program's exit code or the kind of trap, as its digest has it
   * @param exitCode the program's, else 122
   * @param units metered units
   * @param stdout SHA-256 of what it wrote there, hexadecimal
   * @param stderr the same
   * @param files what it left in {@code /out}
   */
  record DoneItem(
      String file,
      ItemOutput.ItemOutcome outcome,
      int detail,
      int exitCode,
      long units,
      String stdout,
      String stderr,
      List<DoneFile> files) {
    /** Copies the files. */
    DoneItem {
      files = List.copyOf(files);
    }

    private static DoneItem of(String file, ItemOutput item) {
      ItemDigest digest = ItemDigest.of(item);
      List<DoneFile> files = new ArrayList<>();
      digest
          .files()
          .forEach((path, body) ->
              files.add(new DoneFile(path, body.bytes(), body.sha256().toString())));
      return new DoneItem(
          file,
          item.outcome(),
          item.detail(),
          Delivery.exitCode(item),
          item.units(),
          digest.stdout().toString(),
          digest.stderr().toString(),
          files);
    }

    /** The item as a map's receipt lists it. */
    MapReceipt.Item evidence(long job) {
      SortedMap<String, ItemDigest.FileDigest> digests = new TreeMap<>();
      for (DoneFile body : files) {
        digests.put(
            body.path(), new ItemDigest.FileDigest(body.bytes(), Hash32.parse(body.sha256())));
      }
      ItemDigest digest =
          new ItemDigest(
              outcome, detail, units, Hash32.parse(stdout), Hash32.parse(stderr), digests);
      return new MapReceipt.Item(file, job, digest);
    }
  }

  /**
   * A file that an item left.
   *
   * @param path below {@code /out}
   * @param bytes its size
   * @param sha256 hexadecimal
   */
  record DoneFile(String path, long bytes, String sha256) {}

  /** Where the map's receipt goes. */
  Path receipt() {
    return results.resolve("receipt.json");
  }

  /**
   * Opens the directory for a plan.
   *
   * @throws CommandFailure when it holds another map's results
   */
  static MapState open(Path results, MapPlan plan) throws CommandFailure {
    MapState opened = new MapState(results);
    Path kept = opened.state.resolve("plan");
    try {
      Files.createDirectories(opened.state);
      if (!Files.exists(kept)) {
        opened.write(kept, plan.fingerprint() + "\n");
      }
      if (!Files.readString(kept, UTF_8).strip().equals(plan.fingerprint())) {
        throw CommandFailure.of(
            ExitCode.FAILURE,
            "OTHER_MAP",
            results
                + " holds the results of another map: program, arguments, files, check or budget differ. Choose another directory for --out. Nothing was bought.",
            null);
      }
    } catch (IOException e) {
      throw opened.unusable(e);
    }
    return opened;
  }

  /** Where the map's submissions are kept, so that none is sent twice. */
  SubmissionStore submissions() {
    return SubmissionStore.in(state.resolve("submissions"));
  }

  /** What came of a job of the plan; empty while its results are not here. */
  Optional<Done> done(MapPlan.Batch batch) throws CommandFailure {
    Path file = file(batch);
    try {
      return Files.exists(file)
          ? Optional.of(MAPPER.readValue(Files.readString(file, UTF_8), Done.class))
          : Optional.empty();
    } catch (IOException e) {
      throw unusable(e);
    } catch (JacksonException e) {
      throw new CommandFailure(
          ExitCode.FAILURE, file + " is damaged; delete it, and run the same map again", e);
    }
  }

  /** Writes the results of a job's items, and then that they are here. */
  Done keep(MapPlan.Batch batch, JobResult result, List<Long> undelivered) throws CommandFailure {
    List<DoneItem> items = new ArrayList<>();
    try {
      for (int i = 0; i < batch.files().size(); i++) {
        ItemOutput item = result.items().get(i);
        String name = String.valueOf(batch.files().get(i).getFileName());
        Files.write(results.resolve(name + ".out"), item.stdout());
        if (item.stderr().length > 0) {
          Files.write(results.resolve(name + ".err"), item.stderr());
        }
        if (!item.files().isEmpty()) {
          result.writeFiles(i, results.resolve(name + ".files"));
        }
        items.add(DoneItem.of(name, item));
      }
      Done done =
          new Done(
              result.job().job(),
              result.job().updatedSeq(),
              result.job().leased().orElseThrow().provider(),
              JobText.ending(result.job()),
              result.units(),
              result.priceMicros(),
              items,
              undelivered);
      write(file(batch), MAPPER.writeValueAsString(done));
      return done;
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /**
   * Writes the summary.
   *
   * @return its file
   */
  Path summarise(List<Done> jobs, long budgetMicros) throws CommandFailure {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("budgetMicros", budgetMicros);
    summary.put("priceMicros", jobs.stream().mapToLong(Done::priceMicros).sum());
    summary.put("units", jobs.stream().mapToLong(Done::units).sum());
    summary.put("items", jobs.stream().mapToInt(done -> done.items().size()).sum());
    summary.put("jobs", jobs);
    Path file = results.resolve("summary.json");
    try {
      write(file, MAPPER.writeValueAsString(summary));
    } catch (IOException e) {
      throw unusable(e);
    }
    return file;
  }

  private Path file(MapPlan.Batch batch) {
    return state.resolve("job-" + batch.number() + ".json");
  }

  private void write(Path file, String text) throws IOException {
    Draft.write(file, text.getBytes(UTF_8));
  }

  private CommandFailure unusable(IOException e) {
    return new CommandFailure(ExitCode.FAILURE, results + " can not be used: " + e.getMessage(), e);
  }
}

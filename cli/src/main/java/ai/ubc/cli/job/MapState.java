package ai.ubc.cli.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.codec.job.ItemOutput;
import ai.ubc.sdk.job.JobResult;
import ai.ubc.sdk.job.SubmissionStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
   * @param provider who ran it
   * @param ending how it was decided
   * @param units metered units
   * @param priceMicros what it cost, micro-COMPUTE
   * @param items its items, in order
   */
  record Done(
      long job, int provider, String ending, long units, long priceMicros, List<DoneItem> items) {
    /** Copies the items. */
    Done {
      items = List.copyOf(items);
    }
  }

  /**
   * What came of an item.
   *
   * @param file its input's name
   * @param outcome {@code EXIT}, {@code TRAP}, {@code OUT_OF_UNITS} or {@code OUTPUT_LIMIT}
   * @param exitCode the program's, else 122
   * @param units metered units
   */
  record DoneItem(String file, String outcome, int exitCode, long units) {}

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
  Done keep(MapPlan.Batch batch, JobResult result) throws CommandFailure {
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
        items.add(new DoneItem(name, item.outcome().name(), Delivery.exitCode(item), item.units()));
      }
      Done done =
          new Done(
              result.job().job(),
              result.job().provider(),
              JobText.ending(result.job()),
              result.units(),
              result.priceMicros(),
              items);
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
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(draft, text, UTF_8);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private CommandFailure unusable(IOException e) {
    return new CommandFailure(ExitCode.FAILURE, results + " can not be used: " + e.getMessage(), e);
  }
}

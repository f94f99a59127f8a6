package ai.ubc.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.ubc.provider.runtime.Bytes;
import ai.ubc.provider.runtime.ItemResult;
import ai.ubc.provider.runtime.JobRuntime;
import ai.ubc.provider.runtime.Outcome;
import ai.ubc.provider.runtime.RunRequest;
import ai.ubc.provider.runtime.RunResult;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** A runtime that does not run anything: it makes up a result and claims half of the units it could be paid for. */
final class LyingRuntime implements JobRuntime {
  @Override
  public RunResult run(RunRequest request) {
    long units = request.limits().unitsMax() / 2 / request.items().size();
    List<ItemResult> items = new ArrayList<>();
    for (int i = 0; i < request.items().size(); i++) {
      items.add(
          new ItemResult(
              new Outcome.Exit(0),
              units,
              Bytes.copyOf("all done\n".getBytes(UTF_8)),
              Bytes.EMPTY,
              new TreeMap<>(),
              ""));
    }
    return new RunResult(units * items.size(), items);
  }
}

package ai.ubc.provider.node;

import ai.ubc.provider.runtime.Bytes;
import ai.ubc.provider.runtime.Item;
import ai.ubc.provider.runtime.ItemResult;
import ai.ubc.provider.runtime.JobRuntime;
import ai.ubc.provider.runtime.Outcome;
import ai.ubc.provider.runtime.ProviderFault;
import ai.ubc.provider.runtime.RunRequest;
import ai.ubc.provider.runtime.RunResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;

/** Gives each item its arguments as output: 10 units an item, 5 for admission. */
final class FakeRuntime implements JobRuntime {
  private final List<RunRequest> requests = new ArrayList<>();
  private final Deque<ProviderFault> faults = new ArrayDeque<>();

  synchronized void failNext(ProviderFault.Kind kind) {
    faults.add(new ProviderFault(kind, "told so"));
  }

  synchronized List<RunRequest> requests() {
    return List.copyOf(requests);
  }

  @Override
  public synchronized RunResult run(RunRequest request) throws ProviderFault {
    requests.add(request);
    ProviderFault fault = faults.poll();
    if (fault != null) {
      throw fault;
    }
    List<ItemResult> items = new ArrayList<>();
    for (Item item : request.items()) {
      byte[] stdout = String.join(" ", item.args()).getBytes(StandardCharsets.UTF_8);
      items.add(
          new ItemResult(
              new Outcome.Exit(0), 10, Bytes.copyOf(stdout), Bytes.EMPTY, new TreeMap<>(), ""));
    }
    return new RunResult(5 + 10L * items.size(), items);
  }
}

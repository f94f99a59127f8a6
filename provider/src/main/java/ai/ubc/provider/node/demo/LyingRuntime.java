package ai.ubc.provider.node.demo;

import ai.ubc.provider.runtime.Bytes;
import ai.ubc.provider.runtime.ItemResult;
import ai.ubc.provider.runtime.JobRuntime;
import ai.ubc.provider.runtime.ProviderFault;
import ai.ubc.provider.runtime.RunRequest;
import ai.ubc.provider.runtime.RunResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Runs a request honestly and then tells something else: the first item's standard output is not
 * what the program wrote. Units and all else stay, so only a re-run finds it out.
 */
public final class LyingRuntime implements JobRuntime {
  private final JobRuntime honest;

  /** Lies about what {@code honest} finds. */
  public LyingRuntime(JobRuntime honest) {
    this.honest = honest;
  }

  @Override
  public RunResult run(RunRequest request) throws ProviderFault, InterruptedException {
    RunResult truth = honest.run(request);
    List<ItemResult> items = new ArrayList<>(truth.items());
    ItemResult first = items.getFirst();
    items.set(
        0,
        new ItemResult(
            first.outcome(),
            first.units(),
            changed(first.stdout()),
            first.stderr(),
            first.files(),
            first.detail()));
    return new RunResult(truth.units(), items);
  }

  // The first digit becomes another digit, as a liar would do it; without one, a byte is added.
  private static Bytes changed(Bytes stdout) {
    byte[] bytes = stdout.toArray();
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] >= '0' && bytes[i] <= '9') {
        bytes[i] = (byte) (bytes[i] == '9' ? '0' : bytes[i] + 1);
        return Bytes.copyOf(bytes);
      }
    }
    return Bytes.copyOf(Arrays.copyOf(bytes, bytes.length + 1));
  }
}

package ai.ubc.provider.node;

import ai.ubc.codec.job.JobBundle;
import ai.ubc.codec.job.JobSpec;
import ai.ubc.domain.Hash32;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Jobs for tests: program {@code wasm}, deadline 5,000, 1,000 units. */
final class Jobs {
  static final long DEADLINE_MS = 5_000;
  static final byte[] PROGRAM = "wasm".getBytes(StandardCharsets.UTF_8);

  private Jobs() {}

  /** A bundle of items with one argument each. */
  static byte[] bundle(String... args) {
    List<JobSpec.ItemSpec> items =
        List.of(args).stream()
            .map(arg -> new JobSpec.ItemSpec(List.of(arg), Map.of(), false))
            .toList();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      JobBundle.write(bytes, new JobSpec(1, items, 16, 4_096), Optional.empty(), List.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** A job whose bodies are stored. */
  static Terms terms(FakeLedger ledger, long job, int items, byte[] bundle) {
    return new Terms(job, ledger.store(PROGRAM), ledger.store(bundle), items, 1_000);
  }

  static Terms terms(FakeLedger ledger, long job) {
    return terms(ledger, job, 1, bundle("hello"));
  }

  static Duty duty(Duty.Action action, Terms terms) {
    return new Duty(new Duty.Key(action, terms.job(), 0), DEADLINE_MS, terms);
  }

  static Duty duty(Duty.Action action, long job, long deadlineMs) {
    Terms terms = new Terms(job, Hash32.ZERO, Hash32.ZERO, 1, 1_000);
    return new Duty(new Duty.Key(action, job, 0), deadlineMs, terms);
  }
}

package ai.ubc.provider.node;

import ai.ubc.domain.Hash32;
import ai.ubc.provider.runtime.JobRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;

/** What parts stand on in tests: a directory that outlives them, and counting salts. */
final class PartFixture {
  static final NodeLimits LIMITS = new NodeLimits(1, 3, 1 << 20, 1 << 20, 0, 10_000, 100, 400);

  final FakeLedger ledger = new FakeLedger();
  final FakeRuntime runtime = new FakeRuntime();
  final Path vault;
  private final Path cache;
  private final Path work;
  private final AtomicLong salts = new AtomicLong();

  PartFixture(Path root) throws IOException {
    vault = Files.createDirectories(root.resolve("vault"));
    cache = Files.createDirectories(root.resolve("cache"));
    work = Files.createDirectories(root.resolve("work"));
  }

  Path work() {
    return work;
  }

  private Hash32 salt() {
    return new Hash32(77, 0, 0, salts.incrementAndGet());
  }

  private Execution execution(JobRuntime with) throws IOException {
    BodyCache bodies = new BodyCache(cache, ledger, LIMITS);
    return new Execution(bodies, new Unsealing(ledger), with, FakeLedger.GENESIS, LIMITS, work);
  }

  /** A provider that was just started. */
  ProviderPart provider() throws IOException {
    return provider(runtime);
  }

  /** The same with another runtime. */
  ProviderPart provider(JobRuntime with) throws IOException {
    return new ProviderPart(
        ledger,
        ledger,
        execution(with),
        new Vault(vault),
        new OfferKeeper(ledger, 100, 8_000, () -> true),
        new KeyGiver(ledger, new Vault(vault), FakeLedger.GENESIS),
        this::salt,
        new SecureRandom());
  }

  /** A validator that was just started. */
  ValidatorPart validator() throws IOException {
    return new ValidatorPart(ledger, execution(runtime), new Vault(vault), this::salt);
  }
}

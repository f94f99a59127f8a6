package ai.ubc.cli.soak;

import ai.ubc.cli.soak.SoakLoad.Told;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Kills parts of a network under load, one after another, at moments and in an order that follow
 * from a seed, and has it work again after each. One thread.
 */
final class SoakRounds {
  /** An outage is one that log time leaves out from five seconds on. */
  private static final long DARK_MS = 6_000;

  private static final long MOMENT_MAX_MS = 1_500;
  private static final long LOOK_MS = 50;
  private static final Duration WORK_WAIT = Duration.ofMinutes(4);
  private static final Duration GONE_WAIT = Duration.ofMinutes(1);
  private static final int TRANSFERS_AGAIN = 5;
  private static final int JOBS_AGAIN = 1;

  private final ProcessNetwork network;
  private final SoakLoad load;
  private final Random random;
  private final Consumer<String> progress;
  private final List<Victim> deck = new ArrayList<>();
  private final List<String> leftBehind = new ArrayList<>();
  private int blackouts;

  SoakRounds(ProcessNetwork network, SoakLoad load, long seed, Consumer<String> progress) {
    this.network = network;
    this.load = load;
    this.random = new Random(seed);
    this.progress = progress;
  }

  /** How often the whole network was dark for longer than log time takes notice of. */
  int blackouts() {
    return blackouts;
  }

  /** Processes that outlived their killed parents for too long. */
  List<String> leftBehind() {
    return leftBehind;
  }

  /**
   * One round.
   *
   * @return what was killed, and how long it took until the network worked again
   * @throws IOException when a part does not start again, or nothing works any more; the message
   *     says which
   */
  String round() throws IOException, InterruptedException {
    Victim victim = next();
    TimeUnit.MILLISECONDS.sleep(random.nextLong(MOMENT_MAX_MS));
    progress.accept("killing " + victim + " …");
    long startNs = System.nanoTime();
    long transfers = load.transfers(Told.DONE);
    int jobs = load.buyers().delivered();
    List<ProcessHandle> orphans = kill(victim);
    progress.accept("waiting until it works again …");
    awaitWork(victim, transfers, jobs);
    awaitGone(orphans);
    return "%s; it worked again after %.1f s"
        .formatted(victim, (System.nanoTime() - startNs) / 1e9);
  }

  // Every kind comes before any comes again.
  private Victim next() {
    if (deck.isEmpty()) {
      deck.addAll(List.of(Victim.values()));
      Collections.shuffle(deck, random);
    }
    return deck.removeLast();
  }

  private List<ProcessHandle> kill(Victim victim) throws IOException, InterruptedException {
    return switch (victim) {
      case EVERYTHING -> killEverything();
      case SEQUENCER -> killAndStart(network.sequencer());
      case GATEWAY -> killAndStart(network.gateway());
      case PROVIDER -> killAndStart(any(network.providers()));
      case VALIDATOR -> killAndStart(any(network.validators()));
      case POSTGRESQL -> killChild(victim, this::servers);
      case WORKER -> killChild(victim, this::workers);
    };
  }

  private List<ProcessHandle> killEverything() throws IOException, InterruptedException {
    List<PartProcess> parts = new ArrayList<>(network.all());
    Collections.shuffle(parts, random);
    List<ProcessHandle> orphans = new ArrayList<>();
    for (PartProcess part : parts) {
      orphans.addAll(part.kill());
    }
    TimeUnit.MILLISECONDS.sleep(DARK_MS);
    blackouts++;
    network.start(network.all(), progress);
    return orphans;
  }

  private List<ProcessHandle> killAndStart(PartProcess part)
      throws IOException, InterruptedException {
    List<ProcessHandle> orphans = part.kill();
    network.start(List.of(part), progress);
    return orphans;
  }

  // Who has started it starts another by itself.
  private List<ProcessHandle> killChild(Victim victim, Supplier<List<ProcessHandle>> children)
      throws IOException, InterruptedException {
    long untilNs = System.nanoTime() + WORK_WAIT.toNanos();
    List<ProcessHandle> found = children.get();
    while (found.isEmpty()) {
      if (System.nanoTime() > untilNs) {
        throw new IOException("there is no such process as " + victim);
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MS);
      found = children.get();
    }
    ProcessHandle child = found.get(random.nextInt(found.size()));
    List<ProcessHandle> orphans = child.descendants().toList();
    child.destroyForcibly();
    return orphans;
  }

  // Either the server itself or one of the processes that serve a connection.
  private List<ProcessHandle> servers() {
    List<ProcessHandle> all = network.gateway().children("/bin/postgres");
    List<ProcessHandle> first =
        all.stream().filter(p -> p.children().findAny().isPresent()).toList();
    return random.nextBoolean() ? first : all;
  }

  private List<ProcessHandle> workers() {
    List<ProcessHandle> workers = new ArrayList<>();
    for (PartProcess part : network.all()) {
      workers.addAll(part.children("/bin/java"));
    }
    return workers;
  }

  private PartProcess any(List<PartProcess> parts) {
    return parts.get(random.nextInt(parts.size()));
  }

  private void awaitWork(Victim victim, long transfers, int jobs)
      throws IOException, InterruptedException {
    long untilNs = System.nanoTime() + WORK_WAIT.toNanos();
    while (load.transfers(Told.DONE) < transfers + TRANSFERS_AGAIN
        || load.buyers().delivered() < jobs + JOBS_AGAIN) {
      for (PartProcess part : network.all()) {
        if (!part.isAlive()) {
          throw new IOException(
              part.name()
                  + " ended by itself after "
                  + victim
                  + " was killed:\n"
                  + part.complaint());
        }
      }
      if (System.nanoTime() > untilNs) {
        throw new IOException(
            "%d s after %s was killed, %d transfers and %d jobs have been done since"
                .formatted(
                    WORK_WAIT.toSeconds(),
                    victim,
                    load.transfers(Told.DONE) - transfers,
                    load.buyers().delivered() - jobs));
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MS);
    }
  }

  private void awaitGone(List<ProcessHandle> orphans) throws InterruptedException {
    long untilNs = System.nanoTime() + GONE_WAIT.toNanos();
    for (ProcessHandle orphan : orphans) {
      while (orphan.isAlive() && System.nanoTime() < untilNs) {
        TimeUnit.MILLISECONDS.sleep(LOOK_MS);
      }
      if (orphan.isAlive()) {
        leftBehind.add(orphan.pid() + " " + orphan.info().command().orElse(""));
      }
    }
  }
}

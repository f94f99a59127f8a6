package ai.ubc.cli.network;

import ai.ubc.provider.node.MarketNode;
import ai.ubc.provider.node.Unfinished;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The end of a node that is told to stop: it takes nothing new, ends what it has begun, and is
 * done; or stops at once when it is told so again, or, for a service manager, after a limit. From
 * any thread.
 */
final class Leaving {
  private static final long LOOK_SECONDS = 1;

  private final MarketNode node;
  private final Duration limit;
  private final Consumer<String> say;
  private final CompletableFuture<Optional<Throwable>> done = new CompletableFuture<>();
  private boolean begun;

  /**
   * Of a node that is ready.
   *
   * @param limit how long a service manager is let wait
   * @param say tells people a line
   */
  Leaving(MarketNode node, Duration limit, Consumer<String> say) {
    this.node = node;
    this.limit = limit;
    this.say = say;
  }

  /** Whether the process was told to stop. */
  synchronized boolean isBegun() {
    return begun;
  }

  /** Completes with nothing when the process may end, or with the fault that ended the node. */
  CompletableFuture<Optional<Throwable>> done() {
    return done;
  }

  /** The process was told to stop, by this signal. */
  void onSignal(String signal) {
    synchronized (this) {
      if (begun) {
        say.accept("stops at once" + rest(node.unfinished()));
        done.complete(Optional.empty());
        return;
      }
      begun = true;
    }
    boolean isBounded = signal.equals(StopSignals.TERMINATE);
    say.accept(
        "takes nothing new and ends what it has begun"
            + (isBounded
                ? ", for at most " + limit.toSeconds() + " s"
                : "; Ctrl-C again stops it at once"));
    Thread.ofVirtual().name("leaving").start(() -> await(node.leave(), isBounded));
  }

  private void await(CompletableFuture<Unfinished> left, boolean isBounded) {
    long untilNs = System.nanoTime() + limit.toNanos();
    String said = "";
    try {
      while (!done.isDone()) {
        try {
          left.get(LOOK_SECONDS, TimeUnit.SECONDS);
          say.accept("nothing is left to do");
          done.complete(Optional.empty());
        } catch (TimeoutException e) {
          String waits = waits(node.unfinished());
          if (!waits.equals(said)) {
            said = waits;
            say.accept("waits for " + waits);
          }
          if (isBounded && System.nanoTime() - untilNs >= 0) {
            say.accept("stops after " + limit.toSeconds() + " s" + rest(node.unfinished()));
            done.complete(Optional.empty());
          }
        }
      }
    } catch (ExecutionException e) {
      done.complete(Optional.of(e.getCause() == null ? e : e.getCause()));
    } catch (InterruptedException | CancellationException e) {
      done.complete(Optional.of(e));
    }
  }

  /** What is waited for, in words. */
  static String waits(Unfinished unfinished) {
    List<String> parts =
        List.of(
            unfinished.isOffering() ? "its offers to leave the book" : "",
            unfinished.running().isEmpty() ? "" : jobs(unfinished.running()) + " to be done here",
            unfinished.committed().isEmpty()
                ? ""
                : jobs(unfinished.committed()) + " to be checked and opened");
    return parts.stream().filter(part -> !part.isEmpty()).collect(Collectors.joining(", "));
  }

  private static String rest(Unfinished unfinished) {
    if (unfinished.isNothing()) {
      return "";
    }
    return unfinished.running().isEmpty() && unfinished.committed().isEmpty()
        ? ", perhaps before its offers have left the book"
        : "; it leaves "
            + waits(unfinished)
            + ". Start it again soon: what is late costs the bond behind it";
  }

  private static String jobs(List<Long> jobs) {
    return (jobs.size() == 1 ? "job " : "jobs ")
        + jobs.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}

package ai.ubc.provider.node;

import ai.ubc.codec.seal.JobKey;
import ai.ubc.codec.seal.WrappedKey;
import ai.ubc.domain.Hash32;
import ai.ubc.sdk.GatewayProblem;
import ai.ubc.sdk.UbcException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Gives the validators that are drawn for a provider's sealed jobs the key, so that the provider
 * can be checked whatever the buyer does. One thread.
 */
final class KeyGiver {
  private static final Logger LOG = System.getLogger(KeyGiver.class.getPackageName());

  private final SealedJobs jobs;
  private final Vault vault;
  private final Hash32 genesis;
  private final Map<Long, Set<Integer>> served = new HashMap<>();

  KeyGiver(SealedJobs jobs, Vault vault, Hash32 genesis) {
    this.jobs = jobs;
    this.vault = vault;
    this.genesis = genesis;
  }

  /** Gives what is missing. */
  void tend() throws UbcException, IOException, InterruptedException {
    List<Long> kept = vault.jobs();
    served.keySet().retainAll(kept);
    for (long job : kept) {
      Optional<Hash32> secret = vault.key(job);
      if (secret.isPresent()) {
        give(job, JobKey.of(genesis, secret.get()));
      }
    }
  }

  private void give(long job, JobKey key) throws UbcException, InterruptedException {
    Set<Integer> done = served.computeIfAbsent(job, _ -> new HashSet<>());
    for (int validator : drawn(job)) {
      if (done.contains(validator)) {
        continue;
      }
      try {
        Optional<WrappedKey> wrapped =
            jobs.readerKey(validator).flatMap(reader -> key.wrapFor(reader.publicKey()));
        if (wrapped.isPresent()) {
          jobs.leave(job, validator, wrapped.get());
        } else {
          LOG.log(Level.WARNING, "job " + job + ": validator " + validator + " reads no keys");
        }
      } catch (GatewayProblem e) {
        if (e.isRetryable()) {
          throw e;
        }
        LOG.log(
            Level.WARNING,
            "job " + job + ": validator " + validator + " gets no key: " + e.getMessage());
      }
      done.add(validator);
    }
  }

  // None for a job that the ledger does not know, as one restored to an older state does not: it
  // must not keep the other jobs from their keys.
  private List<Integer> drawn(long job) throws UbcException, InterruptedException {
    try {
      return jobs.drawn(job);
    } catch (GatewayProblem e) {
      if (e.status() == 404) {
        return List.of();
      }
      throw e;
    }
  }
}

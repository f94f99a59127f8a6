package ai.ubc.provider.node;

import ai.ubc.codec.job.ItemOutput;
import ai.ubc.codec.job.JobHashes;
import ai.ubc.domain.Command;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.Verdict;
import ai.ubc.domain.rules.JobWindows;
import ai.ubc.provider.runtime.ProviderFault;
import ai.ubc.sdk.UbcException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Re-runs the jobs it is drawn for. What it found and the salt are on disk before the seal is
 * given; the verdict is opened only when the ledger says that the round is sealed.
 *
 * <p>A program or bundle that nobody can run has a digest like any other, which is what an honest
 * provider commits to, so this node never has reason to say INVALID.
 */
final class ValidatorPart implements Part {
  /** Failures to get a body after which it counts as unavailable. */
  static final int BODY_ATTEMPTS = 3;

  private static final Logger LOG = System.getLogger(ValidatorPart.class.getPackageName());

  private final Ledger ledger;
  private final Execution execution;
  private final Vault vault;
  private final Supplier<Hash32> salts;
  private final String name;
  private final Giver giver;

  ValidatorPart(Ledger ledger, Execution execution, Vault vault, Supplier<Hash32> salts) {
    this.ledger = ledger;
    this.execution = execution;
    this.vault = vault;
    this.salts = salts;
    this.name = "validator " + ledger.account();
    this.giver = new Giver(ledger, name);
  }

  @Override
  public Ending perform(Duty duty, int failures)
      throws UbcException, IOException, InterruptedException {
    return switch (duty.key().action()) {
      case SEAL_VERDICT -> seal(duty, failures);
      case OPEN_VERDICT -> open(duty);
      case RUN, OPEN_RESULT -> new Ending.Never("a validator delivers no results");
    };
  }

  private Ending seal(Duty duty, int failures)
      throws UbcException, IOException, InterruptedException {
    Optional<Vault.SealedVerdict> kept = vault.verdict(duty.terms().job(), duty.key().round());
    Vault.SealedVerdict verdict;
    if (kept.isPresent()) {
      verdict = kept.get();
    } else {
      try {
        verdict = judge(duty, failures);
      } catch (BodyUnavailable e) {
        return new Ending.Again(String.valueOf(e.getMessage()));
      } catch (ProviderFault e) {
        return Execution.after(e);
      }
      vault.keep(verdict);
    }
    if (giver.isLate(duty)) {
      return new Ending.Again("late: the verdict is there, but the time to seal is over");
    }
    Hash32 seal =
        JobHashes.seal(
            ledger.genesisHash(),
            verdict.job(),
            verdict.round(),
            ledger.account(),
            verdict.verdict(),
            verdict.resultRoot(),
            verdict.units(),
            verdict.salt());
    return giver.give(duty, new Command.SealVerdict(verdict.job(), verdict.round(), seal));
  }

  private Vault.SealedVerdict judge(Duty duty, int failures)
      throws BodyUnavailable, ProviderFault, UbcException, IOException, InterruptedException {
    long job = duty.terms().job();
    int round = duty.key().round();
    Hash32 salt = salts.get();
    LOG.log(Level.INFO, "{0}: job {1} is re-run", name, Long.toString(job));
    try {
      List<ItemOutput> items = execution.run(duty.terms()).items();
      Hash32 root = JobHashes.resultRoot(items);
      long units = JobHashes.units(items);
      LOG.log(
          Level.INFO,
          "{0}: job {1} was re-run, {2} units, root {3}",
          name,
          Long.toString(job),
          Long.toString(units),
          root);
      return new Vault.SealedVerdict(job, round, Verdict.DIGEST, root, units, salt);
    } catch (BodyUnavailable e) {
      if (e.isWithoutKey() ? keyMayCome(duty) : failures + 1 < BODY_ATTEMPTS) {
        throw e;
      }
      LOG.log(Level.WARNING, "{0}: job {1}: {2}", name, Long.toString(job), e.getMessage());
      return new Vault.SealedVerdict(job, round, Verdict.UNAVAILABLE, Hash32.ZERO, 0, salt);
    }
  }

  // A key comes after the draw, from provider or requester: it has half of the window's fixed part
  // to come, and the run has the rest.
  private boolean keyMayCome(Duty duty) {
    GenesisParameters parameters = ledger.parameters();
    long workMs = JobWindows.workMsRoundedUp(parameters, duty.terms().maxUnits());
    return ledger.logTimeMs() < duty.deadlineMs() - workMs - parameters.sealWindowMs() / 2;
  }

  private Ending open(Duty duty) throws UbcException, IOException, InterruptedException {
    Optional<Vault.SealedVerdict> kept = vault.verdict(duty.terms().job(), duty.key().round());
    if (kept.isEmpty()) {
      return new Ending.Never("the salt of the sealed verdict is lost");
    }
    Vault.SealedVerdict verdict = kept.get();
    Ending ending =
        giver.give(
            duty,
            new Command.OpenVerdict(
                verdict.job(),
                verdict.round(),
                verdict.verdict().code(),
                verdict.resultRoot(),
                verdict.units(),
                verdict.salt()));
    if (ending instanceof Ending.Done) {
      vault.forget(verdict.job());
    }
    return ending;
  }

  @Override
  public void tend(Agenda agenda) {
    // Being bonded is all that a validator offers.
  }

  @Override
  public void leave() {
    // Its bond, which can not be taken back at once, is what it is drawn by.
  }

  @Override
  public boolean isOffering(Agenda agenda) {
    return false;
  }

  @Override
  public List<Long> keptJobs() throws IOException {
    return vault.jobs();
  }

  @Override
  public void forget(long job) throws IOException {
    vault.forget(job);
  }
}

package ai.ubc.provider.node;

import ai.ubc.codec.crypto.Sha256;
import ai.ubc.codec.job.ItemOutput;
import ai.ubc.codec.job.JobHashes;
import ai.ubc.codec.job.ResultBundle;
import ai.ubc.codec.seal.JobKey;
import ai.ubc.codec.seal.SealedResult;
import ai.ubc.domain.Command;
import ai.ubc.domain.Hash32;
import ai.ubc.provider.runtime.ProviderFault;
import ai.ubc.sdk.BodyHold;
import ai.ubc.sdk.GatewayProblem;
import ai.ubc.sdk.UbcException;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Runs the jobs that were leased to it. The result is stored and its salt is on disk before the
 * commit is given, so whatever happens to this process, the result can be opened.
 */
final class ProviderPart implements Part {
  private static final Logger LOG = System.getLogger(ProviderPart.class.getPackageName());

  private final Ledger ledger;
  private final BodyStore bodies;
  private final Execution execution;
  private final Vault vault;
  private final OfferKeeper offers;
  private final KeyGiver keys;
  private final Supplier<Hash32> salts;
  private final SecureRandom seals;
  private final String name;
  private final Giver giver;

  ProviderPart(
      Ledger ledger,
      BodyStore bodies,
      Execution execution,
      Vault vault,
      OfferKeeper offers,
      KeyGiver keys,
      Supplier<Hash32> salts,
      SecureRandom seals) {
    this.ledger = ledger;
    this.bodies = bodies;
    this.execution = execution;
    this.vault = vault;
    this.offers = offers;
    this.keys = keys;
    this.salts = salts;
    this.seals = seals;
    this.name = "provider " + ledger.account();
    this.giver = new Giver(ledger, name);
  }

  @Override
  public Ending perform(Duty duty, int failures)
      throws UbcException, IOException, InterruptedException {
    return switch (duty.key().action()) {
      case RUN -> run(duty);
      case OPEN_RESULT -> open(duty);
      case SEAL_VERDICT, OPEN_VERDICT -> new Ending.Never("a provider gives no verdicts");
    };
  }

  private Ending run(Duty duty) throws UbcException, IOException, InterruptedException {
    long job = duty.terms().job();
    Vault.Result result;
    try {
      Optional<Vault.Result> kept = vault.result(job);
      result = kept.isPresent() ? kept.get() : produce(duty.terms());
    } catch (BodyUnavailable e) {
      return new Ending.Again(String.valueOf(e.getMessage()));
    } catch (ProviderFault e) {
      return Execution.after(e);
    }
    bodies.put(vault.bundle(job), result.body());
    if (giver.isLate(duty)) {
      return new Ending.Again("late: the result is there, but the time to commit is over");
    }
    Hash32 saltedResult =
        JobHashes.saltedResult(
            ledger.genesisHash(), job, result.resultRoot(), result.units(), result.salt());
    return giver.give(duty, new Command.CommitResult(job, saltedResult, result.itemsRoot()));
  }

  private Vault.Result produce(Terms terms)
      throws BodyUnavailable, ProviderFault, UbcException, IOException, InterruptedException {
    LOG.log(Level.INFO, "{0}: job {1} runs", name, Long.toString(terms.job()));
    Execution.Ran ran = execution.run(terms);
    List<ItemOutput> items = ran.items();
    Path bundle = vault.bundle(terms.job());
    if (ran.key().isPresent()) {
      // Before the result: whoever was committed to it must be able to have it checked.
      vault.keepKey(terms.job(), ran.key().get().secret());
      Files.write(bundle, sealed(items, ran.key().get()));
    } else {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(bundle))) {
        ResultBundle.write(out, items);
      }
    }
    Hash32 salt = salts.get();
    Vault.Result result =
        new Vault.Result(
            terms.job(),
            JobHashes.resultRoot(items),
            JobHashes.units(items),
            JobHashes.itemsRoot(items, salt),
            salt,
            Sha256.of(bundle));
    vault.keep(result);
    LOG.log(
        Level.INFO,
        "{0}: job {1} ran, {2} units",
        name,
        Long.toString(terms.job()),
        Long.toString(result.units()));
    return result;
  }

  private byte[] sealed(List<ItemOutput> items, JobKey key) throws IOException {
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    ResultBundle.write(plain, items);
    return new SealedResult(JobHashes.resultRoot(items), JobHashes.units(items))
        .seal(key, plain.toByteArray(), seals);
  }

  private Ending open(Duty duty) throws UbcException, IOException, InterruptedException {
    long job = duty.terms().job();
    Optional<Vault.Result> kept = vault.result(job);
    if (kept.isEmpty()) {
      return new Ending.Never("the salt of the committed result is lost");
    }
    Vault.Result result = kept.get();
    BodyHold receipt = receipt(result);
    Ending ending =
        giver.give(
            duty,
            new Command.OpenResult(
                job,
                result.resultRoot(),
                result.units(),
                result.salt(),
                result.body(),
                receipt.heldUntilMs(),
                receipt.signature().r(),
                receipt.signature().vs()));
    if (ending instanceof Ending.Done) {
      vault.forget(job);
    }
    return ending;
  }

  // A store that lost the result since the commit gets it again: without it nothing is opened.
  private BodyHold receipt(Vault.Result result) throws UbcException, InterruptedException {
    try {
      return bodies.receipt(result.job(), result.body());
    } catch (GatewayProblem e) {
      if (!e.code().equals(GatewayProblem.BODY_MISSING)) {
        throw e;
      }
      bodies.put(vault.bundle(result.job()), result.body());
      return bodies.receipt(result.job(), result.body());
    }
  }

  @Override
  public void tend(Agenda agenda) throws UbcException, IOException, InterruptedException {
    keys.tend(); // first: validators wait for them
    offers.tend(agenda);
  }

  @Override
  public void leave() {
    offers.withdraw();
  }

  @Override
  public boolean isOffering(Agenda agenda) {
    return !offers.isWithdrawn(agenda);
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

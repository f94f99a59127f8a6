package ai.ubc.testkit.evidence;

import static ai.ubc.testkit.evidence.LoggedNetwork.PROVIDER;
import static ai.ubc.testkit.evidence.LoggedNetwork.STRANGERS;
import static ai.ubc.testkit.evidence.LoggedNetwork.VALIDATORS;

import ai.ubc.codec.crypto.Sha256;
import ai.ubc.codec.evidence.ReceiptFile;
import ai.ubc.codec.job.JobHashes;
import ai.ubc.domain.Command;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.InputPolicy;
import ai.ubc.domain.Role;
import ai.ubc.domain.Tier;
import ai.ubc.domain.Verdict;

/** A network with an offer and nine validators, and the steps of the jobs on it. One thread. */
abstract class JobSteps {
  static final Hash32 SECRET = new Hash32(1, 2, 3, 4);
  static final long UNITS = 900_000;
  static final long MAX_UNITS = 1_000_000;

  /** Price of the offer, micro-COMPUTE for 1,000,000 units. */
  static final long PRICE = 1_000_000;

  static final int QUORUM = 3;

  private static final Hash32 SALT = new Hash32(5, 6, 7, 8);

  final LoggedNetwork network;

  JobSteps(int keySeed, LoggedNetwork.Ledgers ledgers) {
    network = new LoggedNetwork(GenesisParameters.development(), keySeed, ledgers);
    network.give(PROVIDER, new Command.Bond(Role.PROVIDER.code(), 500_000_000));
    for (int validator = VALIDATORS; validator < STRANGERS; validator++) {
      network.give(validator, new Command.Bond(Role.VALIDATOR.code(), 100_000_000));
    }
    network.give(PROVIDER, new Command.PlaceOffer(Genesis.CLASS_WASI, PRICE, 1_000_000_000));
  }

  static Hash32 root() {
    return JobHashes.resultRoot(ReceiptCases.output());
  }

  final void submit(int requester, Tier tier) {
    network.give(requester, order(tier));
  }

  static Command order(Tier tier) {
    return order(tier, tier == Tier.QUORUM ? QUORUM : 0, PRICE, 10_000_000, 0);
  }

  static Command order(
      Tier tier, int validators, long limitPriceMicros, long maxCostMicros, long waitMs) {
    return new Command.SubmitJob(
        Sha256.of(ReceiptCases.PROGRAM),
        Sha256.of(ReceiptCases.INPUT),
        JobHashes.secretHash(SECRET),
        Genesis.CLASS_WASI,
        1,
        tier.code(),
        validators,
        InputPolicy.VALIDATORS.code(),
        MAX_UNITS,
        limitPriceMicros,
        maxCostMicros,
        60_000,
        waitMs);
  }

  final void commit(long job) {
    commit(job, PROVIDER);
  }

  final void commit(long job, int provider) {
    network.give(
        provider,
        new Command.CommitResult(
            job,
            JobHashes.saltedResult(network.fingerprint(), job, root(), UNITS, SALT),
            JobHashes.itemsRoot(ReceiptCases.output(), SALT)));
  }

  final void reveal(int requester, long job) {
    network.give(requester, new Command.RevealSecret(job, SECRET));
  }

  final void openResult(long job) {
    openResult(job, PROVIDER);
  }

  final void openResult(long job, int provider) {
    Hash32 body = Sha256.of(ReceiptCases.result());
    network.give(provider, network.opening(job, root(), UNITS, SALT, body));
  }

  final void sealAll(long job, Verdict verdict, Hash32 root, long units) {
    network.drawn(job).forEach(validator -> seal(job, validator, verdict, root, units));
  }

  final void openAll(long job, Verdict verdict, Hash32 root, long units) {
    network.drawn(job).forEach(validator -> open(job, validator, verdict, root, units));
  }

  final void seal(long job, int validator, Verdict verdict, Hash32 root, long units) {
    seal(job, validator, verdict, root, units, 0);
  }

  final void seal(long job, int validator, Verdict verdict, Hash32 root, long units, int round) {
    Hash32 seal =
        JobHashes.seal(
            network.fingerprint(), job, round, validator, verdict, root, units, salt(validator));
    network.give(validator, new Command.SealVerdict(job, round, seal));
  }

  final void open(long job, int validator, Verdict verdict, Hash32 root, long units) {
    open(job, validator, verdict, root, units, 0);
  }

  final void open(long job, int validator, Verdict verdict, Hash32 root, long units, int round) {
    network.give(
        validator,
        new Command.OpenVerdict(job, round, verdict.code(), root, units, salt(validator)));
  }

  private static Hash32 salt(int validator) {
    return new Hash32(validator, 0, 0, 1);
  }

  final byte[] file(long job) {
    return ReceiptFile.write(network.receipt(job));
  }
}

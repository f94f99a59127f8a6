package ai.ubc.testkit.evidence;

import static ai.ubc.testkit.evidence.LoggedNetwork.REQUESTER;
import static ai.ubc.testkit.evidence.LoggedNetwork.STRANGERS;
import static ai.ubc.testkit.evidence.LoggedNetwork.VALIDATORS;

import ai.ubc.codec.crypto.KeyPair;
import ai.ubc.domain.Command;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.Role;
import ai.ubc.domain.Tier;
import ai.ubc.domain.Verdict;
import java.util.SortedMap;
import java.util.TreeMap;

/** Jobs that wait for an offer, and the receipts of all that can become of them. */
final class WaitingCases extends JobSteps {
  private static final int SESSION_KEY = 50;

  /** Below the price of the offer that stands, so that nobody takes the job at first. */
  private static final long LIMIT_PRICE = 900_000;

  private static final long LOWER_PRICE = 800_000;
  private static final long MAX_COST = 20_000_000;
  private static final long WAIT_MS = 600_000;

  private WaitingCases(int keySeed, LoggedNetwork.Ledgers ledgers) {
    super(keySeed, ledgers);
  }

  /** The receipts of all cases by name. */
  static SortedMap<String, byte[]> files(int keySeed, LoggedNetwork.Ledgers ledgers) {
    SortedMap<String, byte[]> files = new TreeMap<>();
    files.put("cancelled", new WaitingCases(keySeed, ledgers).cancelled());
    files.put("others-matched", new WaitingCases(keySeed, ledgers).waitedForAClosing(1));
    files.put("unmatched", new WaitingCases(keySeed, ledgers).unmatched());
    files.put("waited", new WaitingCases(keySeed, ledgers).waited());
    files.put("waited-bond", new WaitingCases(keySeed, ledgers).waitedForABond());
    files.put("waited-close", new WaitingCases(keySeed, ledgers).waitedForAClosing(2));
    files.put("waited-key", new WaitingCases(keySeed, ledgers).waitedForATick());
    files.put("waiting", new WaitingCases(keySeed, ledgers).waiting());
    return files;
  }

  private static Command waiting(Tier tier) {
    return order(tier, tier == Tier.QUORUM ? QUORUM : 0, LIMIT_PRICE, MAX_COST, WAIT_MS);
  }

  private KeyPair grant() {
    KeyPair key = network.key(SESSION_KEY);
    network.give(
        REQUESTER,
        new Command.GrantMandate(
            key.address(), 5_000_000, network.nowMs() + 3_600_000, 1L << Genesis.CLASS_WASI));
    return key;
  }

  // A provider that genesis does not know, with an offer at a lower price.
  private void cheaper(long bondMicros) {
    network.give(STRANGERS, new Command.Bond(Role.PROVIDER.code(), bondMicros));
    network.give(STRANGERS, new Command.PlaceOffer(Genesis.CLASS_WASI, LOWER_PRICE, 1_000_000_000));
  }

  private void runUnchecked(long job) {
    commit(job, STRANGERS);
    openResult(job, STRANGERS);
  }

  // The offer's record matches three: one before it in the queue, this one, and one behind it.
  private byte[] waited() {
    network.register(STRANGERS);
    network.give(REQUESTER, waiting(Tier.QUORUM));
    network.give(VALIDATORS, waiting(Tier.NONE));
    network.give(VALIDATORS + 1, order(Tier.NONE, 0, LIMIT_PRICE + 1, MAX_COST, WAIT_MS));
    cheaper(50_000_000);
    commit(1, STRANGERS);
    reveal(REQUESTER, 1);
    network.beacon();
    sealAll(1, Verdict.DIGEST, root(), UNITS);
    openResult(1, STRANGERS);
    openAll(1, Verdict.DIGEST, root(), UNITS);
    network.pass(10_000);
    return file(1);
  }

  // Ten shall check it, and the tenth comes later, with less than the others have.
  private byte[] waitedForABond() {
    network.give(REQUESTER, order(Tier.QUORUM, 10, PRICE, MAX_COST, WAIT_MS));
    network.register(STRANGERS);
    network.give(STRANGERS, new Command.Bond(Role.VALIDATOR.code(), 90_000_000));
    commit(1);
    reveal(REQUESTER, 1);
    network.beacon();
    sealAll(1, Verdict.DIGEST, root(), UNITS);
    openResult(1);
    openAll(1, Verdict.DIGEST, root(), UNITS);
    network.pass(10_000);
    return file(1);
  }

  // The provider's bond suffices for one job at a time; a stranger to both closes the first, whose
  // receipt has the second one's match in its last record.
  private byte[] waitedForAClosing(long job) {
    network.register(STRANGERS);
    cheaper(100_000);
    network.give(VALIDATORS, waiting(Tier.NONE));
    network.give(REQUESTER, waiting(Tier.NONE));
    runUnchecked(1);
    network.idle(3_000);
    network.give(VALIDATORS + 1, new Command.CloseJob(1));
    runUnchecked(2);
    network.pass(3_000);
    return file(job);
  }

  // As before, with the network's tick, and by a session key, whose mandate counts the limit price
  // while the job waits.
  private byte[] waitedForATick() {
    network.register(STRANGERS);
    cheaper(100_000);
    network.give(VALIDATORS, waiting(Tier.NONE));
    KeyPair key = grant();
    network.give(key, REQUESTER, waiting(Tier.NONE));
    runUnchecked(1);
    network.pass(3_000);
    runUnchecked(2);
    network.pass(3_000);
    return file(2);
  }

  // A session key orders and takes it back.
  private byte[] cancelled() {
    KeyPair key = grant();
    network.give(key, REQUESTER, waiting(Tier.QUORUM));
    network.pass(1_000);
    network.give(key, REQUESTER, new Command.CancelJob(1));
    return file(1);
  }

  private byte[] unmatched() {
    network.give(REQUESTER, waiting(Tier.QUORUM));
    network.pass(WAIT_MS);
    return file(1);
  }

  private byte[] waiting() {
    network.give(REQUESTER, waiting(Tier.QUORUM));
    network.pass(WAIT_MS / 2);
    return file(1);
  }
}

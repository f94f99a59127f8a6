package ai.ubc.testkit.evidence;

import static ai.ubc.testkit.evidence.LoggedNetwork.PROVIDER;
import static ai.ubc.testkit.evidence.LoggedNetwork.REQUESTER;
import static ai.ubc.testkit.evidence.LoggedNetwork.STRANGERS;
import static java.nio.charset.StandardCharsets.UTF_8;

import ai.ubc.codec.crypto.KeyPair;
import ai.ubc.codec.job.ItemOutput;
import ai.ubc.codec.job.ItemOutput.ItemOutcome;
import ai.ubc.codec.job.ResultBundle;
import ai.ubc.domain.Command;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.Tier;
import ai.ubc.domain.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Jobs that end in every way, and their receipts. The same ledger gives the same bytes, so the
 * files are kept, and compared with what each ledger gives.
 */
public final class ReceiptCases extends JobSteps {
  /** The program of every case. */
  public static final byte[] PROGRAM = "a program".getBytes(UTF_8);

  /** The input of every case. */
  public static final byte[] INPUT = "an input".getBytes(UTF_8);

  private static final Hash32 OTHER_ROOT = new Hash32(9, 9, 9, 9);
  private static final int SESSION_KEY = 50;
  private static final int NEW_KEY = 60;

  private ReceiptCases(int keySeed, LoggedNetwork.Ledgers ledgers) {
    super(keySeed, ledgers);
  }

  /** The receipts of all cases by name; networks with another seed have other keys. */
  public static SortedMap<String, byte[]> files(int keySeed, LoggedNetwork.Ledgers ledgers) {
    SortedMap<String, byte[]> files = new TreeMap<>();
    files.put("accepted", new ReceiptCases(keySeed, ledgers).accepted());
    files.put("abandoned", new ReceiptCases(keySeed, ledgers).abandoned());
    files.put("fraud", new ReceiptCases(keySeed, ledgers).fraud());
    files.put("held", new ReceiptCases(keySeed, ledgers).held());
    files.put("no-draw", new ReceiptCases(keySeed, ledgers).noDraw());
    files.put("no-verdict", new ReceiptCases(keySeed, ledgers).noVerdict());
    files.put("redrawn", new ReceiptCases(keySeed, ledgers).redrawn());
    files.put("rotated", new ReceiptCases(keySeed, ledgers).rotated());
    files.put("running", new ReceiptCases(keySeed, ledgers).running());
    files.put("second", new ReceiptCases(keySeed, ledgers).second());
    files.put("session-key", new ReceiptCases(keySeed, ledgers).sessionKey());
    files.put("unchecked", new ReceiptCases(keySeed, ledgers).unchecked());
    files.put("withheld", new ReceiptCases(keySeed, ledgers).withheld());
    files.putAll(WaitingCases.files(keySeed, ledgers));
    return files;
  }

  /** The result bundle that honest providers store. */
  public static byte[] result() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ResultBundle.write(bytes, output());
    } catch (IOException e) {
      throw new UncheckedIOException("memory can be written", e);
    }
    return bytes.toByteArray();
  }

  /** The items that honest machines find. */
  public static List<ItemOutput> output() {
    return List.of(
        new ItemOutput(
            ItemOutcome.EXIT, 0, UNITS, "hello\n".getBytes(UTF_8), new byte[0], new TreeMap<>()));
  }

  // Everybody agrees; the requester is one that genesis does not know, and another job runs beside.
  private byte[] accepted() {
    network.register(STRANGERS);
    submit(REQUESTER, Tier.QUORUM);
    submit(STRANGERS, Tier.QUORUM);
    long job = 2;
    commit(1);
    commit(job);
    reveal(REQUESTER, 1);
    network.beacon();
    reveal(STRANGERS, job);
    network.beacon();
    sealAll(job, Verdict.DIGEST, root(), UNITS);
    openResult(job);
    openAll(job, Verdict.DIGEST, root(), UNITS);
    network.pass(10_000);
    network.pass(100_000);
    return file(job);
  }

  // A session key orders and reveals; the owner is one that genesis does not know.
  private byte[] sessionKey() {
    network.register(STRANGERS);
    KeyPair key = network.key(SESSION_KEY);
    network.give(
        STRANGERS,
        new Command.GrantMandate(
            key.address(), 5_000_000, network.nowMs() + 3_600_000, 1L << Genesis.CLASS_WASI));
    network.give(key, STRANGERS, order(Tier.QUORUM));
    commit(1);
    network.give(key, STRANGERS, new Command.RevealSecret(1, SECRET));
    network.beacon();
    sealAll(1, Verdict.DIGEST, root(), UNITS);
    openResult(1);
    openAll(1, Verdict.DIGEST, root(), UNITS);
    network.pass(10_000);
    return file(1);
  }

  // Both parties change their keys in the midst of the job, the requester twice; its session key,
  // which had ordered, ends by that, and another one, whose mandate had ended, is the new owner.
  private byte[] rotated() {
    network.register(STRANGERS);
    Command.GrantMandate unused =
        new Command.GrantMandate(network.key(NEW_KEY + 1).address(), 1, network.nowMs() + 100, 1);
    network.give(STRANGERS, unused);
    network.idle(100);
    network.changeOwner(STRANGERS, NEW_KEY);
    KeyPair key = network.key(SESSION_KEY);
    network.give(
        STRANGERS,
        new Command.GrantMandate(
            key.address(), 5_000_000, network.nowMs() + 3_600_000, 1L << Genesis.CLASS_WASI));
    network.give(key, STRANGERS, order(Tier.QUORUM));
    commit(1);
    network.changeOwner(STRANGERS, NEW_KEY + 1);
    reveal(STRANGERS, 1);
    network.beacon();
    network.changeOwner(PROVIDER, NEW_KEY + 2);
    sealAll(1, Verdict.DIGEST, root(), UNITS);
    network.changeOwner(network.drawn(1).getFirst(), NEW_KEY + 3);
    openResult(1);
    openAll(1, Verdict.DIGEST, root(), UNITS);
    network.changeOwner(PROVIDER, NEW_KEY + 4);
    network.pass(10_000);
    return file(1);
  }

  // As accepted, until the dispute window has passed.
  private byte[] held() {
    submit(REQUESTER, Tier.QUORUM);
    commit(1);
    reveal(REQUESTER, 1);
    network.beacon();
    sealAll(1, Verdict.DIGEST, root(), UNITS);
    openAll(1, Verdict.DIGEST, root(), UNITS);
    openResult(1);
    return file(1);
  }

  private byte[] running() {
    submit(REQUESTER, Tier.QUORUM);
    commit(1);
    reveal(REQUESTER, 1);
    network.beacon();
    seal(1, network.drawn(1).getFirst(), Verdict.DIGEST, root(), UNITS);
    return file(1);
  }

  // Two of three find another result.
  private byte[] fraud() {
    submit(REQUESTER, Tier.QUORUM);
    commit(1);
    reveal(REQUESTER, 1);
    network.beacon();
    List<Integer> drawn = network.drawn(1);
    seal(1, drawn.get(0), Verdict.DIGEST, OTHER_ROOT, 500_000);
    seal(1, drawn.get(1), Verdict.DIGEST, root(), UNITS);
    seal(1, drawn.get(2), Verdict.DIGEST, OTHER_ROOT, 500_000);
    open(1, drawn.get(0), Verdict.DIGEST, OTHER_ROOT, 500_000);
    open(1, drawn.get(1), Verdict.DIGEST, root(), UNITS);
    openResult(1);
    open(1, drawn.get(2), Verdict.DIGEST, OTHER_ROOT, 500_000);
    return file(1);
  }

  // One finds it unavailable, one invalid, one the same.
  private byte[] noVerdict() {
    submit(REQUESTER, Tier.QUORUM);
    commit(1);
    network.pass(5_000);
    network.beacon();
    List<Integer> drawn = network.drawn(1);
    seal(1, drawn.get(0), Verdict.UNAVAILABLE, Hash32.ZERO, 0);
    seal(1, drawn.get(1), Verdict.INVALID, Hash32.ZERO, 0);
    seal(1, drawn.get(2), Verdict.DIGEST, root(), UNITS);
    openResult(1);
    open(1, drawn.get(0), Verdict.UNAVAILABLE, Hash32.ZERO, 0);
    open(1, drawn.get(1), Verdict.INVALID, Hash32.ZERO, 0);
    open(1, drawn.get(2), Verdict.DIGEST, root(), UNITS);
    network.pass(10_000);
    return file(1);
  }

  // Too few seal at first; then one of three does not, and the others agree.
  private byte[] redrawn() {
    submit(REQUESTER, Tier.QUORUM);
    commit(1);
    reveal(REQUESTER, 1);
    network.beacon();
    seal(1, network.drawn(1).getFirst(), Verdict.DIGEST, root(), UNITS);
    network.pass(70_011);
    network.beacon();
    List<Integer> drawn = network.drawn(1);
    seal(1, drawn.get(0), Verdict.DIGEST, root(), UNITS, 1);
    seal(1, drawn.get(2), Verdict.DIGEST, root(), UNITS, 1);
    network.pass(70_011);
    openResult(1);
    open(1, drawn.get(0), Verdict.DIGEST, root(), UNITS, 1);
    open(1, drawn.get(2), Verdict.DIGEST, root(), UNITS, 1);
    network.pass(10_000);
    return file(1);
  }

  // The provider stays silent after the seals, and one validator does not open.
  private byte[] withheld() {
    submit(REQUESTER, Tier.QUORUM);
    commit(1);
    reveal(REQUESTER, 1);
    network.beacon();
    sealAll(1, Verdict.DIGEST, root(), UNITS);
    List<Integer> drawn = network.drawn(1);
    open(1, drawn.get(0), Verdict.DIGEST, root(), UNITS);
    open(1, drawn.get(1), Verdict.DIGEST, root(), UNITS);
    network.pass(20_000);
    return file(1);
  }

  // The beacon does not come in time, nor the provider.
  private byte[] noDraw() {
    submit(REQUESTER, Tier.QUORUM);
    commit(1);
    reveal(REQUESTER, 1);
    network.pass(20_000);
    network.pass(20_000);
    return file(1);
  }

  // The provider does not commit; a stranger closes the job.
  private byte[] abandoned() {
    network.register(STRANGERS);
    submit(REQUESTER, Tier.QUORUM);
    network.idle(60_000);
    network.give(STRANGERS, new Command.CloseJob(1));
    return file(1);
  }

  private byte[] unchecked() {
    submit(REQUESTER, Tier.NONE);
    commit(1);
    openResult(1);
    network.pass(10_000);
    return file(1);
  }

  // The second job of the same requester.
  private byte[] second() {
    submit(REQUESTER, Tier.QUORUM);
    submit(REQUESTER, Tier.NONE);
    commit(2);
    openResult(2);
    network.pass(10_000);
    return file(2);
  }
}

package ai.ubc.gateway.fake;

import ai.ubc.codec.AccessToken;
import ai.ubc.codec.BodyReceipt;
import ai.ubc.codec.Eip712;
import ai.ubc.codec.LogEntry;
import ai.ubc.codec.crypto.KeccakHash;
import ai.ubc.codec.crypto.KeyPair;
import ai.ubc.codec.crypto.Sha256;
import ai.ubc.codec.crypto.Signatures;
import ai.ubc.codec.genesis.GenesisFile;
import ai.ubc.codec.job.ItemOutput;
import ai.ubc.codec.job.ItemOutput.ItemOutcome;
import ai.ubc.codec.job.JobHashes;
import ai.ubc.codec.job.ResultBundle;
import ai.ubc.domain.Asset;
import ai.ubc.domain.Command;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.InputPolicy;
import ai.ubc.domain.Tier;
import ai.ubc.domain.Verdict;
import ai.ubc.gateway.command.CommandSink.Ack;
import ai.ubc.testkit.ChangedRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A network of a treasury (account 1), a requester (2), a provider (3) and four validators (4 to
 * 7), all with money, none bonded yet; and what they sign. Accounts are known by their numbers.
 */
public final class TestNetwork {
  public static final int TREASURY = 1;
  public static final int REQUESTER = 2;
  public static final int PROVIDER = 3;
  public static final int VALIDATORS = 4;
  public static final long START_MICROS = 1_000_000_000;
  public static final byte[] PROGRAM = "a program".getBytes(StandardCharsets.UTF_8);
  public static final byte[] INPUT = "an input".getBytes(StandardCharsets.UTF_8);
  public static final Hash32 SECRET = new Hash32(1, 2, 3, 4);
  public static final Hash32 SALT = new Hash32(5, 6, 7, 8);

  /** The key of the network's notary. */
  public static final KeyPair NOTARY = key(99);

  private static final Hash32 PREIMAGE = new Hash32(9, 9, 9, 9);

  private final Genesis genesis;
  private final Hash32 genesisHash;
  private final Eip712 domain;
  private final FakeLedger ledger;
  private final AtomicLong nonce = new AtomicLong(1);
  private Hash32 preimage = PREIMAGE;
  private long slot;

  /** A fresh network; those with equal names are equal. */
  public TestNetwork(String name) {
    List<Genesis.Allocation> allocations = new ArrayList<>();
    for (int account = REQUESTER; account < VALIDATORS + 4; account++) {
      allocations.add(new Genesis.Allocation(key(account).address(), Asset.COMPUTE, START_MICROS));
    }
    genesis =
        new Genesis(
            name,
            0,
            new Hash32(1, 1, 1, 1),
            1,
            key(TREASURY).address(),
            NOTARY.address(),
            hash(PREIMAGE),
            GenesisParameters.development(),
            allocations);
    genesisHash = GenesisFile.hash(genesis);
    domain = new Eip712(0, genesisHash);
    ledger = new FakeLedger(genesis);
  }

  /** The key of an account. */
  public static KeyPair key(int account) {
    byte[] secret = new byte[32];
    Arrays.fill(secret, (byte) account);
    return KeyPair.of(secret);
  }

  private static Hash32 hash(Hash32 value) {
    return Hash32.of(KeccakHash.of(value.bytes()));
  }

  public Genesis genesis() {
    return genesis;
  }

  public Hash32 genesisHash() {
    return genesisHash;
  }

  public Eip712 domain() {
    return domain;
  }

  public FakeLedger ledger() {
    return ledger;
  }

  /** A command as its account signs it, valid for a minute. */
  public byte[] sign(int account, Command command) {
    return sign(key(account), account, command);
  }

  private byte[] sign(KeyPair signer, int account, Command command) {
    return LogEntry.sign(
        domain,
        signer,
        new Command.Head(account, nonce.getAndIncrement(), ledger.nowMs() + 60_000),
        command);
  }

  /** Gives a command past the gateway; it must be carried out. */
  public Ack give(int account, Command command) {
    return give(key(account), account, command);
  }

  /** The same, signed with a key that need not own the account. */
  public Ack give(KeyPair signer, int account, Command command) {
    Ack ack = ledger.append(LogEntry.admit(domain, sign(signer, account, command)).orElseThrow());
    if (ack.code() != 0) {
      throw new IllegalStateException(command + " was refused: " + ack);
    }
    return ack;
  }

  /** Bonds the provider and the validators, and places an offer of 10^9 units at 1,000,000. */
  public void openMarket() {
    give(PROVIDER, new Command.Bond(1, 500_000_000));
    for (int i = 0; i < 4; i++) {
      give(VALIDATORS + i, new Command.Bond(2, 100_000_000));
    }
    give(PROVIDER, new Command.PlaceOffer(1, 1_000_000, 1_000_000_000));
  }

  /** A job of 1,000,000 units of {@link #PROGRAM} over {@link #INPUT}. */
  public static Command.SubmitJob job(Tier tier, InputPolicy policy) {
    return new Command.SubmitJob(
        Sha256.of(PROGRAM),
        Sha256.of(INPUT),
        hash(SECRET),
        1,
        1,
        tier.code(),
        tier == Tier.QUORUM ? 3 : 0,
        policy.code(),
        1_000_000,
        1_000_000,
        100_000_000,
        60_000,
        0);
  }

  /** The same job, which may wait for an offer. */
  public static Command.SubmitJob waiting(Tier tier, InputPolicy policy, long waitMs) {
    return ChangedRecord.of(job(tier, policy), Map.of("waitMs", waitMs));
  }

  /** The one item that honest workers find. */
  public static List<ItemOutput> output() {
    return List.of(
        new ItemOutput(
            ItemOutcome.EXIT,
            0,
            900_000,
            "hello\n".getBytes(StandardCharsets.UTF_8),
            new byte[0],
            new TreeMap<>()));
  }

  /** The result bundle of {@link #output()}. */
  public static byte[] resultBundle() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ResultBundle.write(bytes, output());
    } catch (IOException e) {
      throw new IllegalStateException("memory can be written", e);
    }
    return bytes.toByteArray();
  }

  /** The provider's commitment to {@link #output()}. */
  public Command.CommitResult commit(long job) {
    Hash32 root = JobHashes.resultRoot(output());
    return new Command.CommitResult(
        job,
        JobHashes.saltedResult(genesisHash, job, root, JobHashes.units(output()), SALT),
        JobHashes.itemsRoot(output(), SALT));
  }

  /** The provider's opening of it. */
  public Command.OpenResult open(long job) {
    BodyReceipt receipt =
        new BodyReceipt(
            job,
            JobHashes.resultRoot(output()),
            JobHashes.units(output()),
            Sha256.of(resultBundle()),
            ledger.nowMs() + 86_400_000);
    return open(receipt, receipt.sign(domain, NOTARY));
  }

  /** An opening that says what the receipt says. */
  public static Command.OpenResult open(BodyReceipt receipt, Signatures.Compact signature) {
    return new Command.OpenResult(
        receipt.job(),
        receipt.resultRoot(),
        receipt.units(),
        SALT,
        receipt.body(),
        receipt.heldUntilMs(),
        signature.r(),
        signature.vs());
  }

  /** Opens the next beacon slot. */
  public Ack beacon() {
    Hash32 opened = preimage;
    preimage = new Hash32(9, 9, 9, ++slot + 100);
    return ledger.beacon(slot, opened, hash(preimage));
  }

  /** A drawn validator's sealed verdict on {@link #output()}. */
  public Command.SealVerdict seal(long job, int round, int validator) {
    return new Command.SealVerdict(
        job,
        round,
        JobHashes.seal(
            genesisHash,
            job,
            round,
            validator,
            Verdict.DIGEST,
            JobHashes.resultRoot(output()),
            JobHashes.units(output()),
            SALT));
  }

  /** Its opening. */
  public static Command.OpenVerdict openVerdict(long job, int round) {
    return new Command.OpenVerdict(
        job,
        round,
        Verdict.DIGEST.code(),
        JobHashes.resultRoot(output()),
        JobHashes.units(output()),
        SALT);
  }

  /** An {@code Authorization} header that is valid for an hour. */
  public String access(int account) {
    return "UBC " + AccessToken.issue(domain, key(account), account, ledger.nowMs() + 3_600_000);
  }
}

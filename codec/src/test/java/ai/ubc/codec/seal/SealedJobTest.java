package ai.ubc.codec.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ubc.codec.Eip712;
import ai.ubc.codec.crypto.KeyPair;
import ai.ubc.codec.job.ItemOutput;
import ai.ubc.codec.job.JobHashes;
import ai.ubc.domain.Hash32;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class SealedJobTest {
  private static final Hash32 GENESIS = new Hash32(1, 2, 3, 4);
  private static final Eip712 DOMAIN = new Eip712(31_337, GENESIS);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final byte[] PROGRAM = "the program's own text".getBytes(UTF_8);
  private static final byte[] INPUT = "what nobody else may read".getBytes(UTF_8);
  private static final int PROVIDER = 7;

  private final KeyPair buyer = key(1);
  private final KeyPair provider = key(2);
  private final KeyPair stranger = key(3);
  private final JobKey key = JobKey.random(GENESIS, RANDOM);

  private static KeyPair key(int number) {
    byte[] secret = new byte[32];
    secret[31] = (byte) number;
    return KeyPair.of(secret);
  }

  private static ReaderSecret secret(KeyPair owner) {
    return ReaderSecret.of(owner, GENESIS);
  }

  private static WrappedKey wrap(JobKey wrapped, KeyPair reader) {
    return wrapped.wrapFor(secret(reader).publicKey()).orElseThrow();
  }

  private SealedInput.Recipient recipient(int account, KeyPair owner) {
    return new SealedInput.Recipient(secret(owner).statement(DOMAIN, account), wrap(key, owner));
  }

  private SealedInput sealedFor(SealedInput.Recipient... recipients) {
    return new SealedInput(key.commitment(), wrap(key, buyer), List.of(recipients));
  }

  private byte[] input(SealedInput.Recipient... recipients) {
    return sealedFor(recipients).seal(key, INPUT, RANDOM);
  }

  private Optional<SealedJob> job(byte[] input) {
    return SealedJob.of(input, DOMAIN, PROVIDER, provider.address());
  }

  @Test
  void theProviderItWasSealedForFindsProgramAndInput() {
    byte[] program = key.sealProgram(PROGRAM, RANDOM);
    SealedJob job = job(input(recipient(6, stranger), recipient(PROVIDER, provider))).orElseThrow();
    JobKey found = job.key(secret(provider)).orElseThrow();
    SealedJob.Opened opened = job.open(found, program).orElseThrow();
    assertThat(opened.program()).isEqualTo(PROGRAM);
    assertThat(opened.input()).isEqualTo(INPUT);
    assertThat(job.open(found, PROGRAM).orElseThrow().program()).isEqualTo(PROGRAM);
    assertThat(found.secret()).isEqualTo(key.secret());
  }

  @Test
  void theBuyerFindsItsOwnKeyInTheInput() {
    SealedInput header = SealedJob.header(input()).orElseThrow();
    assertThat(secret(buyer).open(header.own(), header.commitment()).orElseThrow().secret())
        .isEqualTo(key.secret());
  }

  @Test
  void nothingThatIsStoredShowsTheContentOrOpensForAStranger() {
    byte[] sealed = input(recipient(PROVIDER, provider));
    assertThat(new String(sealed, UTF_8)).doesNotContain(new String(INPUT, UTF_8));
    SealedInput header = SealedJob.header(sealed).orElseThrow();
    assertThat(secret(stranger).open(header.own(), header.commitment())).isEmpty();
    for (SealedInput.Recipient entry : header.recipients()) {
      assertThat(secret(stranger).open(entry.wrapped(), header.commitment())).isEmpty();
    }
    assertThat(job(sealed).orElseThrow().key(secret(stranger))).isEmpty();
  }

  @Test
  void aKeyOfAnotherCommitmentIsNotTaken() {
    JobKey other = JobKey.random(GENESIS, RANDOM);
    assertThat(secret(provider).open(wrap(other, provider), key.commitment())).isEmpty();
    assertThat(ReaderSecret.of(provider, new Hash32(9, 9, 9, 9)).publicKey())
        .isNotEqualTo(secret(provider).publicKey());
  }

  @Test
  void aJobThatIsNotSealedForTheProviderIsOneThatNobodyCanRun() {
    assertThat(job(input())).isEmpty();
    assertThat(job(input(recipient(6, provider)))).isEmpty();
    ReaderKey forged = secret(stranger).statement(DOMAIN, PROVIDER);
    assertThat(job(input(new SealedInput.Recipient(forged, wrap(key, stranger))))).isEmpty();
    assertThat(job(INPUT)).isEmpty();
    assertThat(job(key.sealProgram(INPUT, RANDOM))).isEmpty();
  }

  @Test
  void rubbishForTheProviderIsSeenByWhoeverHasTheTrueKey() {
    ReaderKey statement = secret(provider).statement(DOMAIN, PROVIDER);
    byte[] rubbish = wrap(key, provider).bytes();
    rubbish[WrappedKey.BYTES - 1] ^= 1;
    for (WrappedKey wrong :
        List.of(
            WrappedKey.of(rubbish).orElseThrow(),
            wrap(key, stranger),
            wrap(JobKey.random(GENESIS, RANDOM), provider),
            WrappedKey.of(new byte[WrappedKey.BYTES]).orElseThrow())) {
      SealedJob job = job(input(new SealedInput.Recipient(statement, wrong))).orElseThrow();
      assertThat(job.key(secret(provider))).isEmpty();
      assertThat(job.open(key, PROGRAM)).isEmpty();
    }
  }

  @Test
  void whatWasChangedOrSealedByAnotherKeyDoesNotOpen() {
    byte[] sealed = input(recipient(PROVIDER, provider));
    SealedJob whole = job(sealed).orElseThrow();
    byte[] otherProgram = JobKey.random(GENESIS, RANDOM).sealProgram(PROGRAM, RANDOM);
    assertThat(whole.open(key, otherProgram)).isEmpty();
    assertThat(whole.open(key, sealed)).isEmpty();
    for (int at = 0; at < sealed.length; at++) {
      byte[] changed = sealed.clone();
      changed[at] ^= 1;
      assertThat(job(changed).flatMap(job -> job.open(key, PROGRAM))).as("byte %d", at).isEmpty();
    }
    for (int length = 0; length < sealed.length; length += 7) {
      byte[] cut = java.util.Arrays.copyOf(sealed, length);
      assertThat(job(cut).flatMap(job -> job.open(key, PROGRAM))).isEmpty();
    }
  }

  @Test
  void nobodyCanEncryptToAPointOfLowOrder() {
    assertThat(key.wrapFor(Hash32.ZERO)).isEmpty();
    assertThat(WrappedKey.of(new byte[WrappedKey.BYTES - 1])).isEmpty();
  }

  @Test
  void wrappingIsAFunctionAndNoTwoSealedBodiesAreAlike() {
    assertThat(wrap(key, provider)).isEqualTo(wrap(key, provider));
    assertThat(wrap(key, provider)).hasSameHashCodeAs(wrap(key, provider));
    assertThat(wrap(key, provider)).isNotEqualTo(wrap(key, stranger));
    assertThat(key.sealProgram(PROGRAM, RANDOM)).isNotEqualTo(key.sealProgram(PROGRAM, RANDOM));
  }

  @Test
  void anAccountIsNamedOnceAndNotTooManyAre() {
    SealedInput.Recipient one = recipient(PROVIDER, provider);
    assertThatThrownBy(() -> sealedFor(one, one)).isInstanceOf(IllegalArgumentException.class);
    var many = Collections.nCopies(SealedInput.RECIPIENTS_MAX + 1, one);
    assertThatThrownBy(() -> new SealedInput(key.commitment(), one.wrapped(), many))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aSealedResultSaysWhatItComesToAndOpensWithTheKeyOnly() {
    SealedResult said = new SealedResult(new Hash32(5, 6, 7, 8), 99);
    byte[] sealed = said.seal(key, INPUT, RANDOM);
    SealedBody body = SealedBody.read(SealedBody.Kind.RESULT, sealed).orElseThrow();
    assertThat(SealedBody.headerLength(SealedBody.Kind.RESULT, sealed))
        .contains(SealedResult.HEADER_BYTES);
    assertThat(SealedBody.headerLength(SealedBody.Kind.INPUT, sealed)).isEmpty();
    assertThat(SealedResult.read(body.header())).contains(said);
    assertThat(SealedResult.read(new byte[3])).isEmpty();
    assertThat(key.open(body).orElseThrow()).isEqualTo(INPUT);
    assertThat(JobKey.random(GENESIS, RANDOM).open(body)).isEmpty();
  }

  @Test
  void aStatementIsItsOwnersForOneAccountOfOneNetwork() {
    ReaderKey statement = secret(provider).statement(DOMAIN, PROVIDER);
    assertThat(statement.signer(DOMAIN)).contains(provider.address());
    assertThat(ReaderKey.read(PROVIDER, statement.bytes())).contains(statement);
    assertThat(ReaderKey.read(PROVIDER, new byte[ReaderKey.BYTES + 1])).isEmpty();
    for (ReaderKey other :
        List.of(
            new ReaderKey(8, statement.publicKey(), statement.signature()),
            new ReaderKey(PROVIDER, secret(stranger).publicKey(), statement.signature()))) {
      assertThat(other.signer(DOMAIN)).isNotEqualTo(Optional.of(provider.address()));
    }
    assertThat(statement.signer(new Eip712(31_337, new Hash32(9, 9, 9, 9))))
        .isNotEqualTo(Optional.of(provider.address()));
  }

  @Test
  void blindingChangesEveryDigestAndIsRemovedByItsKeyOnly() {
    ItemOutput item =
        new ItemOutput(
            ItemOutput.ItemOutcome.EXIT, 0, 5, INPUT, "warning".getBytes(UTF_8), new TreeMap<>());
    List<ItemOutput> items = List.of(item, item);
    List<ItemOutput> blinded = Blinding.add(key, items);
    assertThat(JobHashes.resultRoot(blinded)).isNotEqualTo(JobHashes.resultRoot(items));
    assertThat(blinded.getFirst().stderr()).isNotEqualTo(blinded.getLast().stderr());
    List<ItemOutput> found = Blinding.remove(key, blinded).orElseThrow();
    assertThat(JobHashes.resultRoot(found)).isEqualTo(JobHashes.resultRoot(items));
    assertThat(Blinding.remove(JobKey.random(GENESIS, RANDOM), blinded)).isEmpty();
    assertThat(Blinding.remove(key, items)).isEmpty();
  }
}

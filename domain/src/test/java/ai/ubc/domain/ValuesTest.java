package ai.ubc.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ValuesTest {
  private static final String HASH =
      "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
  private static final String ADDRESS = "00112233445566778899aabbccddeeff01234567";

  @Test
  void aHashReadsAndWritesItsBytesInOrder() {
    Hash32 hash = Hash32.parse("0x" + HASH);
    assertThat(hash).isEqualTo(Hash32.parse(HASH.toUpperCase(Locale.ROOT)));
    assertThat(hash.word0()).isEqualTo(0x0001020304050607L);
    assertThat(hash.word3()).isEqualTo(0x18191a1b1c1d1e1fL);
    assertThat(hash.bytes()).isEqualTo(HexFormat.of().parseHex(HASH));
    assertThat(hash.hex()).isEqualTo(HASH);
    assertThat(hash).hasToString("0x" + HASH);
    assertThat(Hash32.of(hash.bytes())).isEqualTo(hash);
    assertThat(hash.isZero()).isFalse();
    assertThat(Hash32.ZERO.isZero()).isTrue();
    assertThat(new Hash32(0, 0, 0, 1).isZero()).isFalse();
  }

  @Test
  void aHashOfAnotherLengthIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Hash32.of(new byte[31]));
    assertThatIllegalArgumentException().isThrownBy(() -> Hash32.parse(HASH + "00"));
    assertThatIllegalArgumentException().isThrownBy(() -> Hash32.parse("no hash"));
  }

  @Test
  void anAddressReadsAndWritesItsBytesInOrder() {
    Address address = Address.parse(ADDRESS);
    assertThat(address).isEqualTo(Address.parse("0x" + ADDRESS));
    assertThat(address.word0()).isEqualTo(0x0011223344556677L);
    assertThat(address.word2()).isEqualTo(0x01234567);
    assertThat(address).hasToString("0x" + ADDRESS);
    assertThat(Address.of(address.bytes())).isEqualTo(address);
    assertThat(Address.ZERO.bytes()).containsOnly(0).hasSize(Address.BYTES);
  }

  @Test
  void anAddressOfAnotherLengthIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Address.of(new byte[32]));
    assertThatIllegalArgumentException().isThrownBy(() -> Address.parse("0x12"));
  }

  @Test
  void fractionsLieInZeroToOne() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Fraction(0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Fraction(4, 3));
    assertThatIllegalArgumentException().isThrownBy(() -> new Fraction(1, 1_001));
    assertThat(new Fraction(1, 1).isReachedBy(3, 3)).isTrue();
  }

  @Test
  void aFractionIsComparedExactly() {
    Fraction twoThirds = new Fraction(2, 3);
    assertThat(twoThirds.isReachedBy(2, 3)).isTrue();
    assertThat(twoThirds.isReachedBy(1, 2)).isFalse();
    assertThat(twoThirds.isReachedBy(0, 0)).isTrue();
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < 20_000; i++) {
      long whole = random.nextLong() >>> (2 + random.nextInt(61));
      long near = Math.min(whole, whole / 1_000 * 667 + random.nextInt(670));
      long part = i % 2 == 0 ? random.nextLong(whole + 1) : near;
      assertThat(new Fraction(667, 1_000).isReachedBy(part, whole))
          .as("%s of %s", part, whole)
          .isEqualTo(isReached(part, whole));
    }
  }

  private static boolean isReached(long part, long whole) {
    BigInteger left = BigInteger.valueOf(part).multiply(BigInteger.valueOf(1_000));
    return left.compareTo(BigInteger.valueOf(whole).multiply(BigInteger.valueOf(667))) >= 0;
  }

  @Test
  void everyCodeIsPermanentAndFindsItsValue() {
    for (Cause value : Cause.values()) {
      assertThat(Cause.of(value.code())).isEqualTo(value);
    }
    for (HolderKind value : HolderKind.values()) {
      assertThat(HolderKind.of(value.code())).isEqualTo(value);
    }
    for (InputPolicy value : InputPolicy.values()) {
      assertThat(InputPolicy.of(value.code())).isEqualTo(value);
    }
    for (JobEnding value : JobEnding.values()) {
      assertThat(JobEnding.of(value.code())).isEqualTo(value);
    }
    for (JobState value : JobState.values()) {
      assertThat(JobState.of(value.code())).isEqualTo(value);
    }
    for (LockKind value : LockKind.values()) {
      assertThat(LockKind.of(value.code())).isEqualTo(value);
    }
    for (Role value : Role.values()) {
      assertThat(Role.of(value.code())).isEqualTo(value);
    }
    for (Tier value : Tier.values()) {
      assertThat(Tier.of(value.code())).isEqualTo(value);
    }
    for (Verdict value : Verdict.values()) {
      assertThat(Verdict.of(value.code())).isEqualTo(value);
    }
  }

  @Test
  void anUnknownCodeIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Cause.of(0));
    assertThatIllegalArgumentException().isThrownBy(() -> HolderKind.of(0));
    assertThatIllegalArgumentException().isThrownBy(() -> InputPolicy.of(3));
    assertThatIllegalArgumentException().isThrownBy(() -> JobEnding.of(0));
    assertThatIllegalArgumentException().isThrownBy(() -> JobState.of(0));
    assertThatIllegalArgumentException().isThrownBy(() -> LockKind.of(0));
    assertThatIllegalArgumentException().isThrownBy(() -> Role.of(0));
    assertThatIllegalArgumentException().isThrownBy(() -> Tier.of(1));
    assertThatIllegalArgumentException().isThrownBy(() -> Verdict.of(0));
  }

  @Test
  void refusalsHaveUniqueNumbersAndTellWhatToDo() {
    List<Refusal> all = List.of(Refusal.values());
    assertThat(all).extracting(Refusal::number).doesNotHaveDuplicates().doesNotContain(0);
    for (Refusal refusal : all) {
      assertThat(Refusal.of(refusal.number())).isEqualTo(refusal);
      assertThat(refusal.advice()).endsWith(".");
    }
    assertThatIllegalArgumentException().isThrownBy(() -> Refusal.of(Refusal.DONE));
  }

  @Test
  void aKeccakTakesAHashAsItsFourWordsAndGivesOne() {
    Words words = new Words();
    words.begin().putHash(1, 2, 3, 4).end();
    assertThat(words.digest()).isEqualTo(new Hash32(1, 2, 3, 4));
  }

  /** Instead of hashing, keeps the last four words. */
  private static final class Words implements Keccak {
    private final long[] last = new long[4];
    private int count;

    @Override
    public Keccak begin() {
      count = 0;
      return this;
    }

    @Override
    public Keccak putByte(int value) {
      return putLong(value);
    }

    @Override
    public Keccak putInt(int value) {
      return putLong(value);
    }

    @Override
    public Keccak putLong(long value) {
      last[count] = value;
      count++;
      return this;
    }

    @Override
    public Keccak putBytes(byte[] source, int offset, int length) {
      return this;
    }

    @Override
    public void end() {}

    @Override
    public long word(int index) {
      return last[index];
    }
  }
}

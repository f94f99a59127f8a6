package ai.ubc.testkit.scenario;

import ai.ubc.domain.Address;
import ai.ubc.domain.Asset;
import ai.ubc.domain.Fraction;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.Hash32;
import java.util.ArrayList;
import java.util.List;

/** Networks with the numbers of production, of development, and with any others that are valid. */
final class RandomGenesis {
  private static final long RICH_MICROS = 1L << 57;

  private RandomGenesis() {}

  static Genesis of(Dice dice, Hash32 beaconHead) {
    Address treasury = dice.address();
    return new Genesis(
        "scenario",
        0,
        dice.hash(),
        1,
        treasury,
        treasury,
        beaconHead,
        parameters(dice),
        allocations(dice, treasury));
  }

  private static GenesisParameters parameters(Dice dice) {
    return switch (dice.below(4)) {
      case 0 -> GenesisParameters.production();
      case 1 -> GenesisParameters.development();
      default -> any(dice);
    };
  }

  private static GenesisParameters any(Dice dice) {
    int feePpm = dice.of(0, 1, 20_000, 333_333, 1_000_000);
    long runWindowMaxMs = window(dice);
    int validatorsMax = dice.of(1, 3, 7, 32);
    return new GenesisParameters(
        dice.of(1L, 7L, 10_000L),
        feePpm,
        dice.of(0, feePpm, feePpm / 2),
        dice.of(0, 50_000, 1_000_000),
        dice.of(0, 1, 100_000),
        dice.of(0, 1, 1_250_000, 10_000_000),
        dice.of(0, 1, 100_000, 1_000_000),
        dice.of(1L, 1L, 1_000L, 10_000_000L),
        dice.of(
            new Fraction(2, 3), new Fraction(1, 1), new Fraction(501, 1_000), new Fraction(3, 4)),
        dice.of(1, 1, Math.min(3, validatorsMax)),
        validatorsMax,
        dice.of(0, 1, 2, 8),
        dice.of(1, 1_024, 65_535),
        dice.of(10L, 1_000_000L, 1_000_000_000_000_000L),
        dice.of(1L, 1_000_000L, 1_000_000_000L),
        dice.of(1, 1_000, 10_000_000, Integer.MAX_VALUE, Integer.MAX_VALUE),
        dice.of(1L, 1L, Math.max(1, runWindowMaxMs / 2), runWindowMaxMs),
        runWindowMaxMs,
        window(dice),
        window(dice),
        window(dice),
        window(dice),
        window(dice),
        dice.of(0L, 5L, 5_000L, 86_400_000L),
        dice.of(1L, 1_000L, 120_000L),
        dice.of(1, 3, 4_096, 4_096, 4_096));
  }

  private static long window(Dice dice) {
    return dice.of(1L, 20L, 1_000L, 60_000L, 60_000L, 60_000L, 60_000L, 3_600_000L);
  }

  private static List<Genesis.Allocation> allocations(Dice dice, Address treasury) {
    List<Address> owners = new ArrayList<>();
    List<Genesis.Allocation> allocations = new ArrayList<>();
    owners.add(treasury);
    int count = dice.of(4, 8, 14);
    for (int i = 0; i < count; i++) {
      Address owner = dice.chance(15) ? dice.of(owners) : dice.address();
      owners.add(owner);
      int asset = dice.chance(15) ? Asset.UBC : Asset.COMPUTE;
      long amountMicros =
          switch (dice.below(6)) {
            case 0 -> dice.magnitude(RICH_MICROS);
            case 1 -> RICH_MICROS;
            case 2 -> dice.magnitude(100_000);
            default -> dice.between(1_000_000_000, 1_000_000_000_000L);
          };
      allocations.add(new Genesis.Allocation(owner, asset, amountMicros));
    }
    return allocations;
  }
}

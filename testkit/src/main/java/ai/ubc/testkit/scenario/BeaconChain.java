package ai.ubc.testkit.scenario;

import ai.ubc.domain.Hash32;
import java.util.HashMap;
import java.util.Map;

/** Hash chains whose ends are published, so that every head's preimage is known to the network. */
final class BeaconChain {
  private static final int LENGTH = 8;

  private final Dice dice;
  private final Hashes hashes;
  private final Map<Hash32, Hash32> preimages = new HashMap<>();

  BeaconChain(Dice dice, Hashes hashes) {
    this.dice = dice;
    this.hashes = hashes;
  }

  /** The head of a fresh chain. */
  Hash32 freshHead() {
    Hash32 value = dice.hash();
    for (int i = 0; i < LENGTH; i++) {
      Hash32 next = hashes.of(value);
      preimages.put(next, value);
      value = next;
    }
    return value;
  }

  /** Opens the slot after the last, mostly rightly. */
  Step.Beacon open(World world) {
    Hash32 preimage = preimages.getOrDefault(world.beaconHead, Hash32.ZERO);
    boolean chainGoesOn = preimages.containsKey(preimage) && dice.chance(90);
    Hash32 next = chainGoesOn ? Hash32.ZERO : freshHead();
    return switch (dice.below(20)) {
      case 0 -> new Step.Beacon(world.lastSlot + dice.of(-1, 0, 2), preimage, next);
      case 1 -> new Step.Beacon(world.lastSlot + 1, dice.hash(), next);
      default -> new Step.Beacon(world.lastSlot + 1, preimage, next);
    };
  }
}

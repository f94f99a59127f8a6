package ai.ubc.testkit.scenario;

import ai.ubc.domain.Address;
import ai.ubc.domain.Asset;
import ai.ubc.domain.Command;
import java.time.Duration;
import java.util.List;

/** Mandates that owners give, extend and revoke, and what their keys do with them. */
final class Delegation {
  private static final long LONGEST_MS = Duration.ofDays(366).toMillis();

  private final Dice dice;
  private final World world;

  Delegation(Dice dice, World world) {
    this.dice = dice;
    this.world = world;
  }

  /**
   * What an owner tells the ledger of its session keys at {@code now}; in a crowd, mostly grants.
   */
  Command byOwner(int account, long now, boolean isCrowd) {
    List<World.Mandate> own = world.mandatesOf(account);
    if (own.isEmpty() || dice.chance(isCrowd ? 90 : 45)) {
      return grant(account, now);
    }
    long mandate = (dice.chance(95) ? dice.of(own) : dice.of(world.mandates)).terms.mandate();
    int payee = dice.of(world.owners.keySet());
    return dice.chance(85)
        ? new Command.AllowPayee(mandate, payee)
        : new Command.RevokeMandate(mandate);
  }

  // Mostly for a fresh key.
  private Command grant(int account, long now) {
    List<World.Mandate> own = world.mandatesOf(account);
    Address key =
        own.isEmpty() || dice.chance(70)
            ? dice.address()
            : dice.of(dice.of(own).terms.key(), dice.of(world.mandates).terms.key());
    if (dice.chance(5)) {
      key = dice.of(world.owners.values());
    }
    return grant(key, account, now);
  }

  private Command grant(Address key, int account, long now) {
    long free = Math.max(1, world.free(account, Asset.COMPUTE));
    long amount = dice.of(dice.magnitude(free), free / 3 + 1, free, free, Long.MAX_VALUE);
    long duration =
        dice.chance(50)
            ? dice.of(0L, 1L, LONGEST_MS, LONGEST_MS, LONGEST_MS, LONGEST_MS + 1)
            : dice.magnitude(Duration.ofDays(2).toMillis());
    long classes = dice.chance(80) ? dice.of(2L, -1L) : dice.of(0L, 1L, 4L, Long.MIN_VALUE);
    return new Command.GrantMandate(key, amount, now + duration, classes);
  }

  /** Ends a mandate; one that has ended gives way to another for its key. */
  Command replace(World.Mandate mandate, long now) {
    return mandate.isDead(now)
        ? grant(mandate.terms.key(), mandate.terms.account(), now)
        : new Command.RevokeMandate(mandate.terms.mandate());
  }

  /** Some payee for a mandate. */
  Command allow(World.Mandate mandate) {
    return new Command.AllowPayee(mandate.terms.mandate(), dice.of(world.owners.keySet()));
  }

  /** A payment by a key, mostly to somebody allowed. */
  Command payment(World.Mandate mandate) {
    int payee =
        mandate.payees.isEmpty() || dice.chance(15)
            ? dice.of(world.owners.keySet())
            : dice.of(mandate.payees);
    long left = mandate.leftMicros();
    long means = Math.min(left, world.free(mandate.terms.account(), Asset.COMPUTE));
    long amount =
        dice.chance(80)
            ? dice.magnitude(Math.max(1, means / 9))
            : dice.of(left, left + 1, means, -1L);
    return new Command.Transfer(payee, dice.chance(95) ? Asset.COMPUTE : Asset.UBC, amount);
  }
}

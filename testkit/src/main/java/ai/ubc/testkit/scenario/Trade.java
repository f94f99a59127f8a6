package ai.ubc.testkit.scenario;

import ai.ubc.domain.Asset;
import ai.ubc.domain.Command;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.HolderKind;
import ai.ubc.domain.Role;
import ai.ubc.domain.Tier;
import ai.ubc.domain.rules.JobAmounts;
import ai.ubc.domain.rules.JobWindows;
import java.util.List;

/** Transfers, bonds, offers and submissions, mostly within the means of who gives them. */
final class Trade {
  private static final int CLASS_WASI = 1;
  private static final long LONGEST_WAIT_MS = JobWindows.WAIT_MAX_MS;

  private final Dice dice;
  private final World world;
  private final JobPlans plans;
  private final GenesisParameters parameters;

  Trade(Dice dice, World world, JobPlans plans, GenesisParameters parameters) {
    this.dice = dice;
    this.world = world;
    this.plans = plans;
    this.parameters = parameters;
  }

  private long amountOf(long held) {
    return dice.of(held, held + 1, held / 2, dice.magnitude(Math.max(1, held)), 1L);
  }

  Command transfer(int account) {
    int asset = dice.chance(80) ? Asset.COMPUTE : Asset.UBC;
    int payee = dice.of(world.owners.keySet());
    long free = world.free(account, asset);
    long amount = dice.chance(80) ? dice.magnitude(Math.max(1, free / 8)) : amountOf(free);
    return new Command.Transfer(payee, asset, amount);
  }

  Command bond(int account) {
    long free = world.free(account, Asset.COMPUTE);
    long amount = dice.chance(70) ? Math.max(1, free / dice.of(2, 3, 5)) : amountOf(free);
    Role role = dice.chance(60) ? Role.VALIDATOR : Role.PROVIDER;
    return new Command.Bond(role.code(), amount);
  }

  Command unbond(int account) {
    Role role = dice.of(Role.values());
    HolderKind kind = role == Role.PROVIDER ? HolderKind.BOND_PROVIDER : HolderKind.BOND_VALIDATOR;
    long bond = world.bond(kind, account);
    return new Command.Unbond(role.code(), dice.chance(60) ? 1 + bond / 9 : amountOf(bond));
  }

  Command placeOffer() {
    long price =
        dice.of(
            1L,
            parameters.priceMicrosMax(),
            dice.magnitude(parameters.priceMicrosMax()),
            Math.min(parameters.priceMicrosMax(), 1_000L));
    long quantity = dice.chance(60) ? parameters.unitsMax() : dice.magnitude(parameters.unitsMax());
    return new Command.PlaceOffer(CLASS_WASI, price, quantity);
  }

  /** Mostly a small, cheap offer; behind many of them a large one. */
  Command placeCrowdedOffer() {
    return dice.chance(88)
        ? new Command.PlaceOffer(CLASS_WASI, 1, dice.between(1, 3))
        : new Command.PlaceOffer(CLASS_WASI, parameters.priceMicrosMax(), parameters.unitsMax());
  }

  Command cancelOffer() {
    return new Command.CancelOffer(world.offers.isEmpty() ? 1 : dice.of(world.offers.keySet()));
  }

  Command submitJob(int account) {
    if (world.offers.isEmpty()) {
      return submission(1, 1, Tier.NONE, 0, Long.MAX_VALUE, anyWaitMs());
    }
    World.Offer offer = offer(account);
    if (world.bond(HolderKind.BOND_PROVIDER, offer.account()) == 0 && dice.chance(80)) {
      long free = world.free(account, Asset.COMPUTE);
      return new Command.Bond(Role.PROVIDER.code(), Math.max(1, free / 3));
    }
    Tier tier = dice.chance(75) ? Tier.QUORUM : Tier.NONE;
    int validators =
        switch (tier) {
          case NONE -> 0;
          case QUORUM -> validators(account, offer.account());
        };
    long units = dice.chance(80) ? affordable(account, offer, validators) : wild(offer);
    long held = JobAmounts.priceHeldRoundedUp(parameters, units, offer.priceMicros());
    long cost = JobAmounts.mostPayable(parameters, held, validators);
    long maxCost =
        dice.of(
            cost, cost, cost - 1, Long.MAX_VALUE, Long.MAX_VALUE, dice.magnitude(Long.MAX_VALUE));
    long limit =
        dice.of(
            offer.priceMicros(),
            parameters.priceMicrosMax(),
            parameters.priceMicrosMax(),
            offer.priceMicros() - 1);
    return submission(units, limit, tier, validators, maxCost, anyWaitMs());
  }

  // Most of those that could be taken at once would not wait.
  private long anyWaitMs() {
    return dice.chance(70)
        ? 0
        : dice.of(-1L, 1L, waitMs(), LONGEST_WAIT_MS, LONGEST_WAIT_MS + 1, Long.MIN_VALUE);
  }

  private long waitMs() {
    return dice.chance(60) ? dice.magnitude(120_000) : dice.magnitude(LONGEST_WAIT_MS);
  }

  /**
   * A job that mostly finds no offer: its limit is below the cheapest, or too low for so many
   * units, or there are fewer validators than it asks for; and that its requester can afford at its
   * limit.
   */
  Command submitWaitingJob(int account) {
    Tier tier = dice.chance(60) ? Tier.QUORUM : Tier.NONE;
    boolean wantsTooMany = tier == Tier.QUORUM && dice.chance(20);
    int validators =
        switch (tier) {
          case NONE -> 0;
          case QUORUM -> wantsTooMany ? parameters.validatorsMax() : validators(account, 0);
        };
    long priceMax = parameters.priceMicrosMax();
    long cheapest =
        world.offers.values().stream()
            .mapToLong(World.Offer::priceMicros)
            .min()
            .orElse(1 + dice.magnitude(priceMax));
    long below = Math.clamp(cheapest - 1, 1, priceMax);
    long limit =
        wantsTooMany ? priceMax : dice.of(below, below, dice.magnitude(below), Math.min(below, 9));
    long budget = world.free(account, Asset.COMPUTE) / dice.of(1, 20, 100, 100, 500);
    long most = Math.max(1, JobAmounts.unitsWithin(parameters, budget, limit, validators));
    long units = dice.chance(40) ? most : dice.magnitude(most);
    long held = JobAmounts.priceHeldRoundedUp(parameters, units, limit);
    long cost = JobAmounts.mostPayable(parameters, held, validators);
    long maxCost = dice.chance(5) ? cost - 1 : dice.of(cost, Long.MAX_VALUE);
    long wait = dice.chance(85) ? dice.of(waitMs(), waitMs(), LONGEST_WAIT_MS) : anyWaitMs();
    return submission(units, limit, tier, validators, maxCost, wait);
  }

  /** An offer that mostly carries a job that waits. */
  Command offerFor(World.Job job) {
    long limit = job.priceMicros;
    long price = dice.chance(10) ? limit + 1 : dice.of(limit, limit, dice.magnitude(limit));
    long quantity =
        dice.chance(10)
            ? job.maxUnits - 1
            : dice.of(job.maxUnits, job.maxUnits, 2 * job.maxUnits, parameters.unitsMax());
    return new Command.PlaceOffer(CLASS_WASI, price, quantity);
  }

  /** Somebody who could carry jobs of others, where there is anybody. */
  int providerFor(World.Job job) {
    List<Integer> bonded =
        world.owners.keySet().stream()
            .filter(account -> account != job.requester)
            .filter(account -> world.bond(HolderKind.BOND_PROVIDER, account) > 0)
            .toList();
    return bonded.isEmpty() || dice.chance(10) ? dice.of(world.owners.keySet()) : dice.of(bonded);
  }

  // Preferably another's whose provider has a bond left.
  private World.Offer offer(int requester) {
    List<World.Offer> bonded =
        world.offers.values().stream()
            .filter(offer -> offer.account() != requester)
            .filter(offer -> world.bond(HolderKind.BOND_PROVIDER, offer.account()) > 0)
            .toList();
    return bonded.isEmpty() || dice.chance(5) ? dice.of(world.offers.values()) : dice.of(bonded);
  }

  // Mostly as many as could be drawn.
  private int validators(int requester, int provider) {
    int most = parameters.validatorsMax();
    int bonded =
        (int)
            world.owners.keySet().stream()
                .filter(account -> account != requester && account != provider)
                .filter(account -> world.bond(HolderKind.BOND_VALIDATOR, account) > 0)
                .count();
    return dice.chance(10)
        ? (int) dice.between(1, most)
        : (int)
            dice.between(
                parameters.validatorsMin(), Math.min(most, Math.min(bonded, dice.of(2, 3, 5, 8))));
  }

  private long affordable(int account, World.Offer offer, int validators) {
    long means =
        Math.min(
            world.free(account, Asset.COMPUTE),
            world.bond(HolderKind.BOND_PROVIDER, offer.account()));
    long budget = dice.chance(15) ? means : means / dice.of(2, 5, 50);
    long units = JobAmounts.unitsWithin(parameters, budget, offer.priceMicros(), validators);
    long most = Math.max(1, Math.min(units, offer.remainingUnits()));
    return dice.chance(30) ? most : dice.magnitude(most);
  }

  private long wild(World.Offer offer) {
    return dice.of(
        offer.remainingUnits(),
        offer.remainingUnits() + 1,
        dice.magnitude(parameters.unitsMax()),
        parameters.unitsMax());
  }

  private Command submission(
      long units,
      long limitPriceMicros,
      Tier tier,
      int validators,
      long maxCostMicros,
      long waitMs) {
    List<Integer> policies = tier == Tier.QUORUM ? List.of(0, 1) : List.of(0, 1, 2);
    return new Command.SubmitJob(
        dice.hash(),
        dice.hash(),
        plans.freshSecretHash(),
        CLASS_WASI,
        dice.of(1, parameters.itemsMax()),
        tier.code(),
        validators,
        dice.of(policies),
        units,
        limitPriceMicros,
        maxCostMicros,
        runWindowMs(units),
        waitMs);
  }

  private long runWindowMs(long units) {
    long least = JobWindows.runWindowLeastMs(parameters, units);
    return switch (dice.below(10)) {
      case 0 -> dice.magnitude(parameters.runWindowMaxMs());
      case 1 -> dice.of(least - 1, least);
      default -> parameters.runWindowMaxMs();
    };
  }
}

package ai.ubc.testkit.scenario;

import ai.ubc.domain.Address;
import ai.ubc.domain.Command;
import java.util.List;

/** Next owners that owners name, and what those try who are not owners yet or no longer. */
final class Succession {
  private final Dice dice;
  private final World world;
  private final Trade trade;

  Succession(Dice dice, World world, Trade trade) {
    this.dice = dice;
    this.world = world;
    this.trade = trade;
  }

  /** The owner of an account names the next: mostly a fresh key, or one known for something. */
  Command naming(int account) {
    return new Command.NameOwner(dice.chance(60) ? dice.address() : known(account));
  }

  private Address known(int account) {
    List<World.Mandate> own = world.mandatesOf(account);
    return switch (dice.below(6)) {
      case 0 -> Address.ZERO;
      case 1 -> dice.of(world.owners.values());
      case 2 -> own.isEmpty() ? Address.ZERO : dice.of(own).terms.key();
      case 3 -> world.nextOwners.isEmpty() ? Address.ZERO : dice.of(world.nextOwners.values());
      case 4 -> world.formerOwners.isEmpty() ? Address.ZERO : dice.of(world.formerOwners);
      default -> world.owners.getOrDefault(account, Address.ZERO);
    };
  }

  /** What somebody tries on an account that is not, or not yet, theirs. */
  Command tried(int account) {
    return switch (dice.below(6)) {
      case 0 -> trade.bond(account);
      case 1 -> new Command.RegisterAccount(dice.address());
      case 2 -> new Command.NameOwner(dice.address());
      case 3 -> new Command.CloseJob(1);
      case 4 -> new Command.AcceptOwner();
      default -> trade.transfer(account);
    };
  }
}

package ai.ubc.cli.key;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Session keys of the user's account. */
@Command(
    name = "key",
    mixinStandardHelpOptions = true,
    description = {
      "Session keys: let an agent spend a budget of yours, and no more.",
      "A session key is a key file of its own. The ledger refuses it whatever is beyond its budget, its time, its payees and its classes of jobs; a stolen one costs at most what is left of it."
    },
    subcommands = {KeyNewCommand.class, KeyListCommand.class, KeyRevokeCommand.class})
public final class KeyCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  /** Without a subcommand: what there is. */
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}

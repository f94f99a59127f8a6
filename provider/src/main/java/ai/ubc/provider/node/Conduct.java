package ai.ubc.provider.node;

import ai.ubc.domain.Command;
import ai.ubc.sdk.UbcException;

/** What a node does with the commands that are its duty. Called by any of the node's threads. */
@FunctionalInterface
public interface Conduct {
  /** Gives every command as it is. */
  Conduct HONEST = (command, ledger) -> ledger.give(command);

  /** Where commands are given. */
  @FunctionalInterface
  interface Receiver {
    /** Gives one; position of its entry in the log. */
    long give(Command command) throws UbcException, InterruptedException;
  }

  /**
   * Gives the command, or another in its place; position of its entry in the log. One who waits in
   * here until it is interrupted gives nothing.
   */
  long give(Command command, Receiver ledger) throws UbcException, InterruptedException;
}

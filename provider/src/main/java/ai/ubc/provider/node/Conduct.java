package ai.ubc.provider.node;

import ai.ubc.domain.Command;
import ai.ubc.sdk.UbcException;

/** What a node does with the commands that are its duty. Called by any of the node's threads. */
@FunctionalInterface
public interface Conduct {
  /** Gives every command as it is. */
  Conduct HONEST = command -> command;

  /**
   * The command that is given in this one's place. One who waits in here until it is interrupted
   * gives nothing.
   */
  Command instead(Command command) throws UbcException, InterruptedException;
}

package ai.ubc.provider.node;

import ai.ubc.sdk.UbcException;
import java.io.IOException;
import java.util.List;

/**
 * What a node is on the market: knows how to do its duties. From any thread, but never the same
 * duty at once; calls block.
 */
interface Part {
  /**
   * Does a duty.
   *
   * @param failures how often it failed before
   * @throws UbcException when the gateway failed; tried again
   * @throws IOException when this machine failed; tried again
   * @throws InterruptedException when it was told to stop
   */
  Ending perform(Duty duty, int failures) throws UbcException, IOException, InterruptedException;

  /** Does what is due besides duties, such as keeping offers on the book. */
  void tend(Agenda agenda) throws UbcException, IOException, InterruptedException;

  /** Takes nothing new from now on, as far as that is the node's to say. */
  void leave();

  /** Whether the market may still give it new work that it asked for, as of this agenda. */
  boolean isOffering(Agenda agenda);

  /** Jobs of which this node keeps something. */
  List<Long> keptJobs() throws IOException;

  /** Forgets what it keeps of a job that is over. */
  void forget(long job) throws IOException;
}

package ai.ubc.provider.runtime;

/**
 * Runs the items of a job: the same request gives the same result on every machine.
 *
 * <p>Implementations may be called by many threads at once; a call blocks until the result is
 * there.
 */
public interface JobRuntime {

  /**
   * Runs every item of the request, one after another, each in a fresh instance of the program.
   *
   * <p>A program that can not be run, breaks a rule or exceeds a limit is a result like any other:
   * see {@link Outcome}.
   *
   * @return one {@link ItemResult} an item, in the request's order
   * @throws ProviderFault when this machine failed, which says nothing about the program
   * @throws InterruptedException when the calling thread was interrupted; the run is abandoned
   */
  RunResult run(RunRequest request) throws ProviderFault, InterruptedException;
}

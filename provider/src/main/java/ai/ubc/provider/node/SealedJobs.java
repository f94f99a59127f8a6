package ai.ubc.provider.node;

import ai.ubc.codec.Eip712;
import ai.ubc.codec.seal.ReaderKey;
import ai.ubc.codec.seal.ReaderSecret;
import ai.ubc.codec.seal.WrappedKey;
import ai.ubc.domain.Address;
import ai.ubc.sdk.GatewayProblem;
import ai.ubc.sdk.UbcException;
import java.util.List;
import java.util.Optional;

/**
 * Sealed jobs and their keys, as the account of a node sees them. From any thread; calls block,
 * with time-outs.
 */
public interface SealedJobs {
  /** The node's account. */
  int account();

  /** The secret by which the node reads. */
  ReaderSecret secret();

  /** What the network's statements are signed in. */
  Eip712 domain();

  /** Who has the lease of a job. */
  Lease lease(long job) throws UbcException, InterruptedException;

  /** What was left of a job's key for this node, by whomever. */
  List<WrappedKey> left(long job) throws UbcException, InterruptedException;

  /**
   * Validators that have to seal a verdict on the job now.
   *
   * @throws GatewayProblem with status 404 when the ledger does not know the job
   */
  List<Integer> drawn(long job) throws UbcException, InterruptedException;

  /**
   * The key by which an account reads; empty when it has published none.
   *
   * @throws GatewayProblem also when the gateway hands out a key that is not the owner's
   */
  Optional<ReaderKey> readerKey(int account) throws UbcException, InterruptedException;

  /** Leaves a job's key for a drawn validator. */
  void leave(long job, int reader, WrappedKey key) throws UbcException, InterruptedException;

  /**
   * A job's provider.
   *
   * @param provider its account
   * @param owner who owns that
   */
  record Lease(int provider, Address owner) {}
}

package ai.ubc.gateway.evidence;

import ai.ubc.codec.Eip712;
import ai.ubc.codec.LogRoot;
import ai.ubc.codec.crypto.KeyPair;
import ai.ubc.codec.evidence.ReceiptAssembly;
import ai.ubc.codec.evidence.ReceiptFile;
import ai.ubc.codec.evidence.ReceiptSource;
import ai.ubc.codec.genesis.GenesisFile;
import ai.ubc.domain.Address;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.Hash32;
import ai.ubc.gateway.database.Database;
import ai.ubc.gateway.database.RecordReads;
import ai.ubc.gateway.problem.ProblemCode;
import ai.ubc.gateway.problem.RequestFailure;
import ai.ubc.gateway.projection.Projection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Signs roots of the log, and hands out receipts of jobs. From any thread. */
public final class Receipts {
  private final Genesis genesis;
  private final Eip712 domain;
  private final KeyPair notary;
  private final LogTree tree;
  private final Database database;
  private final Duration wait;

  /**
   * Signs with the notary's key.
   *
   * @param wait the longest wait for an entry that a request names
   */
  public Receipts(Genesis genesis, KeyPair notary, LogTree tree, Database database, Duration wait) {
    Hash32 genesisHash = GenesisFile.hash(genesis);
    this.genesis = genesis;
    this.domain = new Eip712(genesis.chainId(), genesisHash);
    this.notary = notary;
    this.tree = tree;
    this.database = database;
    this.wait = wait;
  }

  /**
   * The log's root now.
   *
   * @param after position that it must cover; 0 for none
   */
  public LogRoot root(long after) {
    return tree.root(after, wait);
  }

  /**
   * The proof that the log of {@code second} records begins with that of {@code first}.
   *
   * @throws RequestFailure {@code INVALID_REQUEST} unless 1 ≤ first ≤ second, {@code BEHIND} when
   *     the log does not get to {@code second} in time
   */
  public List<Hash32> consistency(long first, long second) {
    if (first < 1 || first > second) {
      throw RequestFailure.of(
          ProblemCode.INVALID_REQUEST,
          "first must be 1 or more and second at least first, not " + first + " and " + second);
    }
    tree.root(second, wait);
    return tree.proofs().consistency(first, second);
  }

  /** The address whose key signs. */
  public Address notary() {
    return notary.address();
  }

  /** The notary's signature over a root, 65 bytes. */
  public byte[] sign(LogRoot root) {
    return root.sign(domain, notary);
  }

  /**
   * The receipt of a job as a file, and the position it is of; empty when the log has no such job.
   *
   * @param after position that it must cover; 0 for none
   */
  public Database.Read<Optional<byte[]>> receipt(long job, long after) {
    LogRoot root = root(after);
    Optional<byte[]> file =
        database
            .read(
                root.size(),
                wait,
                Set.of(Projection.RECORDS, Projection.DRAWS),
                connection -> {
                  ReceiptSource source = RecordReads.source(connection);
                  boolean isKnown = source.ofJob(job).stream().anyMatch(seq -> seq <= root.size());
                  return isKnown
                      ? Optional.of(
                          ReceiptFile.write(
                              ReceiptAssembly.of(
                                  job, genesis, root, sign(root), source, tree.proofs())))
                      : Optional.<byte[]>empty();
                })
            .value();
    return new Database.Read<>(root.size(), file);
  }
}

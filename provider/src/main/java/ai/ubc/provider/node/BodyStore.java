package ai.ubc.provider.node;

import ai.ubc.domain.Hash32;
import ai.ubc.sdk.BodyHold;
import ai.ubc.sdk.UbcException;
import java.nio.file.Path;

/** Where bodies are kept for all. From any thread; calls block, with time-outs. */
public interface BodyStore {
  /**
   * Reads a body into a file, which appears whole and checked or not at all.
   *
   * @throws UbcException also when the body is not there, or larger than {@code bytesMax}
   */
  void get(Hash32 sha256, Path file, long bytesMax) throws UbcException, InterruptedException;

  /**
   * Asks for the receipt that the opening of a job's stored result must carry.
   *
   * @throws UbcException also when the body is not there, or no result
   */
  BodyHold receipt(long job, Hash32 sha256) throws UbcException, InterruptedException;

  /** Stores a body; harmless when it is there already. */
  void put(Path file, Hash32 sha256) throws UbcException, InterruptedException;
}

package ai.ubc.gateway.command;

import ai.ubc.domain.Hash32;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The bodies that commands name. From any thread. */
public interface Bodies {
  /** Whether the body is in the store. */
  boolean contains(Hash32 sha256);

  /** Whether this account has itself stored the body, which is in the store. */
  boolean isStoredBy(Hash32 sha256, int account);

  /**
   * Opens a body; empty when it is not in the store.
   *
   * @throws IOException when it can not be read
   */
  Optional<InputStream> open(Hash32 sha256) throws IOException;
}

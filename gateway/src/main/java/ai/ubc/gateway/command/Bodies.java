package ai.ubc.gateway.command;

import ai.ubc.domain.Hash32;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;

/** The bodies that commands name. From any thread. */
public interface Bodies {
  /**
   * Begins anew the time that a body is kept, if this account has itself stored it and it is in the
   * store: what is named now is there as long as what was stored now. On disk when this returns.
   *
   * @return the log time that the body's time begins at, milliseconds; empty when the account has
   *     not stored it
   * @throws IOException when the store's disk fails
   */
  OptionalLong keepIfStoredBy(Hash32 sha256, int account) throws IOException;

  /**
   * Opens a body; empty when it is not in the store.
   *
   * @throws IOException when it can not be read
   */
  Optional<InputStream> open(Hash32 sha256) throws IOException;
}

package ai.ubc.gateway.command;

import ai.ubc.domain.Hash32;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The bodies that commands name. From any thread. */
public interface Bodies {
  /**
   * Whether this account has itself stored the body, which is in the store. If so, its time in the
   * store begins anew, so that what is named now is there as long as what was stored now.
   *
   * @throws IOException when the store's disk fails
   */
  boolean keepIfStoredBy(Hash32 sha256, int account) throws IOException;

  /**
   * Opens a body; empty when it is not in the store.
   *
   * @throws IOException when it can not be read
   */
  Optional<InputStream> open(Hash32 sha256) throws IOException;
}

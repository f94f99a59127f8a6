package ai.ubc.gateway.command;

import java.util.concurrent.CompletableFuture;

/** Where admitted commands go: the way to the ledger. From any thread. */
@FunctionalInterface
public interface CommandSink {
  /**
   * Offers a log entry.
   *
   * @param entry header, block, signature and signer
   * @return completes with the ledger's answer once it is on disk; exceptionally with {@link
   *     NotSentException} when the entry surely was not sent, with anything else when it may have
   *     been
   */
  CompletableFuture<Ack> submit(byte[] entry);

  /**
   * The ledger's answer.
   *
   * @param seq position of the entry; for a repeated command that of the first
   * @param code 0 when it was carried out, else the refusal's number
   */
  record Ack(long seq, int code) {}

  /** The entry was not sent: there is no way to the ledger, or too much waits on it. */
  final class NotSentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean overloaded;

    /**
     * Says why.
     *
     * @param overloaded whether too much waits, rather than nobody being there
     */
    public NotSentException(String message, boolean overloaded) {
      super(message);
      this.overloaded = overloaded;
    }

    /** Whether too much waits, rather than nobody being there. */
    public boolean isOverloaded() {
      return overloaded;
    }
  }
}

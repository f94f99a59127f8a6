package ai.ubc.gateway.command;

import ai.ubc.link.LedgerLink;
import ai.ubc.link.LinkException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The way to the ledger over a link. */
public final class LinkSink implements CommandSink {
  private final LedgerLink link;

  /** Sends over {@code link}, which its owner closes after the gateway. */
  public LinkSink(LedgerLink link) {
    this.link = link;
  }

  @Override
  public CompletableFuture<Ack> submit(byte[] entry) {
    return link.submit(entry)
        .handle((ack, failure) -> {
          if (failure != null) {
            throw new CompletionException(known(failure));
          }
          return new Ack(ack.seq(), ack.code());
        });
  }

  private static Throwable known(Throwable failure) {
    if (!(failure instanceof LinkException link)) {
      return failure;
    }
    return switch (link.kind()) {
      case BUSY -> new NotSentException(String.valueOf(link.getMessage()), true);
      case UNREACHABLE, REJECTED -> new NotSentException(String.valueOf(link.getMessage()), false);
      case UNKNOWN_RESULT, CLOSED -> link;
    };
  }
}

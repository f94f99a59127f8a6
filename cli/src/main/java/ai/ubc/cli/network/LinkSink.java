package ai.ubc.cli.network;

import ai.ubc.gateway.command.CommandSink;
import ai.ubc.link.LedgerLink;
import ai.ubc.link.LinkException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Hands a gateway's commands to a link. */
record LinkSink(LedgerLink link) implements CommandSink {
  @Override
  public CompletableFuture<Ack> submit(byte[] entry) {
    return link.submit(entry)
        .handle(
            (ack, fault) -> {
              if (fault == null) {
                return new Ack(ack.seq(), ack.code());
              }
              throw new CompletionException(translated(fault));
            });
  }

  private static Throwable translated(Throwable fault) {
    Throwable cause = fault instanceof CompletionException wrapped && wrapped.getCause() != null ? wrapped.getCause() : fault;
    if (!(cause instanceof LinkException link)) {
      return cause;
    }
    return switch (link.kind()) {
      case BUSY -> new NotSentException(String.valueOf(link.getMessage()), true);
      case REJECTED, UNREACHABLE -> new NotSentException(String.valueOf(link.getMessage()), false);
      case UNKNOWN_RESULT, CLOSED -> link;
    };
  }
}

package ai.ubc.gateway.command;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.ubc.codec.session.Credentials;
import ai.ubc.codec.session.SessionRole;
import ai.ubc.link.LedgerLink;
import ai.ubc.link.LinkConfig;
import ai.ubc.link.LinkException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A link to nobody: what it knows of an entry is what the gateway says. */
final class LinkSinkTest {
  @TempDir Path directory;

  @Test
  void whatTheLinkDidNotSendIsNotSentAndTheRestIsUnknown() {
    LinkConfig config =
        LinkConfig.sharing(
                directory.toString(),
                "0=localhost:1",
                new Credentials(SessionRole.GATEWAY, new byte[32]))
            .withBounds(1, 60_000);
    CompletableFuture<CommandSink.Ack> first;
    try (LedgerLink link = LedgerLink.open(config)) {
      LinkSink sink = new LinkSink(link);
      first = sink.submit(new byte[10]);
      assertThat(cause(sink.submit(new byte[10])))
          .isInstanceOfSatisfying(
              CommandSink.NotSentException.class, e -> assertThat(e.isOverloaded()).isTrue());
      assertThat(first).isNotDone();
    }
    assertThat(cause(first))
        .isInstanceOfSatisfying(
            LinkException.class, e -> assertThat(e.kind()).isEqualTo(LinkException.Kind.CLOSED));
  }

  private static Throwable cause(CompletableFuture<?> future) {
    return requireNonNull(catchThrowable(future::get).getCause());
  }
}

package ai.ubc.provider.node.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ubc.domain.Command;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.Refusal;
import ai.ubc.sdk.LedgerRefused;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class ConductsTest {
  private static final Command.OpenVerdict OPENING =
      new Command.OpenVerdict(5, 1, 1, Hash32.ZERO, 0, Hash32.ZERO);

  private static LedgerRefused refused(Refusal refusal) {
    return new LedgerRefused(refusal, 9, 409, "no");
  }

  @Test
  void aCopierThatWasCaughtTriesNoMore() throws Exception {
    List<Command> given = new CopyOnWriteArrayList<>();
    CompletableFuture<Refusal> caught = new CompletableFuture<>();
    CompletableFuture<Throwable> ended = new CompletableFuture<>();
    Thread copier =
        Thread.ofVirtual()
            .start(() -> {
              try {
                Conducts.open(
                    OPENING,
                    command -> {
                      given.add(command);
                      throw refused(Refusal.HASH_MISMATCH);
                    },
                    e -> caught.complete(e.refusal()));
              } catch (Exception e) {
                ended.complete(e);
              }
            });
    assertThat(caught.join()).isEqualTo(Refusal.HASH_MISMATCH);
    assertThat(ended).isNotDone();
    copier.interrupt();
    assertThat(ended.join()).isInstanceOf(InterruptedException.class);
    assertThat(given).containsExactly(OPENING);
  }

  @Test
  void whatElseIsRefusedIsTheNodesConcern() {
    assertThatThrownBy(() ->
            Conducts.open(
                OPENING,
                command -> {
                  throw refused(Refusal.WRONG_STATE);
                },
                e -> {
                  throw new AssertionError("not caught copying", e);
                }))
        .isInstanceOf(LedgerRefused.class);
  }
}

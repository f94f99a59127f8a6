package ai.ubc.provider.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.ubc.provider.runtime.Content;
import ai.ubc.provider.runtime.Item;
import ai.ubc.provider.runtime.JobRuntime;
import ai.ubc.provider.runtime.Limits;
import ai.ubc.provider.runtime.ProviderFault;
import ai.ubc.provider.runtime.RunRequest;
import ai.ubc.provider.runtime.RunResult;
import ai.ubc.provider.runtime.Seed;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The worker's side of the conversation, in this process. */
class WorkerMainTest {

  private static RunRequest request(long units) {
    return new RunRequest(
        Content.EMPTY, List.of(Item.of()), Optional.empty(), new Limits(units, 1, 0), Seed.ZERO);
  }

  @Test
  void requestsAreAnsweredOneByOneUntilTheInputEnds() throws Exception {
    JobRuntime runtime =
        request -> {
          if (request.limits().unitsMax() == 0) {
            throw new ProviderFault(ProviderFault.Kind.INPUT, "no units");
          }
          return new RunResult(request.limits().unitsMax(), List.of());
        };
    Pipe requests = Pipe.open();
    Pipe answers = Pipe.open();
    Thread worker =
        Thread.ofPlatform()
            .start(() ->
                WorkerMain.serve(
                    runtime,
                    Channels.newInputStream(requests.source()),
                    Channels.newOutputStream(answers.sink())));
    DataOutputStream toWorker = new DataOutputStream(Channels.newOutputStream(requests.sink()));
    DataInputStream in = new DataInputStream(Channels.newInputStream(answers.source()));
    for (long units : new long[] {5, 7}) {
      WorkerProtocol.writeRequest(toWorker, request(units));
      assertThat(WorkerProtocol.readAnswer(in).units()).isEqualTo(units);
    }
    WorkerProtocol.writeRequest(toWorker, request(0));
    assertThatExceptionOfType(ProviderFault.class)
        .isThrownBy(() -> WorkerProtocol.readAnswer(in))
        .withMessage("no units");
    toWorker.close();
    assertThat(worker.join(Duration.ofMinutes(1))).isTrue();
  }
}

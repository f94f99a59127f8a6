package ai.ubc.provider.node.demo;

import ai.ubc.api.JobView;
import ai.ubc.domain.Hash32;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.UbcException;
import java.util.Objects;
import java.util.Optional;

/** What everybody can see of others' verdicts. */
final class SealMapper {
  private SealMapper() {}

  /** The seal of a validator of the round; empty while there is none. */
  static Optional<Hash32> firstSeal(UbcClient client, long job, int round)
      throws UbcException, InterruptedException {
    return client.job(job, 0).value().rounds().stream()
        .filter(drawn -> drawn.round() == round)
        .flatMap(drawn -> drawn.validators().stream())
        .map(JobView.Drawn::seal)
        .filter(Objects::nonNull)
        .findFirst()
        .map(Hash32::parse);
  }
}

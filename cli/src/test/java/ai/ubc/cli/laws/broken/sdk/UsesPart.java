package ai.ubc.cli.laws.broken.sdk;

import ai.ubc.cli.laws.broken.sdk.part.UsesWhole;
import java.util.Optional;

public record UsesPart(int value) {
  Optional<UsesWhole> part() {
    return Optional.empty();
  }

  UsesWhole around() {
    return new UsesWhole(this);
  }
}

package ai.ubc.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.domain.Address;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.Hash32;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DevelopmentGenesisTest {
  @Test
  void onlyADevelopmentGenesisHasAFaucet() {
    Genesis development =
        DevelopmentGenesis.create(
            Hash32.ZERO, 1, new Address(1, 2, 3), new Address(7, 8, 9), Hash32.ZERO);
    assertThat(DevelopmentGenesis.hasFaucet(development)).isTrue();
    assertThat(development.parameters().disputeWindowMs()).isLessThan(60_000);
    Genesis production =
        new Genesis(
            "production",
            1,
            Hash32.ZERO,
            1,
            new Address(1, 2, 3),
            new Address(7, 8, 9),
            Hash32.ZERO,
            GenesisParameters.production(),
            List.of(new Genesis.Allocation(new Address(4, 5, 6), 2, 1_000_000)));
    assertThat(DevelopmentGenesis.hasFaucet(production)).isFalse();
  }
}

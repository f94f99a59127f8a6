package ai.ubc.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.ubc.domain.GenesisParameters;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ChangedParametersTest {
  @Test
  void whatIsNotChangedIsThatOfProduction() {
    GenesisParameters production = GenesisParameters.production();
    assertThat(ChangedParameters.of(Map.of())).isEqualTo(production);
    GenesisParameters changed = ChangedParameters.of(Map.of("validatorsMin", 1, "feePpm", 30_000));
    assertThat(changed.validatorsMin()).isOne();
    assertThat(changed.feePpm()).isEqualTo(30_000);
    assertThat(changed.validatorsMax()).isEqualTo(production.validatorsMax());
  }

  @Test
  void namesAndValuesThatThereAreNotAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ChangedParameters.of(Map.of("validatorsLeast", 1)))
        .withMessageContaining("validatorsLeast");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ChangedParameters.of(Map.of("validatorsMin", 0)))
        .withMessageContaining("validatorsMin");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ChangedParameters.of(Map.of("bondUnlockMs", "soon")));
  }
}

package ai.ubc.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.ubc.domain.GenesisParameters;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ChangedRecordTest {
  private static final GenesisParameters PRODUCTION = GenesisParameters.production();

  @Test
  void whatIsNotChangedIsTheSame() {
    assertThat(ChangedRecord.of(PRODUCTION, Map.of())).isEqualTo(PRODUCTION);
    GenesisParameters changed =
        ChangedRecord.of(PRODUCTION, Map.of("validatorsMin", 1, "feePpm", 30_000));
    assertThat(changed.validatorsMin()).isOne();
    assertThat(changed.feePpm()).isEqualTo(30_000);
    assertThat(changed.validatorsMax()).isEqualTo(PRODUCTION.validatorsMax());
  }

  @Test
  void namesAndValuesThatThereAreNotAreRefused() {
    for (Map<String, ?> wrong :
        List.of(
            Map.of("validatorsLeast", 1),
            Map.of("validatorsMin", 0),
            Map.of("bondUnlockMs", "soon"))) {
      assertThatIllegalArgumentException().isThrownBy(() -> ChangedRecord.of(PRODUCTION, wrong));
    }
  }
}

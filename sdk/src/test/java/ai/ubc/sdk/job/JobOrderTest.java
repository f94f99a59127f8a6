package ai.ubc.sdk.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ubc.domain.InputPolicy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is no order. */
final class JobOrderTest {
  @Test
  void anOrderThatNobodyTakesIsNotBuilt() {
    Path program = Path.of("p");
    assertThatThrownBy(() -> JobOrder.of(program, 0).build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> JobOrder.of(program, 1).runWindowMs(0).build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> JobOrder.of(program, 1).waitMs(604_800_001).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("7 days");
    JobOrder order =
        JobOrder.of(program, 1)
            .item(new JobOrder.Run(List.of(), Map.of(), Optional.empty()))
            .readableBy(InputPolicy.PUBLIC)
            .build();
    assertThat(order.inputPolicy()).isEqualTo(InputPolicy.PUBLIC);
    assertThatThrownBy(() ->
            new JobOrder(
                program,
                List.of(),
                order.inputDirectory(),
                1,
                1,
                order.tier(),
                0,
                order.inputPolicy(),
                order.maxUnits(),
                order.limitPriceMicros(),
                1,
                1,
                1,
                false))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() ->
            new JobOrder(
                program,
                order.items(),
                order.inputDirectory(),
                1,
                1,
                order.tier(),
                1,
                order.inputPolicy(),
                order.maxUnits(),
                order.limitPriceMicros(),
                1,
                1,
                1,
                false))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

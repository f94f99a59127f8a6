package ai.ubc.sequencer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ClusterPortsTest {
  @Test
  void allFollowFromTheBase() {
    assertThat(ClusterPorts.from(9_000).member(0, "host"))
        .isEqualTo("0,host:9000,host:9001,host:9002,host:9003,host:9004");
  }

  @Test
  void aBaseLeavesRoomForAll() {
    assertThatThrownBy(() -> ClusterPorts.from(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ClusterPorts.from(65_532))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(ClusterPorts.from(65_531).archive()).isEqualTo(65_535);
  }
}

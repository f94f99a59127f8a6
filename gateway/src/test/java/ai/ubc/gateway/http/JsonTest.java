package ai.ubc.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.api.LedgerEvent;
import ai.ubc.api.StreamEntry;
import java.util.List;
import org.junit.jupiter.api.Test;

final class JsonTest {
  @Test
  void anEventCarriesItsTypeAndNothingThatIsAbsent() {
    StreamEntry entry =
        new StreamEntry(
            3, 7, "Tick", List.of(new LedgerEvent.JobStateChanged(1, null, "LEASED", 9)));
    assertThat(Json.mapper().writeValueAsString(entry))
        .isEqualTo(
            "{\"seq\":3,\"logTimeMs\":7,\"command\":\"Tick\",\"events\":[{\"type\":"
                + "\"JobStateChanged\",\"job\":1,\"to\":\"LEASED\",\"deadlineMs\":9}]}");
    assertThat(
            Json.mapper()
                .readValue("{\"type\":\"OutageRecorded\",\"durationMs\":4}", LedgerEvent.class))
        .isEqualTo(new LedgerEvent.OutageRecorded(4));
  }
}

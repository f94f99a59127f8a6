package ai.ubc.sequencer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ArchiveRoomTest {
  private final AtomicLong free = new AtomicLong(5 << 20);
  private final ArchiveRoom room = new ArchiveRoom(Path.of("large"), 4 << 20, free::get);

  private List<String> asked(long bytes, boolean isThere) {
    return Logged.by(ArchiveRoom.class, () -> assertThat(room.test(bytes)).isEqualTo(isThere));
  }

  @Test
  void thereIsRoomWhileEnoughStaysFree() {
    assertThat(asked(1 << 20, true)).isEmpty();
  }

  @Test
  void noRoomIsSaidOnceUntilThereIsSome() {
    assertThat(asked((1 << 20) + 1, false)).singleElement().asString().contains("large", "4 MiB");
    free.set(3 << 20);
    assertThat(asked(1, false)).isEmpty();
    free.set(5 << 20);
    assertThat(asked(1, true)).isEmpty();
    free.set(3 << 20);
    assertThat(asked(1, false)).hasSize(1);
  }
}

package ai.ubc.provider.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ubc.domain.Hash32;
import ai.ubc.sdk.GatewayProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BodyCacheTest {
  private static final NodeLimits LIMITS = new NodeLimits(1, 1, 100, 250, 0, 1, 1, 1);

  @TempDir Path root;

  private final FakeLedger store = new FakeLedger();
  private Path directory;
  private int targets;

  @BeforeEach
  void open() throws IOException {
    directory = Files.createDirectories(root.resolve("cache"));
  }

  private BodyCache cache() throws IOException {
    return new BodyCache(directory, store, LIMITS);
  }

  private Hash32 body(int content, int length) {
    byte[] bytes = new byte[length];
    bytes[0] = (byte) content;
    return store.store(bytes);
  }

  private Path place(BodyCache cache, Hash32 body) throws Exception {
    Path target = root.resolve("target" + targets++);
    cache.place(body, target);
    assertThat(target).hasBinaryContent(store.body(body));
    return target;
  }

  private List<String> kept() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(f -> f.getFileName().toString()).toList();
    }
  }

  @Test
  void aBodyIsFetchedOnceAlsoOverARestart() throws Exception {
    Hash32 body = body(1, 100);
    place(cache(), body);
    BodyCache restarted = cache();
    place(restarted, body);
    place(restarted, body);
    assertThat(store.fetches()).isEqualTo(1);
  }

  @Test
  void whatWasUsedLongestAgoGoesFirstAndPlacedFilesStay() throws Exception {
    Hash32 one = body(1, 100);
    Hash32 two = body(2, 100);
    Hash32 three = body(3, 100);
    BodyCache cache = cache();
    Path placed = place(cache, one);
    Path placedTwo = place(cache, two);
    place(cache, one);
    place(cache, three);
    assertThat(kept()).containsExactlyInAnyOrder(one.hex(), three.hex());
    assertThat(placed).exists();
    assertThat(placedTwo).hasBinaryContent(store.body(two));
    place(cache, two);
    assertThat(store.fetches()).isEqualTo(4);
  }

  @Test
  void aDamagedBodyIsFetchedAnew() throws Exception {
    Hash32 body = body(1, 10);
    BodyCache cache = cache();
    Path first = place(cache, body);
    Files.delete(first);
    Files.writeString(directory.resolve(body.hex()), "rotten");
    place(cache, body);
    assertThat(store.fetches()).isEqualTo(2);
  }

  @Test
  void whatAnInterruptedFetchLeftIsDeleted() throws Exception {
    Files.writeString(directory.resolve("abc.part"), "half");
    assertThat(cache()).isNotNull();
    assertThat(kept()).isEmpty();
  }

  @Test
  void aBodyIsUnavailableOnlyWhenTheStoreSaysSo() throws Exception {
    Hash32 large = body(1, 101);
    Path target = root.resolve("target");
    BodyCache cache = cache();
    assertThatThrownBy(() -> cache.place(large, target)).isInstanceOf(BodyUnavailable.class);
    assertThatThrownBy(() -> cache.place(Hash32.ZERO, target)).isInstanceOf(BodyUnavailable.class);
    Hash32 body = body(2, 10);
    store.failNextBody(FakeLedger.problem(GatewayProblem.ACCESS_DENIED, 403));
    assertThatThrownBy(() -> cache.place(body, target)).isInstanceOf(BodyUnavailable.class);
    store.failNextBody(FakeLedger.problem("STORE_UNAVAILABLE", 503));
    assertThatThrownBy(() -> cache.place(body, target)).isInstanceOf(GatewayProblem.class);
  }
}

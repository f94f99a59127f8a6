package ai.ubc.gateway.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ubc.codec.crypto.Sha256;
import ai.ubc.gateway.limits.Limits;
import ai.ubc.gateway.problem.RequestFailure;
import ai.ubc.testkit.ChangedRecord;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BlobStoreTest {
  private static final byte[] BODY = "body".getBytes(StandardCharsets.UTF_8);
  private static final BlobName NAME = new BlobName(Sha256.of(BODY));

  @TempDir Path directory;

  private final AtomicLong nowMs = new AtomicLong(1_000);

  private BlobStore store() throws IOException {
    return new BlobStore(directory, Limits.standard(), nowMs::get);
  }

  private static InputStream content() {
    return new ByteArrayInputStream(BODY);
  }

  @Test
  void bodiesAndTheirOwnersSurviveARestart() throws IOException {
    BlobStore.Stored stored = store().put(NAME, 7, content(), OptionalLong.empty());
    assertThat(stored).isEqualTo(new BlobStore.Stored(true, 4));
    BlobStore again = store();
    assertThat(again.keepIfStoredBy(NAME.hash(), 7)).hasValue(1_000);
    assertThat(again.keepIfStoredBy(NAME.hash(), 8)).isEmpty();
    assertThat(again.isStoredBy(NAME, 7)).isTrue();
    assertThat(again.isStoredBy(NAME, 8)).isFalse();
    assertThat(again.put(NAME, 7, content(), OptionalLong.of(4)))
        .isEqualTo(new BlobStore.Stored(false, 4));
    try (InputStream in = again.open(NAME.hash()).orElseThrow()) {
      assertThat(in.readAllBytes()).isEqualTo(BODY);
    }
  }

  @Test
  void whatACrashLeftUnfinishedIsClearedAway() throws IOException {
    BlobStore before = store();
    Path left = Files.writeString(directory.resolve("unfinished").resolve("x"), "half");
    assertThat(before.keepIfStoredBy(NAME.hash(), 7)).isEmpty();
    assertThat(store().open(NAME)).isEmpty();
    assertThat(left).doesNotExist();
  }

  @Test
  void aSenderThatBreaksOffLeavesNothing() throws IOException {
    BlobStore store = store();
    InputStream broken =
        new FilterInputStream(content()) {
          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            throw new IOException("gone");
          }
        };
    assertThatThrownBy(() -> store.put(NAME, 7, broken, OptionalLong.of(4)))
        .isInstanceOf(IOException.class);
    assertThat(store.length(NAME)).isEmpty();
    assertThat(store.isStoredBy(NAME, 7)).isFalse();
    assertThat(directory.resolve("unfinished")).isEmptyDirectory();
  }

  @Test
  void aBodyStaysUntilNobodyHasStoredOrNamedItForTheWholeTime() throws IOException {
    BlobStore store = store();
    store.put(NAME, 7, content(), OptionalLong.empty());
    store.put(NAME, 8, content(), OptionalLong.empty());
    assertThat(store.idle(1_000, 10)).isEmpty();
    assertThat(store.idle(1_001, 10)).containsExactly(NAME);
    assertThat(store.idle(1_001, 0)).isEmpty();
    nowMs.set(2_000);
    assertThat(store.keepIfStoredBy(NAME.hash(), 7)).hasValue(2_000);
    assertThat(store.deleteIdle(NAME, 2_000, store.owners())).isZero();
    nowMs.set(3_000);
    store.put(NAME, 8, content(), OptionalLong.empty());
    assertThat(store.deleteIdle(NAME, 3_000, store.owners())).isZero();
    assertThat(store.open(NAME)).isPresent();
    assertThat(store.deleteIdle(NAME, 3_001, store.owners())).isEqualTo(BODY.length);
    assertThat(store.open(NAME)).isEmpty();
    assertThat(store.isStoredBy(NAME, 7)).isFalse();
    assertThat(store.isStoredBy(NAME, 8)).isFalse();
    assertThat(store.deleteIdle(NAME, 3_001, store.owners())).isZero();
  }

  @Test
  void whatIsDeletedNoLongerCountsAgainstTheQuota() throws IOException {
    BlobStore store = new BlobStore(directory, limits(BODY.length), nowMs::get);
    byte[] another = new byte[BODY.length];
    BlobName other = new BlobName(Sha256.of(another));
    store.put(NAME, 7, content(), OptionalLong.empty());
    assertThatThrownBy(
            () -> store.put(other, 7, new ByteArrayInputStream(another), OptionalLong.empty()))
        .isInstanceOf(RequestFailure.class);
    assertThat(store.deleteIdle(NAME, 1_001, store.owners())).isEqualTo(BODY.length);
    assertThat(store.put(other, 7, new ByteArrayInputStream(another), OptionalLong.empty()).isNew())
        .isTrue();
  }

  private static Limits limits(long accountBytes) {
    return ChangedRecord.of(Limits.standard(), Map.of("accountBlobBytesMax", accountBytes));
  }

  @Test
  void whatIsStoredAgainReplacesWhatWentBadOnTheDisk() throws IOException {
    BlobStore store = store();
    store.put(NAME, 7, content(), OptionalLong.empty());
    Path file = directory.resolve("bodies").resolve(NAME.hex().substring(0, 2)).resolve(NAME.hex());
    Files.writeString(file, "rott");
    assertThat(store.put(NAME, 7, content(), OptionalLong.empty()).isNew()).isFalse();
    assertThat(file).hasBinaryContent(BODY);
  }

  @Test
  void aStrayFileIsLeftAlone() throws IOException {
    BlobStore store = store();
    store.put(NAME, 7, content(), OptionalLong.empty());
    Files.writeString(directory.resolve("bodies").resolve("notes"), "stray");
    assertThat(store.idle(2_000, 10)).containsExactly(NAME);
  }

  @Test
  void namesAreHexadecimalWithOrWithoutPrefix() {
    assertThat(BlobName.parse(NAME.hex())).isEqualTo(NAME);
    assertThat(BlobName.parse(NAME.toString())).isEqualTo(NAME);
    assertThat(NAME.toString()).isEqualTo("0x" + NAME.hex());
    for (String wrong : new String[] {"", "0x", "../../etc/passwd", NAME.hex() + "0"}) {
      assertThatThrownBy(() -> BlobName.parse(wrong)).isInstanceOf(RequestFailure.class);
    }
  }
}

package ai.ubc.sequencer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ubc.codec.crypto.KeccakHash;
import ai.ubc.domain.Hash32;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BeaconChainTest {
  private static final int LINKS = 1 << 11;

  @TempDir private Path directory;

  private BeaconChain chain(int links) throws IOException {
    return BeaconChain.openOrCreate(directory, links, new SecureRandom(new byte[] {1}));
  }

  private static Hash32 hash(Hash32 value) {
    return Hash32.of(KeccakHash.of(value.bytes()));
  }

  @Test
  void eachNumberHashesToTheHeadBeforeItAcrossChains() throws IOException {
    BeaconChain chain = chain(LINKS);
    Hash32 head = chain.head();
    for (long slot = 1; slot <= 2 * LINKS + 5; slot++) {
      Hash32 preimage = chain.preimage(slot);
      assertThat(hash(preimage)).as("slot %d", slot).isEqualTo(head);
      Hash32 nextHead = chain.nextHead(slot);
      assertThat(nextHead.isZero()).isEqualTo(slot % LINKS != 0);
      head = nextHead.isZero() ? preimage : nextHead;
    }
  }

  @Test
  void anySlotCanBeAskedForInAnyOrderAndAfterARestart() throws IOException {
    BeaconChain first = chain(8);
    List<Long> slots = new ArrayList<>();
    List<Hash32> preimages = new ArrayList<>();
    for (long slot = 1; slot <= 24; slot++) {
      slots.add(slot);
      preimages.add(first.preimage(slot));
    }
    Collections.shuffle(slots, new Random(1));
    BeaconChain second = BeaconChain.open(directory, 8);
    Files.delete(directory.resolve("chain-1"));
    for (long slot : slots) {
      assertThat(second.preimage(slot)).isEqualTo(preimages.get((int) slot - 1));
    }
    assertThat(second.head()).isEqualTo(first.head());
  }

  @Test
  void itsFilesAreReadableByTheirOwnerOnly() throws IOException {
    chain(8).preimage(9);
    try (var files = Files.list(directory)) {
      assertThat(files)
          .hasSize(3)
          .allSatisfy(file ->
              assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                  .isEqualTo("rw-------"));
    }
  }

  @Test
  void whatIsNotItsOwnIsRefused() throws IOException {
    assertThatThrownBy(() -> chain(3)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> BeaconChain.open(directory, 8)).isInstanceOf(IOException.class);
    chain(8);
    assertThatThrownBy(() -> chain(LINKS * 2))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("chain-0");
    Files.writeString(directory.resolve("secret"), "not hexadecimal");
    assertThatThrownBy(() -> chain(8))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("64 hexadecimal digits");
  }
}

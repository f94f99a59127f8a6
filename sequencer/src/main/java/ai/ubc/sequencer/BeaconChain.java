package ai.ubc.sequencer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import ai.ubc.codec.crypto.KeccakHash;
import ai.ubc.codec.crypto.SecretFile;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.Keccak;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The beacon's secret numbers: hash chains in which each preimage hashes to the one before it, so
 * that whoever knows the head can check every number and foresee none. Slot 1 opens the head that
 * stands in genesis. The last link of a chain names the head of the next; all chains follow from
 * one secret.
 *
 * <p>Of a chain, one link in {@value #SPACING} is kept on disk and one stretch between two of them
 * in memory. Files are readable by their owner only: who reads them knows every future draw. One
 * thread.
 */
public final class BeaconChain {
  /** Links of a chain unless asked otherwise: enough for a slot a second for twelve days. */
  public static final int LINKS = 1 << 20;

  private static final int SPACING = 1 << 10;
  private static final byte[] TAG = "UBC.bcon".getBytes(US_ASCII);
  private static final String SECRET_FILE = "secret";

  private final Path directory;
  private final byte[] secret;
  private final int links;
  private final int spacing;
  private final Keccak keccak = new KeccakHash();

  private long chain;
  private Hash32[] checkpoints;
  private final Hash32[] stretch;
  private long stretchEnd = -1;

  private BeaconChain(Path directory, byte[] secret, int links) throws IOException {
    this.directory = directory;
    this.secret = secret;
    this.links = links;
    this.spacing = Math.min(SPACING, links);
    this.stretch = new Hash32[spacing];
    this.checkpoints = readOrMake(0);
  }

  /**
   * Opens the chains in {@code directory}; where there are none, draws the secret and makes the
   * first, which takes about a second.
   *
   * @param links links of a chain, a power of two; what the chains in the directory were made with
   * @throws IOException when the files can not be read or written, or are of another length
   */
  public static BeaconChain openOrCreate(Path directory, int links, SecureRandom random)
      throws IOException {
    if (links < 2 || Integer.bitCount(links) != 1) {
      throw new IllegalArgumentException("links must be a power of two, got " + links);
    }
    Path file = directory.resolve(SECRET_FILE);
    if (!Files.exists(file)) {
      Files.createDirectories(directory);
      byte[] secret = new byte[Hash32.BYTES];
      random.nextBytes(secret);
      SecretFile.write(file, (HexFormat.of().formatHex(secret) + "\n").getBytes(US_ASCII));
    }
    return open(directory, links);
  }

  /**
   * Opens the chains in {@code directory}.
   *
   * @param links links of a chain, as they were made with
   * @throws IOException when there are none, or the files can not be read or are of another length
   */
  public static BeaconChain open(Path directory, int links) throws IOException {
    Path file = directory.resolve(SECRET_FILE);
    byte[] secret;
    try {
      secret = HexFormat.of().parseHex(Files.readString(file).strip());
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " does not hold 64 hexadecimal digits", e);
    }
    return new BeaconChain(directory, secret, links);
  }

  /** The head of the first chain, which genesis names. */
  public Hash32 head() throws IOException {
    return headOf(0);
  }

  /**
   * The number that opens a slot.
   *
   * @param slot 1, 2, 3, …
   * @throws IOException when a further chain can not be read or written
   */
  public Hash32 preimage(long slot) throws IOException {
    turnTo((slot - 1) / links);
    int link = (int) ((slot - 1) % links) + 1;
    int stretchIndex = (link - 1) / spacing;
    long end = chain * links + (stretchIndex + 1L) * spacing;
    if (end != stretchEnd) {
      Hash32 value = checkpoints[stretchIndex + 1];
      for (int i = spacing - 1; i >= 0; i--) {
        stretch[i] = value;
        value = hash(value);
      }
      stretchEnd = end;
    }
    return stretch[(link - 1) % spacing];
  }

  /**
   * The head that follows a slot when its link is a chain's last, else zero.
   *
   * @param slot 1, 2, 3, …
   * @throws IOException when the next chain can not be read or written
   */
  public Hash32 nextHead(long slot) throws IOException {
    return slot % links == 0 ? headOf(slot / links) : Hash32.ZERO;
  }

  private Hash32 headOf(long number) throws IOException {
    return number == chain ? checkpoints[0] : readOrMake(number)[0];
  }

  private void turnTo(long number) throws IOException {
    if (number != chain) {
      checkpoints = readOrMake(number);
      chain = number;
    }
  }

  /** Links 0 (the head), spacing, 2·spacing, … of a chain. */
  private Hash32[] readOrMake(long number) throws IOException {
    Path file = directory.resolve("chain-" + number);
    int count = links / spacing + 1;
    if (Files.exists(file)) {
      byte[] bytes = Files.readAllBytes(file);
      if (bytes.length != count * Hash32.BYTES) {
        throw new IOException(
            file + " has " + bytes.length + " bytes; a chain of " + links + " links has another");
      }
      Hash32[] read = new Hash32[count];
      for (int i = 0; i < count; i++) {
        read[i] = Hash32.of(Arrays.copyOfRange(bytes, i * Hash32.BYTES, (i + 1) * Hash32.BYTES));
      }
      return read;
    }
    keccak.begin().putBytes(TAG, 0, TAG.length).putBytes(secret, 0, secret.length).putLong(number);
    keccak.end();
    Hash32 value = keccak.digest();
    Hash32[] made = new Hash32[count];
    ByteBuffer bytes = ByteBuffer.allocate(count * Hash32.BYTES);
    for (int link = links; link > 0; link--) {
      if (link % spacing == 0) {
        made[link / spacing] = value;
        bytes.put(link / spacing * Hash32.BYTES, value.bytes());
      }
      value = hash(value);
    }
    made[0] = value;
    bytes.put(0, value.bytes());
    SecretFile.write(file, bytes.array());
    return made;
  }

  private Hash32 hash(Hash32 value) {
    keccak.begin().putHash(value.word0(), value.word1(), value.word2(), value.word3()).end();
    return keccak.digest();
  }
}

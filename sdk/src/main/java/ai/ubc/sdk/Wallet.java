package ai.ubc.sdk;

import static java.nio.charset.StandardCharsets.US_ASCII;

import ai.ubc.codec.AccessToken;
import ai.ubc.codec.Eip712;
import ai.ubc.codec.LogEntry;
import ai.ubc.codec.crypto.KeyPair;
import ai.ubc.domain.Address;
import ai.ubc.domain.Command;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A key that signs commands, for the account that it owns or, as a session key, for one that gave
 * it a mandate. Its file holds the secret as 64 hexadecimal digits and a line end, in plain text,
 * readable by its owner only: the form for development networks. A session key's has a second line,
 * {@code account N}. Immutable; from any thread.
 */
public final class Wallet {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final long FILE_BYTES_MAX = 256;

  private static final Pattern TEXT =
      Pattern.compile("\\s*([0-9a-fA-F]{64})(?:\\s+account ([1-9][0-9]{0,9}))?\\s*");

  private final KeyPair key;
  private final OptionalInt delegator;

  private Wallet(KeyPair key, OptionalInt delegator) {
    this.key = key;
    this.delegator = delegator;
  }

  /** A wallet around a key at hand, without a file. */
  public static Wallet of(KeyPair key) {
    return new Wallet(key, OptionalInt.empty());
  }

  /** A session key at hand, without a file, that acts for an account it does not own. */
  public static Wallet sessionKey(KeyPair key, int account) {
    return new Wallet(key, OptionalInt.of(account));
  }

  /**
   * Makes a new key and its file, with the directories above it. The file appears whole or not at
   * all, and an existing one is never replaced.
   *
   * @throws FileAlreadyExistsException when there is a file already
   * @throws IOException when the file can not be written; the message names it and says why
   */
  public static Wallet create(Path file, SecureRandom random) throws IOException {
    Wallet wallet = of(KeyPair.generate(random));
    wallet.save(file);
    return wallet;
  }

  /**
   * Writes this wallet's key into a new file, as {@link #create} does.
   *
   * @throws FileAlreadyExistsException when there is a file already
   * @throws IOException when the file can not be written; the message names it and says why
   */
  public void save(Path file) throws IOException {
    Path target = file.toAbsolutePath();
    Path directory = target.getParent();
    if (directory == null) {
      throw new IOException(file + " can not be a key file");
    }
    try {
      Files.createDirectories(directory);
    } catch (FileAlreadyExistsException e) {
      throw new IOException(
          "the key file " + file + " can not be written: " + e.getFile() + " is no directory", e);
    } catch (FileSystemException e) {
      throw unusable(file, "written", e);
    }
    if (Files.exists(target)) {
      throw new FileAlreadyExistsException(file.toString());
    }
    try {
      write(target, directory);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (FileSystemException e) {
      throw unusable(file, "written", e);
    }
  }

  private void write(Path target, Path directory) throws IOException {
    Path draft = Files.createTempFile(directory, ".wallet", ".tmp", ownerOnly(directory));
    try {
      Files.write(draft, text().getBytes(US_ASCII));
      try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      // A link, unlike a move, fails when the name is taken.
      Files.createLink(target, draft);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private String text() {
    String secret = HexFormat.of().formatHex(key.secret()) + "\n";
    return delegator.isPresent()
        ? secret + "account " + Integer.toUnsignedString(delegator.getAsInt()) + "\n"
        : secret;
  }

  /**
   * Reads a key file.
   *
   * @throws NoSuchFileException when there is none
   * @throws IOException when it can not be read, holds no key, or others than its owner may read
   *     it; the message names it and says why
   */
  public static Wallet load(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException(
          "the key file " + file + " is a directory; name a file in it, such as wallet.key");
    }
    if (!Files.isRegularFile(file)) {
      throw new NoSuchFileException(file.toString(), null, "no key file; create a wallet first");
    }
    try {
      return read(file);
    } catch (FileSystemException e) {
      throw unusable(file, "read", e);
    }
  }

  private static Wallet read(Path file) throws IOException {
    if (isPosix(file)) {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      if (!OWNER_ONLY.containsAll(permissions)) {
        throw new IOException(
            "the key file "
                + file
                + " is open to others ("
                + PosixFilePermissions.toString(permissions)
                + "); close it with: chmod 600 "
                + file);
      }
    }
    if (Files.size(file) > FILE_BYTES_MAX) {
      throw notAKey(file, null);
    }
    try {
      Matcher text = TEXT.matcher(new String(Files.readAllBytes(file), US_ASCII));
      if (!text.matches()) {
        throw notAKey(file, null);
      }
      KeyPair key = KeyPair.of(HexFormat.of().parseHex(text.group(1)));
      return text.group(2) == null
          ? of(key)
          : sessionKey(key, Integer.parseUnsignedInt(text.group(2)));
    } catch (IllegalArgumentException e) {
      throw notAKey(file, e);
    }
  }

  /**
   * Reads a key file, or makes it when there is none; of two that make it at once, both end up with
   * the same key.
   *
   * @throws IOException as {@link #load} and {@link #create} do
   */
  public static Wallet loadOrCreate(Path file, SecureRandom random) throws IOException {
    if (Files.exists(file)) {
      return load(file);
    }
    try {
      return create(file, random);
    } catch (FileAlreadyExistsException e) {
      return load(file);
    }
  }

  /** A copy of the key's secret, for keystores. */
  byte[] secret() {
    return key.secret();
  }

  /** The account that this session key acts for; empty for a key that acts for its own. */
  public OptionalInt delegator() {
    return delegator;
  }

  /** The key's address; it owns the account, unless this is a session key. */
  public Address address() {
    return key.address();
  }

  /** The key's address as text: {@code 0x} and 40 hexadecimal digits in lower case. */
  public String addressText() {
    return key.address().toString();
  }

  /** The key, for who signs something else than commands. */
  public KeyPair key() {
    return key;
  }

  /** Encodes and signs a command: the bytes to send. */
  public byte[] sign(Eip712 domain, Command.Head head, Command command) {
    return LogEntry.sign(domain, key, head, command);
  }

  /** A token that proves to a gateway, until {@code expiresMs} (log time), who reads. */
  public String accessToken(Eip712 domain, int account, long expiresMs) {
    return AccessToken.issue(domain, key, account, expiresMs);
  }

  @Override
  public String toString() {
    return "Wallet(" + address() + ")";
  }

  private static FileAttribute<?>[] ownerOnly(Path directory) throws IOException {
    return isPosix(directory)
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
        : new FileAttribute<?>[0];
  }

  private static boolean isPosix(Path path) throws IOException {
    return Files.getFileStore(path).supportsFileAttributeView("posix");
  }

  private static IOException unusable(Path file, String done, FileSystemException e) {
    return new IOException(
        "the key file " + file + " can not be " + done + ": " + FileReason.of(e), e);
  }

  private static IOException notAKey(Path file, @Nullable Exception cause) {
    return new IOException(
        "the key file " + file + " does not hold 64 hexadecimal digits of a secp256k1 key", cause);
  }
}

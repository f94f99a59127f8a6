package ai.ubc.cli.evidence;

import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.codec.evidence.ReceiptFile;
import ai.ubc.domain.Hash32;
import ai.ubc.sdk.Draft;
import ai.ubc.sdk.Session;
import ai.ubc.sdk.UbcException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Receipts on this machine. */
public final class ReceiptFiles {
  private static final int FINGERPRINT_DIGITS = 16;

  private ReceiptFiles() {}

  /** The fingerprint of a network that a reader trusts. */
  static Hash32 fingerprint(String text) throws CommandFailure {
    try {
      return Hash32.parse(text);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "the network to trust must be a fingerprint of 64 hexadecimal digits, not \""
              + text
              + "\"",
          e);
    }
  }

  /** Reads a file. */
  static byte[] read(Path file) throws CommandFailure {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(ReceiptFile.BYTES_MAX + 1);
      if (content.length > ReceiptFile.BYTES_MAX) {
        throw new CommandFailure(
            ExitCode.FAILURE, file + " is longer than any receipt or body may be: over 64 MiB");
      }
      return content;
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.FAILURE, "there is no readable file " + file, e);
    }
  }

  /** Writes a receipt; it is there as a whole or not at all. */
  public static void write(Path file, byte[] receipt) throws CommandFailure {
    try {
      Path directory = file.toAbsolutePath().getParent();
      if (directory != null) {
        Files.createDirectories(directory);
      }
      Draft.write(file, receipt);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILURE, "the receipt can not be written to " + file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Fetches the receipt of a job and keeps it below a user's directory.
   *
   * @param after position of an entry that it must cover; 0 for none
   * @return the file
   */
  public static Path keep(Session session, long job, long after, Path home)
      throws CommandFailure, UbcException, InterruptedException {
    Path file = place(home, session.client().network().genesisHash().hex(), job);
    write(file, session.jobReceipt(job, after));
    return file;
  }

  /**
   * Where the receipt of a job is kept below a user's directory: by network, since every network
   * has a job 1.
   *
   * @param fingerprint the network's genesis hash, hexadecimal without {@code 0x}
   */
  private static Path place(Path home, String fingerprint, long job) {
    String network = fingerprint.substring(0, FINGERPRINT_DIGITS);
    return home.resolve("receipts").resolve(network).resolve("job-" + job + ".json");
  }
}

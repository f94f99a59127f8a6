package ai.ubc.sdk.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.ubc.codec.crypto.Sha256;
import ai.ubc.sdk.SignedCommand;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where submissions are kept by the names that their buyer gave them, from before they are sent, so
 * that a program that was started again does not buy twice. From any thread.
 */
public interface SubmissionStore {
  /**
   * Opens the place of a name, for one user at a time; another process waits.
   *
   * @throws IOException when it can not be used, or another thread of this process has it open
   */
  Slot open(String key) throws IOException;

  /** The place of a name. */
  interface Slot extends Closeable {
    /**
     * What is kept there.
     *
     * @throws IOException when it can not be read
     */
    Optional<Submission> submission() throws IOException;

    /**
     * Keeps this in place of what was there; it is on disk when the call returns.
     *
     * @throws IOException when it can not be written
     */
    void keep(Submission submission) throws IOException;
  }

  /** Keeps each submission in a file of the directory, which is made when it is missing. */
  static SubmissionStore in(Path directory) {
    return key -> {
      Files.createDirectories(directory);
      String name = Sha256.of(key.getBytes(UTF_8)).hex();
      return new FileSlot(directory.resolve(name + ".job"), directory.resolve(name + ".lock"));
    };
  }

  /** Four lines: form, order, notAfter and command; and the job's number as a fifth. */
  final class FileSlot implements Slot {
    private static final String FORM = "ubc submission 1";
    private static final int LINES_WITHOUT_JOB = 4;

    private final Path file;
    private final FileChannel lock;

    private FileSlot(Path file, Path lockFile) throws IOException {
      this.file = file;
      lock = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        lock.lock();
      } catch (OverlappingFileLockException e) {
        lock.close();
        throw new IOException("another thread of this program submits under the same name", e);
      } catch (IOException e) {
        lock.close();
        throw e;
      }
    }

    @Override
    public Optional<Submission> submission() throws IOException {
      try {
        List<String> lines = Files.readAllLines(file, UTF_8);
        if (!lines.getFirst().equals(FORM)) {
          throw new IOException(file + " is not of a form that this version knows");
        }
        SignedCommand command =
            new SignedCommand(HexFormat.of().parseHex(lines.get(3)), Long.parseLong(lines.get(2)));
        OptionalLong job =
            lines.size() > LINES_WITHOUT_JOB
                ? OptionalLong.of(Long.parseLong(lines.get(LINES_WITHOUT_JOB)))
                : OptionalLong.empty();
        return Optional.of(new Submission(lines.get(1), command, job));
      } catch (NoSuchFileException e) {
        return Optional.empty();
      } catch (IllegalArgumentException | IndexOutOfBoundsException | NoSuchElementException e) {
        throw new IOException(file + " holds no submission", e);
      }
    }

    @Override
    public void keep(Submission submission) throws IOException {
      StringBuilder text =
          new StringBuilder()
              .append(FORM)
              .append('\n')
              .append(submission.order())
              .append('\n')
              .append(submission.command().notAfterMs())
              .append('\n')
              .append(HexFormat.of().formatHex(submission.command().bytes()))
              .append('\n');
      submission.job().ifPresent(job -> text.append(job).append('\n'));
      Path draft = file.resolveSibling(file.getFileName() + ".new");
      Files.writeString(draft, text, UTF_8);
      try (FileChannel written = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        written.force(true);
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
      lock.close();
    }
  }
}

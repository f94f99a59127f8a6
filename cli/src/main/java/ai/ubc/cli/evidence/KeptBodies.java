package ai.ubc.cli.evidence;

import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.codec.evidence.MalformedReceiptException;
import ai.ubc.codec.evidence.Receipt;
import ai.ubc.codec.evidence.ReceiptFile;
import ai.ubc.codec.evidence.Supplied;
import ai.ubc.codec.seal.SealedJob;
import ai.ubc.domain.Event;
import ai.ubc.sdk.Session;
import ai.ubc.sdk.UbcException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a job ran on and what it gave, as files whose hashes its receipt names.
 *
 * @param program its program
 * @param input its input bundle
 * @param result its result bundle
 */
record KeptBodies(Optional<Path> program, Optional<Path> input, Optional<Path> result) {
  private static final String PROGRAM = "program.wasm";
  private static final String INPUT = "input.zip";
  private static final String RESULT = "result.zip";

  /**
   * The files of a directory that {@link #fetch} wrote; those that are named stand before them.
   *
   * @param directory the directory; {@code null} for none
   * @throws CommandFailure when it is not there or has none of them
   */
  static KeptBodies of(
      @Nullable Path directory, @Nullable Path program, @Nullable Path input, @Nullable Path result)
      throws CommandFailure {
    KeptBodies found =
        new KeptBodies(
            oneOf(directory, PROGRAM, program),
            oneOf(directory, INPUT, input),
            oneOf(directory, RESULT, result));
    if (directory != null
        && found.program.isEmpty()
        && found.input.isEmpty()
        && found.result.isEmpty()) {
      throw new CommandFailure(
          ExitCode.FAILURE,
          "there is neither "
              + PROGRAM
              + " nor "
              + INPUT
              + " nor "
              + RESULT
              + " in "
              + directory
              + "; get them with \"ubc receipt show JOB --bodies "
              + directory
              + "\"");
    }
    return found;
  }

  private static Optional<Path> oneOf(@Nullable Path directory, String name, @Nullable Path named) {
    return Optional.ofNullable(named)
        .or(() ->
            Optional.ofNullable(directory).map(d -> d.resolve(name)).filter(Files::isRegularFile));
  }

  /** What a verifier is given with them. */
  Supplied addedTo(Supplied known) throws CommandFailure {
    Supplied supplied = known;
    if (program.isPresent()) {
      supplied = supplied.withProgram(ReceiptFiles.read(program.get()));
    }
    if (input.isPresent()) {
      supplied = supplied.withInput(ReceiptFiles.read(input.get()));
    }
    if (result.isPresent()) {
      supplied = supplied.withResult(ReceiptFiles.read(result.get()));
    }
    return supplied;
  }

  /**
   * The program or the input.
   *
   * @throws CommandFailure when it is missing
   */
  Path toRun(Optional<Path> body) throws CommandFailure {
    return body.orElseThrow(() ->
        new CommandFailure(
            ExitCode.USAGE,
            "--rerun needs --bodies, or --program and --input: what the job ran on. Get them with"
                + " \"ubc receipt show JOB --bodies DIR\""));
  }

  /**
   * What was fetched of a job.
   *
   * @param written the files that were written
   * @param areSealed whether they are those of a private job
   */
  record Fetched(KeptBodies written, boolean areSealed) {
    /** What of the job the directory has now, in a line. */
    String in(Path directory) {
      boolean hasResult = written.result.isPresent();
      return (hasResult ? "program, input and result in " : "program and input in ")
          + directory
          + (areSealed ? ", sealed: the job is private" : "")
          + (hasResult ? "" : "; the receipt names no result");
    }
  }

  /**
   * Fetches the bodies that a receipt names into a directory, as the network's store has them:
   * those of a private job are sealed. Where it names no result, one that is there is another
   * job's, and goes.
   *
   * @param file the receipt
   * @param directory made where it is missing
   * @throws CommandFailure when no provider has taken the job
   */
  static Fetched fetch(Session session, byte[] file, Path directory)
      throws CommandFailure, UbcException, InterruptedException {
    try {
      Receipt receipt = ReceiptFile.read(file);
      Event.JobSubmitted order =
          receipt
              .order()
              .orElseThrow(() ->
                  new CommandFailure(
                      ExitCode.FAILURE,
                      "no provider has taken job "
                          + receipt.job()
                          + ", so there is nothing that ran"));
      Files.createDirectories(directory);
      Path program = directory.resolve(PROGRAM);
      Path input = directory.resolve(INPUT);
      Path result = directory.resolve(RESULT);
      Optional<Event.ResultOpened> opened = receipt.opened();
      if (opened.isEmpty()) {
        Files.deleteIfExists(result);
      }
      long most = session.client().network().blobBytesMax();
      session.get(order.program(), program, most);
      session.get(order.input(), input, most);
      if (opened.isPresent()) {
        session.get(opened.get().body(), result, most);
      }
      return new Fetched(
          new KeptBodies(Optional.of(program), Optional.of(input), opened.map(_ -> result)),
          SealedJob.header(Files.readAllBytes(input)).isPresent());
    } catch (MalformedReceiptException e) {
      throw new CommandFailure(
          ExitCode.FAILURE, "the gateway's receipt can not be read: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILURE, directory + " can not be written to: " + e.getMessage(), e);
    }
  }
}

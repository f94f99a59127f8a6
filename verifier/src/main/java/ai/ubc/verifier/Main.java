package ai.ubc.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.ubc.codec.evidence.EvidenceReport;
import ai.ubc.codec.evidence.MapReceiptFile;
import ai.ubc.codec.evidence.MapReceiptVerifier;
import ai.ubc.codec.evidence.MapReport;
import ai.ubc.codec.evidence.ReceiptFile;
import ai.ubc.codec.evidence.ReceiptVerifier;
import ai.ubc.codec.evidence.Supplied;
import ai.ubc.domain.Hash32;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Verifies one receipt, of a job or of a map: {@code java -jar ubc-verify.jar FILE [--trust
 * FINGERPRINT] [--program FILE] [--input FILE] [--result FILE]}.
 */
public final class Main {
  private static final String USAGE =
      """
      usage: java -jar ubc-verify.jar FILE [--trust FINGERPRINT]
                  [--program FILE] [--input FILE] [--result FILE]

      Verifies the receipt of a job, or of a map, without the network: what was shown, what was
      not, and which link is broken.

        --trust     the fingerprint (genesis hash) of the network you trust
        --program, --input, --result
                    bodies of the job that you have, to be compared with their hashes

      exit code: 0 verified, 1 broken, 2 wrong arguments, 3 consistent but its issuer
      is unknown, 4 consistent but the job had not ended
      """;

  private Main() {}

  /** Verifies and ends the process with the exit code. */
  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, true, UTF_8);
    PrintStream err = new PrintStream(System.err, true, UTF_8);
    System.exit(execute(List.of(args), out, err));
  }

  /** Verifies what the arguments name and returns the exit code. */
  static int execute(List<String> args, PrintStream out, PrintStream err) {
    Deque<String> left = new ArrayDeque<>(args);
    Optional<Path> file = Optional.empty();
    Supplied supplied = Supplied.nothing();
    if (left.contains("--help") || left.contains("-h")) {
      out.print(USAGE);
      return ReportText.VERIFIED;
    }
    try {
      while (!left.isEmpty()) {
        String arg = left.removeFirst();
        switch (arg) {
          case "--trust" -> supplied = supplied.trusting(Hash32.parse(value(arg, left)));
          case "--program" -> supplied = supplied.withProgram(bytes(arg, left));
          case "--input" -> supplied = supplied.withInput(bytes(arg, left));
          case "--result" -> supplied = supplied.withResult(bytes(arg, left));
          default -> {
            if (arg.startsWith("-") || file.isPresent()) {
              throw new IllegalArgumentException("\"" + arg + "\" is not expected");
            }
            file = Optional.of(Path.of(arg));
          }
        }
      }
      Path receipt =
          file.orElseThrow(() -> new IllegalArgumentException("which receipt? Name its file"));
      byte[] bytes = read(receipt);
      if (MapReceiptFile.isOne(bytes)) {
        if (supplied.input().isPresent() || supplied.result().isPresent()) {
          throw new IllegalArgumentException(
              "the receipt of a map has many inputs and results; give them with the receipt of a job");
        }
        MapReport report = MapReceiptVerifier.verify(bytes, supplied);
        out.print(ReportText.whole(report));
        return ReportText.exitCode(report.conclusion());
      }
      EvidenceReport report = ReceiptVerifier.verify(bytes, supplied);
      out.print(ReportText.whole(report));
      return ReportText.exitCode(report.conclusion());
    } catch (IllegalArgumentException e) {
      err.println("ubc-verify: " + e.getMessage());
      err.print(USAGE);
      return ReportText.USAGE;
    }
  }

  private static String value(String option, Deque<String> left) {
    String value = left.pollFirst();
    if (value == null) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    return value;
  }

  private static byte[] bytes(String option, Deque<String> left) {
    return read(Path.of(value(option, left)));
  }

  private static byte[] read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(ReceiptFile.BYTES_MAX + 1);
      if (content.length > ReceiptFile.BYTES_MAX) {
        throw new IllegalArgumentException(
            file + " is longer than any receipt or body may be: over 64 MiB");
      }
      return content;
    } catch (IOException e) {
      throw new IllegalArgumentException("there is no readable file " + file, e);
    }
  }
}

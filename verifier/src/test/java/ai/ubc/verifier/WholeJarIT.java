package ai.ubc.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The one jar does its work alone, as an auditor runs it. */
final class WholeJarIT {
  @Test
  void theJarVerifiesAReceiptWithoutAnythingElse() throws IOException, InterruptedException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Path receipt = Path.of("..", "codec", "src", "test", "receipts", "accepted.json");
    Process process =
        new ProcessBuilder(
                java.toString(),
                "-jar",
                Path.of("target", "ubc-verify.jar").toString(),
                receipt.toString())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isEqualTo(ReportText.ISSUER_UNKNOWN);
    assertThat(said)
        .doesNotContain("WARNING")
        .contains("job 2: consistent, issuer unknown: re-run by 3 of 3");
  }
}

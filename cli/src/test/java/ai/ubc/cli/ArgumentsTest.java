package ai.ubc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.cli.command.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong arguments get a sentence that says what is wrong, and where to read more; nothing else. */
final class ArgumentsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "run | Missing required parameter: 'PROGRAM' | ubc run",
        "run p.wasm --check sometimes | '--check' | ubc run",
        "run p.wasm --max-price lots | --max-price: \"lots\" is not an amount | ubc run",
        "run p.wasm --max-prise 1 | Possible solutions: --max-price | ubc run",
        "wallet faucet --gateway ftp://example.org | --gateway must be a URL | ubc wallet faucet",
        "wallet faucet --amount 0 | --amount: | ubc wallet faucet",
        "up --port 70000 | --port must be 0 to 65535 | ubc up",
        "up --port http | '--port' | ubc up",
        "dema | Did you mean | ubc",
      })
  void areToldInASentence(String arguments, String what, String command) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode = Main.execute(arguments.split(" "), new PrintWriter(out), new PrintWriter(err));
    assertThat(exitCode).isEqualTo(ExitCode.USAGE);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString())
        .startsWith("ubc: ")
        .contains(what)
        .doesNotContain("Usage:")
        .endsWith("Try '" + command + " --help'.\n");
    assertThat(err.toString().lines().count()).isLessThanOrEqualTo(3);
  }
}

package ai.ubc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.cli.command.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong arguments get a sentence that says what is wrong, and where to read more; nothing else. */
final class ArgumentsTest {
  // An option may have a bound of its own, so that of the type is no answer.
  private static final String BOUND_OF_A_TYPE = Integer.toString(Integer.MAX_VALUE);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "run | Missing required parameter: 'PROGRAM' | ubc run",
        "run p.wasm --check sometimes | '--check' | ubc run",
        "run p.wasm --max-price lots | --max-price: \"lots\" is not an amount | ubc run",
        "run p.wasm --max-prise 1 | Possible solutions: --max-price | ubc run",
        "run p.wasm --progress loud | '--progress' | ubc run",
        "wallet faucet --gateway ftp://example.org | --gateway must be a URL | ubc wallet faucet",
        "wallet faucet --amount 0 | --amount: | ubc wallet faucet",
        "quote p.wasm | a PROGRAM is measured with --measure | ubc quote",
        "quote --measure | --measure needs a PROGRAM | ubc quote",
        "run p.wasm --json - | --json - would mix | ubc run",
        "map p.wasm --each x --out o --budget none | --budget: \"none\" is not an amount | ubc map",
        "map p.wasm --each x --out o --budget 1 --jobs 0 | --jobs must be 1 or more | ubc map",
        "map p.wasm --each x --out o | Missing required option: '--budget=COMPUTE' | ubc map",
        "jobs list --limit 0 | --limit must be 1 or more | ubc jobs list",
        "jobs wait first | (ID): \"first\" is not a whole number | ubc jobs wait",
        "jobs list --limit many | option '--limit': \"many\" is not a whole number | ubc jobs list",
        "jobs list --limit 3000000000 | 3000000000 is too large | ubc jobs list",
        "jobs list --limit -3000000000 | -3000000000 is too small | ubc jobs list",
        "new job --lang cobol d | '--lang' | ubc new job",
        "context use .. | can not name a context | ubc context use",
        "up --port 70000 | --port must be 0 to 65535 | ubc up",
        "up --port 99999999999 | option '--port': 99999999999 is too large | ubc up",
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
        .doesNotContain("Usage:", BOUND_OF_A_TYPE)
        .endsWith("Try '" + command + " --help'.\n");
    assertThat(err.toString().lines().count()).isLessThanOrEqualTo(3);
  }
}

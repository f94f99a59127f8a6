package ai.ubc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class DocumentedCommandsTest {
  @Test
  void areThoseOfShellBlocks() {
    String page =
        """
        Say `./ubc inline` or
        ./ubc outside
        ```sh
        ./ubc run a.wasm  # a comment
        echo x | ./ubc run b.wasm \\
          --stdin -
        mvn verify
        ```
        ```console
        $ ./ubc account
        free 3 COMPUTE, says ./ubc
        ```
        ```json
        ./ubc data
        ```
        ```
        ./ubc output
        ```
        """;
    assertThat(DocumentedCommands.inPage(page.lines().toList()))
        .containsExactly(
            "./ubc run a.wasm  # a comment",
            "echo x | ./ubc run b.wasm --stdin -",
            "./ubc account");
  }

  @Test
  void areFoundInTheFirstPageAndInTheHelp() throws IOException {
    assertThat(DocumentedCommands.inPages(Path.of("..")))
        .extracting(DocumentedCommands.Shown::line)
        .contains("./ubc demo", "./ubc up", "./ubc account");
    assertThat(DocumentedCommands.inHelp())
        .extracting(DocumentedCommands.Shown::line)
        .contains("ubc demo", "ubc up", "ubc run PROGRAM.wasm -- 10")
        .contains("echo one two | ubc run wordcount.wasm --stdin -");
  }
}

package ai.ubc.sdk.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptTest {

  @TempDir Path directory;

  @Test
  void aScriptIsKnownByItsName() {
    assertThat(List.of("a.js", "dir/a.mjs", "a.cjs"))
        .allMatch(name -> Script.isScript(Path.of(name)));
    assertThat(List.of("a.wasm", "js", "a.json")).noneMatch(name -> Script.isScript(Path.of(name)));
  }

  @Test
  void theInterpreterIsOneModuleForAllScripts() throws Exception {
    byte[] module = Script.interpreter();
    assertThat(module).startsWith(0, 'a', 's', 'm', 1, 0, 0, 0);
    Path file = Script.interpreterIn(directory.resolve("new"));
    assertThat(file).hasBinaryContent(module);
    assertThat(Script.interpreterIn(directory.resolve("new"))).isEqualTo(file);
    assertThat(directory.resolve("new")).isDirectoryContaining(file::equals);
    try (var files = Files.list(directory.resolve("new"))) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void theScriptIsTheFirstArgumentAndItsNameTheSecond() throws Exception {
    Path script = Files.writeString(directory.resolve("größe.js"), "console.log('größe')");
    assertThat(Script.arguments(script, List.of("a", "b")))
        .containsExactly("console.log('größe')", "größe.js", "a", "b");
  }

  @Test
  void whatIsNoScriptIsRefused() throws Exception {
    Path longer = Files.write(directory.resolve("long.js"), new byte[Script.BYTES_MAX + 1]);
    assertThatIOException()
        .isThrownBy(() -> Script.arguments(longer, List.of()))
        .withMessageContaining("1000001 bytes, more than the 1000000 of a script");
    Path latin = Files.write(directory.resolve("latin.js"), new byte[] {(byte) 0xE4});
    assertThatIOException()
        .isThrownBy(() -> Script.arguments(latin, List.of()))
        .withMessageContaining("not text in UTF-8");
    Path nul = Files.write(directory.resolve("nul.js"), "a\0b".getBytes(UTF_8));
    assertThatIOException()
        .isThrownBy(() -> Script.arguments(nul, List.of()))
        .withMessageContaining("has a NUL");
    assertThatIOException()
        .isThrownBy(() -> Script.arguments(directory.resolve("none.js"), List.of()));
  }
}

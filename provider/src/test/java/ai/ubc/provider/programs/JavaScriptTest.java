package ai.ubc.provider.programs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.provider.runtime.Item;
import ai.ubc.provider.runtime.ItemResult;
import ai.ubc.provider.runtime.Limits;
import ai.ubc.provider.runtime.Outcome;
import ai.ubc.sdk.job.Script;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts by the interpreter that the build links; each runs here and in a worker. */
class JavaScriptTest {

  private static final Both RUNS = new Both();
  private static final byte[] INTERPRETER = Script.interpreter();

  @TempDir Path input;

  @AfterAll
  static void close() {
    RUNS.close();
  }

  private static Item script(String source, String name, String stdin, String... args) {
    String[] all = new String[args.length + 2];
    all[0] = source;
    all[1] = name;
    System.arraycopy(args, 0, all, 2, args.length);
    return Both.item(stdin, Map.of("NAME", "größe"), all);
  }

  private ItemResult resource(String name, String stdin, String... args) throws Exception {
    String source = new String(Both.resource(name), UTF_8);
    return RUNS.run(INTERPRETER, Optional.of(input), Both.WIDE, script(source, name, stdin, args))
        .getFirst();
  }

  @Test
  void aScriptHasTodaysLanguageTimersAndPromises() throws Exception {
    ItemResult result = resource("modern.js", "");
    assertThat(result.stdout().toUtf8() + result.stderr().toUtf8())
        .isEqualTo(
            """
            1 { b: 2, c: [ 3, 4 ] } [ 1, 2, 3 ] 4 1
            1180591620717411303424n 0.30000000000000004 0.3333333333333333 ff NaN -0
            6 2026 [ 1, 2, 3 ]
            Map(1) { 'k' => { deep: [ 1, { er: true } ] } } Set(2) { 1, 'x' } Uint8Array(2) [ 1, 2 ]
            one has 5, {"x":null} undefined null [Function (anonymous)]
            {"date":"1970-01-01T00:00:00.000Z","nested":{"list":[1,2]}}
            random true 2026
            [ 'slow', 'fast' ] true
            x
            y
            TypeError refused
            to the other stream
            """);
    assertThat(result.outcome()).isEqualTo(new Outcome.Exit(0));
  }

  @Test
  void aScriptReadsAndWritesFilesAndExitsWithItsCode() throws Exception {
    Files.createDirectories(input.resolve("a"));
    Files.writeString(input.resolve("a/numbers.txt"), "10\n20\n12\n");
    ItemResult result = resource("files.js", "größe", "--arg", "ü");
    assertThat(result.stdout().toUtf8())
        .isEqualTo(
            """
            a /
              numbers.txt 9
            42
            GRÖSSE [ '--arg', 'ü' ] größe
            ENOENT
            ENOENT
            EROFS
            ENOENT
            ENOTDIR
            there is no module 'net'; a script has fs, path, process, fs/promises, console, os and the files of /in
            """);
    assertThat(result.outcome()).isEqualTo(new Outcome.Exit(7));
    assertThat(result.files()).containsOnlyKeys("text");
    assertThat(result.files().values().iterator().next().toUtf8()).isEqualTo("größe\n!\n");
  }

  @Test
  void theExampleCountsAsTheOneInCDoes() throws Exception {
    Path examples = Path.of("../examples");
    Item item = script(Files.readString(examples.resolve("wordcount.js")), "wordcount.js", "");
    String counted =
        RUNS.run(INTERPRETER, Optional.of(examples.resolve("texts")), Both.WIDE, item)
            .getFirst()
            .stdout()
            .toUtf8();
    assertThat(counted).contains("       76     1259     6132  total\n      115  the\n");
  }

  @Test
  void aModuleImportsOthersFromItsInput() throws Exception {
    Files.writeString(
        input.resolve("double.mjs"), "export const double = (x) => 2 * x;\nexport default 'again'");
    ItemResult result = resource("module.mjs", "");
    assertThat(result.stderr().toUtf8()).isEmpty();
    assertThat(result.stdout().toUtf8()).isEqualTo("42 again true function\n");
  }

  @Test
  void whatAScriptDoesNotCatchIsOnStandardErrorAndExitsWithOne() throws Exception {
    List<ItemResult> results =
        RUNS.run(
            INTERPRETER,
            Optional.empty(),
            Both.WIDE,
            script("console.log('before');\nnull.x", "a.js", ""),
            script("let x = ;", "b.js", ""),
            script("Promise.reject(new Error('nobody looks'))", "c.js", ""),
            script("import './none.mjs'", "d.mjs", ""),
            script("setTimeout(() => { throw 'later' }, 5)", "e.js", ""),
            script("const f = (n) => f(n + 1) + 1; f(0)", "f.js", ""),
            script("const all = []; for (;;) all.push(new Uint8Array(1 << 20))", "g.js", ""),
            Item.of());
    assertThat(results).extracting(ItemResult::outcome).containsOnly(new Outcome.Exit(1));
    assertThat(results)
        .extracting(result -> result.stderr().toUtf8().lines().findFirst().orElse(""))
        .containsExactly(
            "Uncaught TypeError: cannot read property 'x' of null",
            "Uncaught SyntaxError: unexpected token in expression: ';'",
            "Uncaught Error: nobody looks",
            "Uncaught Error: ENOENT: no such file or directory, open '/in/none.mjs'",
            "Uncaught later",
            "Uncaught RangeError: Maximum call stack size exceeded",
            "Uncaught InternalError: out of memory",
            "Uncaught Error: the first argument is the source of a script, the second its name");
    assertThat(results.getFirst().stdout().toUtf8()).isEqualTo("before\n");
    assertThat(results.getFirst().stderr().toUtf8()).contains("(a.js:2:");
  }

  @Test
  void aScriptThatDoesNotEndUsesUpItsUnits() throws Exception {
    ItemResult result =
        RUNS.run(
                INTERPRETER,
                Optional.empty(),
                new Limits(500_000_000, 1024, 1 << 20),
                script("for (;;);", "a.js", ""))
            .getFirst();
    assertThat(result.outcome()).isEqualTo(new Outcome.OutOfUnits());
  }
}

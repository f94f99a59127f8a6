package ai.ubc.cli.job;

import ai.ubc.cli.client.Answer;
import ai.ubc.cli.client.ClientCommand;
import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes things to start from. */
@Command(
    name = "new",
    mixinStandardHelpOptions = true,
    description = "Write something to start from.",
    subcommands = NewCommand.Job.class)
public final class NewCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  /** Without a subcommand: what there is. */
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** What a program is written in, and the files that it starts with. */
  enum Language {
    JS("job.js"),
    C("job.wasm");

    private final String program;

    Language(String program) {
      this.program = program;
    }

    List<String> files() {
      return switch (this) {
        case JS -> List.of("job.js", "in/words.txt");
        case C -> List.of("job.c", "build.sh", "in/words.txt");
      };
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Writes a program. */
  @Command(
      name = "job",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = {
        "Write a program that runs, with an input for it: it counts the words of the files below /in.",
        "A program in C is compiled by its build.sh, which needs clang with the target wasm32-wasi and wasi-libc."
      },
      footerHeading = "%nExamples:%n",
      footer = {"  ubc new job --lang js first", "  ubc new job --lang c second"})
  static final class Job extends ClientCommand {
    @Option(
        names = "--lang",
        paramLabel = "js|c",
        defaultValue = "js",
        description = "What it is written in. Default: ${DEFAULT-VALUE}.")
    private Language language = Language.JS;

    @Parameters(
        paramLabel = "DIR",
        description = "Where to write it; files that are there already stay as they are.")
    private Path directory = Path.of("");

    @Override
    protected Answer answer() throws CommandFailure {
      List<String> lines = new ArrayList<>();
      for (String name : language.files()) {
        Path file = directory.resolve(name);
        write(name, file);
        lines.add("wrote " + file);
      }
      lines.add("");
      if (language == Language.C) {
        lines.add("compile it:  " + directory.resolve("build.sh"));
      }
      lines.add(
          "run it:      ubc run "
              + directory.resolve(language.program)
              + " --in "
              + directory.resolve("in"));
      return Answer.done(
          Map.of(
              "files",
              language.files().stream().map(name -> directory.resolve(name).toString()).toList()),
          lines.toArray(String[]::new));
    }

    private static void write(String name, Path file) throws CommandFailure {
      try (InputStream in =
          Objects.requireNonNull(NewCommand.class.getResourceAsStream("start/" + name))) {
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
          Files.createDirectories(parent);
        }
        Files.copy(in, file);
        if (name.endsWith(".sh") && !file.toFile().setExecutable(true)) {
          throw new IOException("it can not be made executable");
        }
      } catch (FileAlreadyExistsException e) {
        throw CommandFailure.of(
            ExitCode.FAILURE,
            "FILE_EXISTS",
            file + " is there already, and is not replaced; choose another directory",
            e);
      } catch (IOException e) {
        throw new CommandFailure(
            ExitCode.FAILURE, file + " can not be written: " + e.getMessage(), e);
      }
    }
  }
}

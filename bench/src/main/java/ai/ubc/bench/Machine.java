package ai.ubc.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** On what was measured: without it a figure says nothing. */
final class Machine {
  private Machine() {}

  /** Prints processor, cores, and the Java machine with its flags. */
  static void print(PrintStream out) throws IOException {
    out.println("machine  " + processor());
    out.println("jvm      " + System.getProperty("java.vm.version") + ' ' + jvmFlags());
  }

  private static String processor() throws IOException {
    Path file = Path.of("/proc/cpuinfo");
    List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
    String model =
        lines.stream()
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElse(System.getProperty("os.arch"));
    return model + ", " + Runtime.getRuntime().availableProcessors() + " cores";
  }

  private static String jvmFlags() {
    return String.join(" ", ManagementFactory.getRuntimeMXBean().getInputArguments());
  }
}

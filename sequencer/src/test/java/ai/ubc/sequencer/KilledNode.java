package ai.ubc.sequencer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A node in a process of its own, to be killed. Arguments: directory, then the five ports. */
final class KilledNode {
  private KilledNode() {}

  public static void main(String[] args) throws IOException {
    int[] ports = Arrays.stream(args).skip(1).mapToInt(Integer::parseInt).toArray();
    TestNetwork network =
        TestNetwork.in(
            Path.of(args[0]), new ClusterPorts(ports[0], ports[1], ports[2], ports[3], ports[4]));
    try (SequencerNode node = network.startInTime()) {
      System.out.println("ready " + node.state().seq());
      // Until it is killed, or its parent is gone.
      while (System.in.read() >= 0) {}
    }
  }

  static Process launch(Path directory, ClusterPorts ports) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                KilledNode.class.getName(),
                directory.toString()));
    for (int port :
        new int[] {
          ports.ingress(), ports.consensus(), ports.log(), ports.catchup(), ports.archive()
        }) {
      command.add(Integer.toString(port));
    }
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }
}

package ai.ubc.cli.command;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A node's directory: its key, its work, and a context by which commands about the node find its
 * network without being told.
 *
 * @param directory the directory; it may not exist yet
 */
public record NodeHome(Path directory) {
  private static final String CONTEXT = "node";

  /** The directory that was named, else that of the role in the user's. */
  public static NodeHome of(Optional<Path> named, Surroundings around, String role) {
    return new NodeHome(
        named.orElseGet(() -> around.home().resolve(role)).toAbsolutePath().normalize());
  }

  /** The file of the node's key. */
  public Path wallet() {
    return directory.resolve("node.key");
  }

  /** Where the node keeps its work. */
  public Path work() {
    return directory.resolve("work");
  }

  /** Keeps the network that the node works for. */
  public void remember(URI gateway, String fingerprint) throws CommandFailure {
    Contexts contexts = new Contexts(directory);
    contexts.put(new Context(CONTEXT, gateway, wallet(), fingerprint));
    contexts.use(CONTEXT);
  }

  /** Whether a node has worked from here. */
  public boolean isKnown() throws CommandFailure {
    return new Contexts(directory).current().isPresent();
  }
}

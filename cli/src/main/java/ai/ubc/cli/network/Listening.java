package ai.ubc.cli.network;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * Where a network's gateway listens, as it said in the network's directory when it started.
 *
 * @param address the bound address
 * @param url how its own machine reaches it
 */
record Listening(InetAddress address, URI url) {
  /** Says it. */
  void write(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    Files.write(draft, List.of(address.getHostAddress(), url.toString()), UTF_8);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Reads it; empty where no gateway has said it. */
  static Optional<Listening> read(Path file) throws IOException {
    try {
      List<String> lines = Files.readAllLines(file, UTF_8);
      if (lines.size() != 2) {
        throw new IOException(file + " is damaged; start the network again");
      }
      return Optional.of(
          new Listening(InetAddress.getByName(lines.getFirst()), URI.create(lines.getLast())));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " is damaged; start the network again", e);
    }
  }

  /** How others reach it by this name or address. */
  URI url(String host) {
    String name = host.contains(":") ? "[" + host + "]" : host;
    String fragment = url.getFragment() == null ? "" : "#" + url.getFragment();
    return URI.create(url.getScheme() + "://" + name + ":" + url.getPort() + fragment);
  }
}

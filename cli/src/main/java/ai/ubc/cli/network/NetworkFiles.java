package ai.ubc.cli.network;

import ai.ubc.cli.command.DevelopmentGenesis;
import ai.ubc.cli.command.UbcHome;
import ai.ubc.codec.genesis.GenesisFile;
import ai.ubc.domain.Address;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.Hash32;
import ai.ubc.gateway.database.Storage;
import ai.ubc.sdk.Randomness;
import ai.ubc.sdk.Wallet;
import ai.ubc.sequencer.BeaconChain;
import ai.ubc.sequencer.ClusterPorts;
import ai.ubc.sequencer.DataDirectory;
import ai.ubc.sequencer.DirectoryLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/**
 * The data directory of a one-process network: {@code genesis.json}, {@code keys}, {@code lock},
 * and a directory each for sequencer, gateway and nodes.
 *
 * @param root the directory
 * @param randomness where what is made at the first start comes from
 */
record NetworkFiles(Path root, Randomness randomness) {
  /** The files below this directory. */
  static NetworkFiles in(Path directory) {
    return new NetworkFiles(directory.toAbsolutePath().normalize(), Randomness.SYSTEM);
  }

  Path sequencer() {
    return root.resolve("sequencer");
  }

  Path gateway() {
    return root.resolve("gateway");
  }

  /** The gateway's own PostgreSQL: its data is here, its programs are this user's. */
  Storage database() {
    return new Storage.Embedded(gateway().resolve("postgres"), UbcHome.programs());
  }

  /** The gateway's own certificate and key. */
  Path tls() {
    return gateway().resolve("tls");
  }

  /** Where the gateway says where it listens. */
  Path listening() {
    return gateway().resolve("listening");
  }

  Path node(String name) {
    return root.resolve("nodes").resolve(name);
  }

  /**
   * Takes the directory for this process, until the lock is closed or the process ends.
   *
   * @throws IOException when another network has it, or it can not be used; the message says which
   */
  DirectoryLock lock() throws IOException {
    return DirectoryLock.take(root);
  }

  /**
   * Takes what belongs to the gateway, in the same way.
   *
   * @throws IOException when another gateway has it, or it can not be used; the message says which
   */
  DirectoryLock lockGateway() throws IOException {
    return DirectoryLock.take(gateway());
  }

  /** Whether a sequencer has been started here. */
  boolean hasSequencer() {
    return Files.exists(genesisFile()) && Files.exists(portsFile());
  }

  /**
   * The sequencer's ports, chosen at the first start and kept, so that a gateway in another process
   * finds them.
   */
  ClusterPorts ports() throws IOException {
    if (!Files.exists(portsFile())) {
      Files.createDirectories(root);
      ClusterPorts free = ClusterPorts.free();
      Path written = root.resolve("ports.new");
      Files.writeString(
          written,
          "%d %d %d %d %d%n"
              .formatted(
                  free.ingress(), free.consensus(), free.log(), free.catchup(), free.archive()));
      Files.move(written, portsFile(), StandardCopyOption.ATOMIC_MOVE);
    }
    try {
      int[] ports =
          Stream.of(Files.readString(portsFile()).strip().split(" "))
              .mapToInt(Integer::parseInt)
              .toArray();
      return new ClusterPorts(ports[0], ports[1], ports[2], ports[3], ports[4]);
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw new IOException(portsFile() + " does not hold five ports; delete it", e);
    }
  }

  private Path portsFile() {
    return root.resolve("ports");
  }

  private Path genesisFile() {
    return root.resolve("genesis.json");
  }

  /**
   * The network's genesis, which is there.
   *
   * @throws IOException when it can not be read, or is none of this version; the message says so
   */
  Genesis genesis() throws IOException {
    try {
      return GenesisFile.read(genesisFile());
    } catch (IllegalArgumentException e) {
      throw new IOException(
          genesisFile()
              + " is "
              + e.getMessage()
              + "; if another version of this program made the network, run it with that one, or"
              + " start a new one with --data and another directory",
          e);
    }
  }

  /** The key of a node, made at the first start. */
  Wallet key(String name) throws IOException {
    Path keys = Files.createDirectories(root.resolve("keys"));
    return Wallet.loadOrCreate(keys.resolve(name + ".key"), randomness.of("key " + name));
  }

  /** The key by which the network vouches for bodies that it holds, made at the first start. */
  Wallet notary() throws IOException {
    return key("notary");
  }

  /** The network's genesis; a development genesis is made at the first start. */
  Genesis genesis(long unixTimeMs) throws IOException {
    Path file = genesisFile();
    if (Files.exists(file)) {
      return genesis();
    }
    Files.createDirectories(sequencer());
    BeaconChain beacon =
        BeaconChain.openOrCreate(
            DataDirectory.beacon(sequencer()), BeaconChain.LINKS, randomness.of("beacon"));
    byte[] salt = new byte[Hash32.BYTES];
    randomness.of("genesis").nextBytes(salt);
    Address treasury = key("treasury").address();
    Genesis genesis =
        DevelopmentGenesis.create(
            Hash32.of(salt), unixTimeMs, treasury, notary().address(), beacon.head());
    GenesisFile.write(file, genesis);
    return genesis;
  }
}

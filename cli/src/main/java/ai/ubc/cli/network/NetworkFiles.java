package ai.ubc.cli.network;

import ai.ubc.cli.command.DevelopmentGenesis;
import ai.ubc.codec.genesis.GenesisFile;
import ai.ubc.domain.Address;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.Hash32;
import ai.ubc.sdk.Wallet;
import ai.ubc.sequencer.BeaconChain;
import ai.ubc.sequencer.DataDirectory;
import ai.ubc.sequencer.DirectoryLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * The data directory of a one-process network: {@code genesis.json}, {@code keys}, {@code lock},
 * and a directory each for sequencer, gateway and nodes.
 *
 * @param root the directory
 */
record NetworkFiles(Path root) {
  private static final SecureRandom RANDOM = new SecureRandom();

  Path sequencer() {
    return root.resolve("sequencer");
  }

  Path gateway() {
    return root.resolve("gateway");
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

  /** The key of a node, made at the first start. */
  Wallet key(String name) throws IOException {
    Path keys = Files.createDirectories(root.resolve("keys"));
    return Wallet.loadOrCreate(keys.resolve(name + ".key"), RANDOM);
  }

  /** The network's genesis; a development genesis is made at the first start. */
  Genesis genesis(long unixTimeMs) throws IOException {
    Path file = root.resolve("genesis.json");
    if (Files.exists(file)) {
      return GenesisFile.read(file);
    }
    Files.createDirectories(sequencer());
    BeaconChain beacon =
        BeaconChain.openOrCreate(DataDirectory.beacon(sequencer()), BeaconChain.LINKS, RANDOM);
    byte[] salt = new byte[Hash32.BYTES];
    RANDOM.nextBytes(salt);
    Address treasury = key("treasury").address();
    Genesis genesis =
        DevelopmentGenesis.create(Hash32.of(salt), unixTimeMs, treasury, beacon.head());
    GenesisFile.write(file, genesis);
    return genesis;
  }
}

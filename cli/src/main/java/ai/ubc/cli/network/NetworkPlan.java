package ai.ubc.cli.network;

import ai.ubc.domain.Asset;
import ai.ubc.domain.Role;
import ai.ubc.provider.node.Conduct;
import ai.ubc.provider.runtime.JobRuntime;
import ai.ubc.sdk.Randomness;
import ai.ubc.sdk.UbcClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a one-process network consists of beside its sequencer, gateway and database.
 *
 * @param dataDirectory everything that survives a restart
 * @param listen where the gateway listens
 * @param nodes providers and validators
 * @param workers worker processes that the nodes share
 * @param journalArchive where old segments of the journal go; null for a directory of the sequencer
 * @param randomness where keys, beacon, nonces and salts come from
 * @param createdMs what the genesis of a new network says of its creation, Unix time in
 *     milliseconds
 */
public record NetworkPlan(
    Path dataDirectory,
    Listen listen,
    List<Node> nodes,
    int workers,
    @Nullable Path journalArchive,
    Randomness randomness,
    long createdMs) {
  private static final int WORKERS_MAX = 4;
  private static final long UNITS_ON_OFFER = 1_000_000_000_000L;

  /**
   * A provider or validator.
   *
   * @param name its name and key file
   * @param role what it does
   * @param bondMicros COMPUTE to bond
   * @param priceMicros a provider's price of 1,000,000 units; 0 for a validator
   * @param offeredUnits units a provider keeps on offer; 0 for a validator
   * @param isOpen whether a provider takes new work now
   * @param runtime what it makes of the shared worker processes; an honest node takes them as they
   *     are
   * @param conduct what it does with the commands of its duties, given a client of the network
   */
  public record Node(
      String name,
      Role role,
      long bondMicros,
      long priceMicros,
      long offeredUnits,
      BooleanSupplier isOpen,
      UnaryOperator<JobRuntime> runtime,
      Function<UbcClient, Conduct> conduct) {

    /** An honest provider. */
    public static Node provider(String name, long bondMicros, long priceMicros, long offeredUnits) {
      return new Node(
          name,
          Role.PROVIDER,
          bondMicros,
          priceMicros,
          offeredUnits,
          () -> true,
          UnaryOperator.identity(),
          client -> Conduct.HONEST);
    }

    /** An honest validator. */
    public static Node validator(String name, long bondMicros) {
      return new Node(
          name,
          Role.VALIDATOR,
          bondMicros,
          0,
          0,
          () -> true,
          UnaryOperator.identity(),
          client -> Conduct.HONEST);
    }

    /** The same node, making something else of what the workers find. */
    public Node running(UnaryOperator<JobRuntime> other) {
      return new Node(name, role, bondMicros, priceMicros, offeredUnits, isOpen, other, conduct);
    }

    /** The same node, doing something else than its duty. */
    public Node behaving(Function<UbcClient, Conduct> other) {
      return new Node(name, role, bondMicros, priceMicros, offeredUnits, isOpen, runtime, other);
    }

    /** The same node, taking new work only while that says so. */
    public Node openWhile(BooleanSupplier other) {
      return new Node(name, role, bondMicros, priceMicros, offeredUnits, other, runtime, conduct);
    }
  }

  /** Copies the nodes. */
  public NetworkPlan {
    nodes = List.copyOf(nodes);
  }

  /** Two providers and four validators, for one's own use. */
  public static NetworkPlan development(Path dataDirectory, Listen listen) {
    List<Node> nodes = new ArrayList<>();
    IntStream.rangeClosed(1, 2)
        .forEach(i ->
            nodes.add(Node.provider("provider-" + i, 2_000 * Asset.MICROS, 9 + i, UNITS_ON_OFFER)));
    IntStream.rangeClosed(1, 4)
        .forEach(i -> nodes.add(Node.validator("validator-" + i, 500 * Asset.MICROS)));
    return of(dataDirectory, listen, nodes);
  }

  /** These nodes, with what this machine has. */
  public static NetworkPlan of(Path dataDirectory, Listen listen, List<Node> nodes) {
    return new NetworkPlan(
        dataDirectory,
        listen,
        nodes,
        workersOfThisMachine(),
        null,
        Randomness.SYSTEM,
        System.currentTimeMillis());
  }

  /** The same, as one that can be made again. */
  public NetworkPlan repeatable(Randomness from, long genesisCreatedMs) {
    return new NetworkPlan(
        dataDirectory, listen, nodes, workers, journalArchive, from, genesisCreatedMs);
  }

  /** The same with old segments of the journal elsewhere. */
  public NetworkPlan withJournalArchive(Path directory) {
    return new NetworkPlan(dataDirectory, listen, nodes, workers, directory, randomness, createdMs);
  }

  /** As many workers as cores, within reason. */
  private static int workersOfThisMachine() {
    return Math.clamp(Runtime.getRuntime().availableProcessors(), 1, WORKERS_MAX);
  }
}

package ai.ubc.provider.node;

import ai.ubc.domain.Hash32;
import ai.ubc.domain.Role;
import ai.ubc.provider.runtime.JobRuntime;
import ai.ubc.sdk.Session;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.UbcException;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Set;
import java.util.function.Supplier;

/** Puts nodes together over a gateway. */
final class Wirings {
  private Wirings() {}

  /** Makes the part of a connected node. */
  @FunctionalInterface
  interface PartOf {
    Part in(SdkLedger ledger, NodeDirectory directory) throws IOException;
  }

  /** Connects a node; nothing stays open when it fails. */
  static NodeShell.Wiring connect(
      NodeSettings settings, Role role, Set<Duty.Action> actions, PartOf partOf)
      throws UbcException, IOException, InterruptedException {
    UbcClient client = UbcClient.connect(settings.gateway());
    boolean connected = false;
    try {
      NodeDirectory directory =
          NodeDirectory.open(settings.dataDirectory(), client.network().genesisHash());
      try {
        long fromSeq = client.headSeq();
        Session session =
            Session.openOrRegister(client, settings.wallet(), settings.randomness().of("nonces"));
        session.keys().publish();
        SdkLedger ledger =
            new SdkLedger(session, settings.conduct(), actions, fromSeq, directory::close);
        NodeShell.Wiring wiring =
            new NodeShell.Wiring(
                ledger, partOf.in(ledger, directory), role, settings.bondMicros(), ledger);
        connected = true;
        return wiring;
      } finally {
        if (!connected) {
          directory.close();
        }
      }
    } finally {
      if (!connected) {
        client.close();
      }
    }
  }

  static Execution execution(
      SdkLedger ledger, NodeDirectory directory, JobRuntime runtime, NodeLimits limits)
      throws IOException {
    BodyCache bodies = new BodyCache(directory.cache(), ledger, limits);
    return new Execution(
        bodies, new Unsealing(ledger), runtime, ledger.genesisHash(), limits, directory.work());
  }

  /** Fresh random salts. */
  static Supplier<Hash32> salts(SecureRandom random) {
    return () -> {
      byte[] salt = new byte[Hash32.BYTES];
      random.nextBytes(salt);
      return Hash32.of(salt);
    };
  }
}

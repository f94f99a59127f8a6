package ai.ubc.gateway;

import static ai.ubc.gateway.fake.TestNetwork.REQUESTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ubc.api.AccountView;
import ai.ubc.api.NetworkView;
import ai.ubc.api.Quote;
import ai.ubc.codec.genesis.GenesisFile;
import ai.ubc.domain.Command;
import ai.ubc.gateway.database.Storage;
import ai.ubc.gateway.fake.Databases;
import ai.ubc.gateway.fake.TestGateway;
import ai.ubc.gateway.fake.TestNetwork;
import ai.ubc.gateway.http.TlsFiles;
import ai.ubc.gateway.journal.JournalFeed;
import ai.ubc.gateway.limits.Limits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Start, stop, and what the gateway says of itself. */
@ExtendWith(Databases.class)
final class GatewayTest {
  @TempDir Path directory;

  private Storage embedded() {
    return new Storage.Embedded(directory.resolve("postgres"), Databases.programs());
  }

  @Test
  void stateSurvivesARestartWithTheEmbeddedDatabase() {
    TestNetwork network = new TestNetwork("restart");
    byte[] body = {1, 2, 3};
    try (TestGateway gateway = new TestGateway(network, directory, embedded(), Limits.standard())) {
      network.give(REQUESTER, new Command.Bond(1, 5));
      assertThat(gateway.put(REQUESTER, body).statusCode()).isEqualTo(201);
      AccountView account = gateway.read("/v1/accounts/" + REQUESTER, AccountView.class);
      assertThat(account.providerBondMicros()).isEqualTo(5);
    }
    network.give(REQUESTER, new Command.Bond(1, 7));
    try (TestGateway gateway = new TestGateway(network, directory, embedded(), Limits.standard())) {
      String owner = TestNetwork.key(REQUESTER).address().toString();
      AccountView account = gateway.read("/v1/accounts?owner=" + owner, AccountView.class);
      assertThat(account.account()).isEqualTo(REQUESTER);
      assertThat(account.providerBondMicros()).isEqualTo(12);
      assertThat(gateway.blob(REQUESTER, body).body()).isEqualTo(body);
    }
  }

  @Test
  void theNetworkIsDescribedWithWhatAClientNeedsToSign() {
    TestNetwork network = new TestNetwork("described");
    network.openMarket();
    try (TestGateway gateway = new TestGateway(network, directory)) {
      NetworkView view = gateway.read("/v1/network", NetworkView.class);
      assertThat(view.name()).isEqualTo("described");
      assertThat(view.genesisHash()).isEqualTo(network.genesisHash().toString());
      assertThat(view.rulesVersion()).isEqualTo(1);
      assertThat(view.schemaVersion()).isEqualTo(3);
      assertThat(view.development()).isTrue();
      assertThat(view.seq()).isEqualTo(network.ledger().lastSeq());
      assertThat(view.clock().logTimeMs()).isEqualTo(network.ledger().nowMs());
      assertThat(view.parameters().minimumPriceMicros()).isEqualTo(10_000);
      assertThat(view.assets())
          .containsExactly(
              new NetworkView.Asset(1, "UBC", 6), new NetworkView.Asset(2, "COMPUTE", 6));
      HttpResponse<byte[]> genesis = gateway.get("/v1/genesis");
      assertThat(GenesisFile.hash(GenesisFile.fromJson(TestGateway.text(genesis))))
          .isEqualTo(network.genesisHash());
      assertThat(genesis.headers().firstValue("Content-Type")).hasValue("application/json");
      HttpResponse<byte[]> read = gateway.get("/v1/burns?after=1");
      assertThat(read.headers().firstValue("UBC-Seq")).isPresent();
      Quote quote = gateway.read("/v1/quote?check=quorum&budgetMicros=5000000", Quote.class);
      assertThat(quote.mostPayableMicros()).isLessThanOrEqualTo(5_000_000);
      assertThat(quote.validatorsEligible()).isEqualTo(4);
    }
  }

  @Test
  void healthFollowsTheJournal() throws Exception {
    TestNetwork network = new TestNetwork("health");
    try (TestGateway gateway = new TestGateway(network, directory)) {
      JsonNode health = gateway.json("/actuator/health");
      assertThat(health.get("status").asString()).isEqualTo("UP");
    }
    JournalFeed broken =
        _ ->
            new JournalFeed.Cursor() {
              @Override
              public java.util.List<ai.ubc.gateway.journal.JournalEntry> next(
                  int max, long waitMs) {
                throw new IllegalStateException("the journal is damaged");
              }

              @Override
              public void close() {
                // Nothing is held.
              }
            };
    GatewayConfig config =
        GatewayConfig.local(
                0,
                directory.resolve("2"),
                network.genesis(),
                false,
                TestNetwork.NOTARY,
                network.ledger(),
                broken)
            .withStorage(Databases.fresh());
    try (Gateway gateway = Gateway.start(config);
        var http = java.net.http.HttpClient.newHttpClient()) {
      var request =
          java.net.http.HttpRequest.newBuilder(
                  java.net.URI.create(gateway.url() + "/actuator/health"))
              .build();
      int status = 200;
      while (status == 200) {
        status = http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
      }
      assertThat(status).isEqualTo(503);
    }
  }

  @Test
  void onlyTheNetworksNotaryMayVouch() {
    TestNetwork network = new TestNetwork("notary");
    assertThatThrownBy(() ->
            GatewayConfig.local(
                0,
                directory,
                network.genesis(),
                false,
                TestNetwork.key(TestNetwork.PROVIDER),
                network.ledger(),
                network.ledger()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(TestNetwork.NOTARY.address().toString());
  }

  @Test
  void plainHttpOffThisMachineIsRefused() {
    TestNetwork network = new TestNetwork("plain");
    GatewayConfig config =
        GatewayConfig.local(
            0,
            directory,
            network.genesis(),
            false,
            TestNetwork.NOTARY,
            network.ledger(),
            network.ledger());
    for (String open : new String[] {"0.0.0.0", "192.0.2.1", "::"}) {
      assertThatThrownBy(() -> config.listeningOn(open, Optional.empty()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("needs TLS");
    }
    TlsFiles proof = new TlsFiles(directory.resolve("c"), directory.resolve("k"));
    assertThat(config.listeningOn("0.0.0.0", Optional.of(proof)).tls()).contains(proof);
  }

  @Test
  void aTakenPortIsNamed() throws IOException {
    TestNetwork network = new TestNetwork("port");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      GatewayConfig config =
          GatewayConfig.local(
                  taken.getLocalPort(),
                  directory,
                  network.genesis(),
                  false,
                  TestNetwork.NOTARY,
                  network.ledger(),
                  network.ledger())
              .listeningOn("127.0.0.1", Optional.empty())
              .withStorage(Databases.fresh());
      assertThatThrownBy(() -> Gateway.start(config))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("" + taken.getLocalPort());
    }
  }

  @Test
  void aDatabaseOfAnotherNetworkStopsTheStart() {
    Storage storage = Databases.fresh();
    new TestGateway(new TestNetwork("one"), directory, storage, Limits.standard()).close();
    TestNetwork other = new TestNetwork("other");
    assertThatThrownBy(() -> new TestGateway(other, directory, storage, Limits.standard()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("genesis");
    Storage away = new Storage.Jdbc("jdbc:postgresql://127.0.0.1:1/x", "u", "p");
    assertThatThrownBy(() -> new TestGateway(other, directory, away, Limits.standard()))
        .hasMessageContaining("127.0.0.1:1");
  }
}

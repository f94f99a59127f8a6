package ai.ubc.gateway;

import static ai.ubc.gateway.fake.TestNetwork.INPUT;
import static ai.ubc.gateway.fake.TestNetwork.PROGRAM;
import static ai.ubc.gateway.fake.TestNetwork.PROVIDER;
import static ai.ubc.gateway.fake.TestNetwork.REQUESTER;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.api.AccountView;
import ai.ubc.codec.AccessToken;
import ai.ubc.codec.crypto.KeyPair;
import ai.ubc.codec.crypto.Sha256;
import ai.ubc.codec.evidence.EvidenceLink;
import ai.ubc.codec.evidence.EvidenceReport;
import ai.ubc.codec.evidence.LinkFinding.Status;
import ai.ubc.codec.evidence.ReceiptVerifier;
import ai.ubc.codec.evidence.Supplied;
import ai.ubc.domain.Command;
import ai.ubc.domain.InputPolicy;
import ai.ubc.domain.Tier;
import ai.ubc.gateway.fake.Databases;
import ai.ubc.gateway.fake.TestGateway;
import ai.ubc.gateway.fake.TestNetwork;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An account whose owner changes, as the gateway shows it and lets it read. */
@ExtendWith(Databases.class)
final class OwnerTest {
  private static final KeyPair OLD = TestNetwork.key(REQUESTER);
  private static final KeyPair NEW = TestNetwork.key(60);

  @TempDir private Path directory;
  private final TestNetwork network = new TestNetwork("owners");

  private void changeOwner(int account, KeyPair from, KeyPair to) {
    network.give(from, account, new Command.NameOwner(to.address()));
    network.give(to, account, new Command.AcceptOwner());
  }

  private HttpResponse<byte[]> account(TestGateway gateway, KeyPair owner) {
    return gateway.get(
        "/v1/accounts?owner=" + owner.address() + "&after=" + network.ledger().lastSeq());
  }

  private String access(KeyPair key) {
    return "UBC "
        + AccessToken.issue(network.domain(), key, REQUESTER, network.ledger().nowMs() + 60_000);
  }

  private HttpResponse<byte[]> program(TestGateway gateway, KeyPair key) {
    return gateway.send(
        gateway.request("/v1/blobs/" + Sha256.of(PROGRAM)).header("Authorization", access(key)));
  }

  @Test
  void theNewOwnerFindsTheAccountAndReadsAndTheFormerDoesNot() {
    try (TestGateway gateway = new TestGateway(network, directory)) {
      gateway.put(REQUESTER, PROGRAM);
      assertThat(program(gateway, OLD).body()).isEqualTo(PROGRAM);
      network.give(OLD, REQUESTER, new Command.NameOwner(NEW.address()));
      assertThat(TestGateway.problem(program(gateway, NEW)).code()).isEqualTo("ACCESS_INVALID");
      network.give(NEW, REQUESTER, new Command.AcceptOwner());
      AccountView view =
          gateway.read(
              "/v1/accounts?owner=" + NEW.address() + "&after=" + network.ledger().lastSeq(),
              AccountView.class);
      assertThat(view.account()).isEqualTo(REQUESTER);
      assertThat(view.owner()).isEqualTo(NEW.address().toString());
      assertThat(account(gateway, OLD).statusCode()).isEqualTo(404);
      assertThat(program(gateway, NEW).body()).isEqualTo(PROGRAM);
      assertThat(TestGateway.problem(program(gateway, OLD)).code()).isEqualTo("ACCESS_INVALID");
    }
  }

  @Test
  void addressesMoveBetweenAccountsWithinOneBatch() {
    KeyPair provider = TestNetwork.key(PROVIDER);
    changeOwner(REQUESTER, OLD, NEW);
    changeOwner(PROVIDER, provider, OLD);
    network.give(provider, 0, new Command.RegisterAccount(provider.address()));
    changeOwner(REQUESTER, NEW, TestNetwork.key(61));
    changeOwner(REQUESTER, TestNetwork.key(61), NEW);
    try (TestGateway gateway = new TestGateway(network, directory)) {
      assertThat(TestGateway.text(account(gateway, OLD))).contains("\"account\":" + PROVIDER + ",");
      assertThat(TestGateway.text(account(gateway, NEW)))
          .contains("\"account\":" + REQUESTER + ",");
      assertThat(account(gateway, provider).statusCode()).isEqualTo(200);
      assertThat(account(gateway, TestNetwork.key(61)).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void theReceiptOfAJobWhosePartiesChangedTheirKeysIsVerified() {
    network.openMarket();
    try (TestGateway gateway = new TestGateway(network, directory)) {
      gateway.put(REQUESTER, PROGRAM);
      gateway.put(REQUESTER, INPUT);
      changeOwner(REQUESTER, OLD, TestNetwork.key(61));
      network.give(
          TestNetwork.key(61), REQUESTER, TestNetwork.job(Tier.NONE, InputPolicy.VALIDATORS));
      changeOwner(REQUESTER, TestNetwork.key(61), NEW);
      changeOwner(PROVIDER, TestNetwork.key(PROVIDER), TestNetwork.key(62));
      network.give(TestNetwork.key(62), PROVIDER, network.commit(1));
      HttpResponse<byte[]> answer =
          gateway.send(
              gateway
                  .request("/v1/jobs/1/receipt?after=" + network.ledger().lastSeq())
                  .header("Authorization", access(NEW)));
      assertThat(answer.statusCode()).as(TestGateway.text(answer)).isEqualTo(200);
      EvidenceReport report =
          ReceiptVerifier.verify(answer.body(), Supplied.nothing().trusting(network.genesisHash()));
      assertThat(report.broken()).as(report.toString()).isEmpty();
      assertThat(report.finding(EvidenceLink.PARTIES).status()).isEqualTo(Status.SHOWN);
      assertThat(report.finding(EvidenceLink.PARTIES).sentence())
          .contains("changed its owner to " + TestNetwork.key(62).address());
    }
  }
}

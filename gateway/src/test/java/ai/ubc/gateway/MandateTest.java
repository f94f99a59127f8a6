package ai.ubc.gateway;

import static ai.ubc.gateway.fake.TestNetwork.INPUT;
import static ai.ubc.gateway.fake.TestNetwork.PROGRAM;
import static ai.ubc.gateway.fake.TestNetwork.PROVIDER;
import static ai.ubc.gateway.fake.TestNetwork.REQUESTER;
import static ai.ubc.gateway.fake.TestNetwork.TREASURY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ai.ubc.api.MandatePage;
import ai.ubc.api.MandateView;
import ai.ubc.codec.AccessToken;
import ai.ubc.codec.crypto.KeyPair;
import ai.ubc.codec.crypto.Sha256;
import ai.ubc.codec.evidence.EvidenceLink;
import ai.ubc.codec.evidence.EvidenceReport;
import ai.ubc.codec.evidence.EvidenceReport.Conclusion;
import ai.ubc.codec.evidence.LinkFinding.Status;
import ai.ubc.codec.evidence.ReceiptVerifier;
import ai.ubc.codec.evidence.Supplied;
import ai.ubc.domain.Asset;
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

/** What the gateway shows of session keys, and lets them read. */
@ExtendWith(Databases.class)
final class MandateTest {
  private static final KeyPair KEY = TestNetwork.key(50);
  private static final long HOUR_MS = 3_600_000;

  @TempDir private Path directory;
  private final TestNetwork network = new TestNetwork("mandates");

  private void grant(KeyPair key, long amountMicros, long durationMs) {
    network.give(
        REQUESTER,
        new Command.GrantMandate(
            key.address(), amountMicros, network.ledger().nowMs() + durationMs, 2));
  }

  private MandatePage page(TestGateway gateway, String query) {
    return gateway.read(
        "/v1/accounts/" + REQUESTER + "/mandates?after=" + network.ledger().lastSeq() + query,
        MandatePage.class);
  }

  private String access(KeyPair key, int account) {
    return "UBC "
        + AccessToken.issue(network.domain(), key, account, network.ledger().nowMs() + 60_000);
  }

  private HttpResponse<byte[]> program(TestGateway gateway, KeyPair key, int account) {
    return gateway.send(
        gateway
            .request("/v1/blobs/" + Sha256.of(PROGRAM))
            .header("Authorization", access(key, account)));
  }

  @Test
  void aMandateIsShownWithWhatIsSpentAndWhetherItLives() {
    try (TestGateway gateway = new TestGateway(network, directory)) {
      grant(KEY, 5_000_000, HOUR_MS);
      grant(TestNetwork.key(51), 7, 1_000);
      network.give(REQUESTER, new Command.AllowPayee(1, PROVIDER));
      network.give(REQUESTER, new Command.AllowPayee(1, TREASURY));
      network.give(KEY, REQUESTER, new Command.Transfer(PROVIDER, Asset.COMPUTE, 40));
      MandateView live = page(gateway, "&key=" + KEY.address()).mandates().getFirst();
      assertThat(live.state()).isEqualTo("LIVE");
      assertThat(live.payees()).containsExactly(PROVIDER, TREASURY);
      assertThat(live.spentMicros()).isEqualTo(40);
      assertThat(live.leftMicros()).isEqualTo(4_999_960);
      network.give(REQUESTER, new Command.RevokeMandate(1));
      network.ledger().pass(2_000);
      assertThat(page(gateway, "").mandates())
          .extracting(MandateView::mandate, MandateView::state)
          .containsExactly(tuple(2L, "EXPIRED"), tuple(1L, "REVOKED"));
    }
  }

  @Test
  void mandatesComeInPages() {
    try (TestGateway gateway = new TestGateway(network, directory)) {
      for (int key = 50; key < 55; key++) {
        grant(TestNetwork.key(key), 10, HOUR_MS);
      }
      MandatePage first = page(gateway, "&limit=3");
      assertThat(first.mandates()).extracting(MandateView::mandate).containsExactly(5L, 4L, 3L);
      MandatePage second = page(gateway, "&limit=3&before=" + first.before());
      assertThat(second.mandates()).extracting(MandateView::mandate).containsExactly(2L, 1L);
      assertThat(second.before()).isNull();
      String path = "/v1/accounts/" + REQUESTER + "/mandates";
      assertThat(TestGateway.problem(gateway.get(path + "?limit=101")).code())
          .isEqualTo("INVALID_REQUEST");
      assertThat(TestGateway.problem(gateway.get(path + "?key=0x12")).code())
          .isEqualTo("INVALID_REQUEST");
      assertThat(TestGateway.problem(gateway.get("/v1/accounts/77/mandates")).code())
          .isEqualTo("UNKNOWN_ACCOUNT");
    }
  }

  @Test
  void aSessionKeyReadsForItsAccountWhileItsMandateLives() {
    network.openMarket();
    try (TestGateway gateway = new TestGateway(network, directory)) {
      gateway.put(REQUESTER, PROGRAM);
      assertThat(TestGateway.problem(program(gateway, KEY, REQUESTER)).code())
          .isEqualTo("ACCESS_INVALID");
      grant(KEY, 5_000_000, HOUR_MS);
      assertThat(page(gateway, "").mandates()).hasSize(1);
      assertThat(program(gateway, KEY, REQUESTER).body()).isEqualTo(PROGRAM);
      assertThat(TestGateway.problem(program(gateway, KEY, PROVIDER)).code())
          .isEqualTo("ACCESS_INVALID");
      network.give(REQUESTER, new Command.RevokeMandate(1));
      assertThat(page(gateway, "").mandates().getFirst().state()).isEqualTo("REVOKED");
      assertThat(TestGateway.problem(program(gateway, KEY, REQUESTER)).code())
          .isEqualTo("ACCESS_INVALID");
    }
  }

  @Test
  void theReceiptOfASessionKeysJobShowsItsMandate() {
    network.openMarket();
    try (TestGateway gateway = new TestGateway(network, directory)) {
      gateway.put(REQUESTER, PROGRAM);
      gateway.put(REQUESTER, INPUT);
      grant(KEY, 1, 1_000);
      network.ledger().pass(1_000);
      grant(KEY, 50_000_000, HOUR_MS);
      network.give(KEY, REQUESTER, TestNetwork.job(Tier.NONE, InputPolicy.VALIDATORS));
      HttpResponse<byte[]> answer =
          gateway.send(
              gateway
                  .request("/v1/jobs/1/receipt?after=" + network.ledger().lastSeq())
                  .header("Authorization", access(KEY, REQUESTER)));
      assertThat(answer.statusCode()).as(TestGateway.text(answer)).isEqualTo(200);
      EvidenceReport report =
          ReceiptVerifier.verify(answer.body(), Supplied.nothing().trusting(network.genesisHash()));
      assertThat(report.broken()).as(report.toString()).isEmpty();
      assertThat(report.conclusion()).isEqualTo(Conclusion.UNFINISHED);
      assertThat(report.finding(EvidenceLink.MANDATE).status()).isEqualTo(Status.SHOWN);
      assertThat(report.finding(EvidenceLink.MANDATE).sentence()).contains("mandate 2");
    }
  }
}

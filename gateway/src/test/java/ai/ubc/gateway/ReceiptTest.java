package ai.ubc.gateway;

import static ai.ubc.gateway.fake.TestNetwork.INPUT;
import static ai.ubc.gateway.fake.TestNetwork.PROGRAM;
import static ai.ubc.gateway.fake.TestNetwork.PROVIDER;
import static ai.ubc.gateway.fake.TestNetwork.REQUESTER;
import static ai.ubc.gateway.fake.TestNetwork.SECRET;
import static ai.ubc.gateway.fake.TestNetwork.TREASURY;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.api.JobView;
import ai.ubc.api.LogConsistencyView;
import ai.ubc.api.LogRootView;
import ai.ubc.codec.LogRoot;
import ai.ubc.codec.evidence.EvidenceLink;
import ai.ubc.codec.evidence.EvidenceReport;
import ai.ubc.codec.evidence.EvidenceReport.Conclusion;
import ai.ubc.codec.evidence.LinkFinding.Status;
import ai.ubc.codec.evidence.ReceiptVerifier;
import ai.ubc.codec.evidence.Supplied;
import ai.ubc.codec.tree.TreeChecks;
import ai.ubc.codec.tree.TreeHash;
import ai.ubc.codec.tree.TreeHead;
import ai.ubc.domain.Asset;
import ai.ubc.domain.Command;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.InputPolicy;
import ai.ubc.domain.Role;
import ai.ubc.domain.Tier;
import ai.ubc.gateway.database.Storage;
import ai.ubc.gateway.fake.Databases;
import ai.ubc.gateway.fake.TestGateway;
import ai.ubc.gateway.fake.TestNetwork;
import ai.ubc.gateway.limits.Limits;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Receipts and roots through the HTTP interface, verified without it. */
@ExtendWith(Databases.class)
final class ReceiptTest {
  private static final long WAIT_MS = 100_000;

  @TempDir private Path directory;
  private final TestNetwork network = new TestNetwork("receipts");

  private HttpResponse<byte[]> receipt(TestGateway gateway, long job, int account) {
    return gateway.send(
        gateway
            .request("/v1/jobs/" + job + "/receipt?after=" + network.ledger().lastSeq())
            .header("Authorization", network.access(account)));
  }

  private EvidenceReport verified(byte[] file) {
    return ReceiptVerifier.verify(file, Supplied.nothing().trusting(network.genesisHash()));
  }

  private void store(TestGateway gateway) {
    gateway.put(REQUESTER, PROGRAM);
    gateway.put(REQUESTER, INPUT);
    gateway.put(PROVIDER, TestNetwork.resultBundle());
  }

  private void runQuorumJob(TestGateway gateway) {
    network.give(REQUESTER, TestNetwork.job(Tier.QUORUM, InputPolicy.VALIDATORS));
    network.give(PROVIDER, network.commit(1));
    network.give(REQUESTER, new Command.RevealSecret(1, SECRET));
    network.beacon();
    JobView drawn = gateway.read("/v1/jobs/1", JobView.class);
    var validators = drawn.rounds().getFirst().validators();
    validators.forEach(v -> network.give(v.validator(), network.seal(1, 0, v.validator())));
    network.give(PROVIDER, network.open(1));
    validators.forEach(v -> network.give(v.validator(), TestNetwork.openVerdict(1, 0)));
    network.ledger().pass(10_000);
  }

  @Test
  void theReceiptOfAClosedJobIsVerifiedForItsPartiesAndJudges() {
    network.openMarket();
    try (TestGateway gateway = new TestGateway(network, directory)) {
      store(gateway);
      runQuorumJob(gateway);
      HttpResponse<byte[]> answer = receipt(gateway, 1, REQUESTER);
      assertThat(answer.statusCode()).as(TestGateway.text(answer)).isEqualTo(200);
      EvidenceReport report = verified(answer.body());
      assertThat(report.broken()).as(report.toString()).isEmpty();
      assertThat(report.conclusion()).isEqualTo(Conclusion.VERIFIED);
      assertThat(report.checking()).isEqualTo("re-run by 3 of 3");
      assertThat(report.finding(EvidenceLink.POOL).status()).isEqualTo(Status.SHOWN);
      assertThat(receipt(gateway, 1, PROVIDER).statusCode()).isEqualTo(200);
      int judge =
          gateway
              .read("/v1/jobs/1", JobView.class)
              .rounds()
              .getFirst()
              .validators()
              .getFirst()
              .validator();
      assertThat(receipt(gateway, 1, judge).statusCode()).isEqualTo(200);
    }
  }

  // The first round is drawn before the restart, and the second after it, from others.
  @Test
  void whoCouldBeDrawnIsListedAlsoByAGatewayThatWasRestarted() {
    network.openMarket();
    Storage storage = Databases.fresh();
    try (TestGateway gateway = new TestGateway(network, directory, storage, Limits.standard())) {
      store(gateway);
      network.give(REQUESTER, TestNetwork.job(Tier.QUORUM, InputPolicy.VALIDATORS));
      network.give(PROVIDER, network.commit(1));
      network.give(REQUESTER, new Command.RevealSecret(1, SECRET));
      network.beacon();
      newValidator(8);
      assertThat(pools(gateway)).contains("Round 0 drew from 4 accounts");
    }
    newValidator(9);
    network.ledger().pass(70_011);
    try (TestGateway gateway = new TestGateway(network, directory, storage, Limits.standard())) {
      newValidator(10);
      network.beacon();
      assertThat(pools(gateway))
          .contains("Round 0 drew from 4 accounts", "Round 1 drew from 4 accounts");
    }
    try (TestGateway gateway = new TestGateway(network, directory)) {
      assertThat(pools(gateway))
          .contains("Round 0 drew from 4 accounts", "Round 1 drew from 4 accounts");
    }
  }

  private void newValidator(int account) {
    network.give(
        TestNetwork.key(account),
        0,
        new Command.RegisterAccount(TestNetwork.key(account).address()));
    network.give(REQUESTER, new Command.Transfer(account, Asset.COMPUTE, 10_000_000));
    network.give(account, new Command.Bond(Role.VALIDATOR.code(), 5_000_000L + account));
  }

  private String pools(TestGateway gateway) {
    EvidenceReport report = verified(receipt(gateway, 1, REQUESTER).body());
    assertThat(report.broken()).as(report.toString()).isEmpty();
    assertThat(report.finding(EvidenceLink.POOL).status()).isEqualTo(Status.SHOWN);
    return report.finding(EvidenceLink.POOL).sentence();
  }

  @Test
  void theReceiptOfAJobThatWaitedHasTheRecordThatMatchedIt() {
    network.give(PROVIDER, new Command.Bond(Role.PROVIDER.code(), 500_000_000));
    try (TestGateway gateway = new TestGateway(network, directory)) {
      store(gateway);
      for (int i = 0; i < 3; i++) {
        network.give(REQUESTER, TestNetwork.waiting(Tier.NONE, InputPolicy.VALIDATORS, WAIT_MS));
      }
      EvidenceReport report = verified(receipt(gateway, 1, REQUESTER).body());
      assertThat(report.conclusion()).as(report.toString()).isEqualTo(Conclusion.UNFINISHED);
      assertThat(report.checking()).isEqualTo("it waits for an offer");
      network.give(REQUESTER, new Command.CancelJob(1));
      network.give(PROVIDER, new Command.PlaceOffer(1, 900_000, 1_000_000));
      network.give(PROVIDER, network.commit(2));
      network.give(PROVIDER, network.open(2));
      network.ledger().pass(WAIT_MS);
      assertVerified(gateway, 1, "it was taken back while it waited, and cost nothing");
      assertVerified(gateway, 2, "nobody re-ran this");
      assertVerified(gateway, 3, "it waited and nobody took it; it cost nothing");
      assertThat(receipt(gateway, 2, PROVIDER).statusCode()).isEqualTo(200);
      assertThat(TestGateway.problem(receipt(gateway, 3, PROVIDER)).code())
          .isEqualTo("ACCESS_DENIED");
    }
  }

  private void assertVerified(TestGateway gateway, long job, String checking) {
    HttpResponse<byte[]> answer = receipt(gateway, job, REQUESTER);
    assertThat(answer.statusCode()).as(TestGateway.text(answer)).isEqualTo(200);
    EvidenceReport report = verified(answer.body());
    assertThat(report.conclusion()).as(report.toString()).isEqualTo(Conclusion.VERIFIED);
    assertThat(report.checking()).isEqualTo(checking);
  }

  @Test
  void whoIsNotConcernedGetsNoReceiptUnlessTheJobIsPublic() {
    network.openMarket();
    try (TestGateway gateway = new TestGateway(network, directory)) {
      store(gateway);
      network.give(REQUESTER, TestNetwork.job(Tier.NONE, InputPolicy.VALIDATORS));
      network.give(REQUESTER, TestNetwork.job(Tier.NONE, InputPolicy.PUBLIC));
      assertThat(TestGateway.problem(receipt(gateway, 1, TREASURY)).code())
          .isEqualTo("ACCESS_DENIED");
      assertThat(TestGateway.problem(gateway.get("/v1/jobs/1/receipt")).code())
          .isEqualTo("ACCESS_REQUIRED");
      HttpResponse<byte[]> open = gateway.get("/v1/jobs/2/receipt");
      assertThat(open.statusCode()).as(TestGateway.text(open)).isEqualTo(200);
      assertThat(verified(open.body()).conclusion()).isEqualTo(Conclusion.UNFINISHED);
      assertThat(TestGateway.problem(gateway.get("/v1/jobs/3/receipt")).code())
          .isEqualTo("UNKNOWN_JOB");
    }
  }

  @Test
  void theSignedRootIsTheJournalsAndOutlivesARestart() {
    network.openMarket();
    Storage storage = Databases.fresh();
    try (TestGateway gateway = new TestGateway(network, directory, storage, Limits.standard())) {
      assertRoot(gateway);
    }
    network.ledger().pass(1_000);
    try (TestGateway gateway = new TestGateway(network, directory, storage, Limits.standard())) {
      assertRoot(gateway);
    }
  }

  private void assertRoot(TestGateway gateway) {
    LogRootView view = gateway.read("/v1/log/root", LogRootView.class);
    TreeHead head = new TreeHead();
    network
        .ledger()
        .entries()
        .forEach(
            entry -> head.append(TreeHash.leaf(entry.record().leaf()), (level, index, hash) -> {}));
    assertThat(view.size()).isEqualTo(network.ledger().lastSeq());
    assertThat(Hash32.parse(view.root())).isEqualTo(head.root());
    assertThat(view.timeMs()).isEqualTo(network.ledger().entries().getLast().logTimeMs());
    LogRoot root = new LogRoot(view.size(), head.root(), view.timeMs());
    assertThat(root.signer(network.domain(), HexFormat.of().parseHex(view.signature())))
        .contains(network.genesis().notary());
    assertThat(view.notary()).isEqualTo(network.genesis().notary().toString());
  }

  @Test
  void everyLaterRootIsConsistentWithEveryEarlierOne() {
    network.openMarket();
    try (TestGateway gateway = new TestGateway(network, directory)) {
      LogRootView old = gateway.read("/v1/log/root", LogRootView.class);
      network.ledger().pass(1_000);
      network.give(REQUESTER, TestNetwork.job(Tier.NONE, InputPolicy.PUBLIC));
      LogRootView now = gateway.read("/v1/log/root", LogRootView.class);
      assertThat(now.size()).isGreaterThan(old.size());
      LogConsistencyView proof = consistency(gateway, old.size(), now.size());
      List<Hash32> path = proof.path().stream().map(Hash32::parse).toList();
      Hash32 oldRoot = Hash32.parse(old.root());
      Hash32 root = Hash32.parse(now.root());
      assertThat(TreeChecks.isConsistent(old.size(), oldRoot, now.size(), root, path)).isTrue();
      assertThat(TreeChecks.isConsistent(old.size(), root, now.size(), root, path)).isFalse();
      assertThat(TreeChecks.isConsistent(old.size() - 1, oldRoot, now.size(), root, path))
          .isFalse();
      assertThat(consistency(gateway, now.size(), now.size()).path()).isEmpty();
      for (String wrong : List.of("0&second=1", "3&second=2", "x&second=2", "1", "-1&second=-1")) {
        assertThat(TestGateway.problem(gateway.get("/v1/log/consistency?first=" + wrong)).code())
            .isEqualTo("INVALID_REQUEST");
      }
      assertThat(
              TestGateway.problem(gateway.get("/v1/log/consistency?first=1&second=999999")).code())
          .isEqualTo("BEHIND");
    }
  }

  private static LogConsistencyView consistency(TestGateway gateway, long first, long second) {
    return gateway.read(
        "/v1/log/consistency?first=" + first + "&second=" + second, LogConsistencyView.class);
  }

  @Test
  void aRootThatIsAskedForTooEarlyIsBehind() {
    try (TestGateway gateway = new TestGateway(network, directory)) {
      assertThat(TestGateway.problem(gateway.get("/v1/log/root?after=99")).code())
          .isEqualTo("BEHIND");
    }
  }
}

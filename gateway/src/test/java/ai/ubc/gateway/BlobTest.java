package ai.ubc.gateway;

import static ai.ubc.gateway.fake.TestGateway.OCTETS;
import static ai.ubc.gateway.fake.TestGateway.problem;
import static ai.ubc.gateway.fake.TestNetwork.INPUT;
import static ai.ubc.gateway.fake.TestNetwork.PROGRAM;
import static ai.ubc.gateway.fake.TestNetwork.PROVIDER;
import static ai.ubc.gateway.fake.TestNetwork.REQUESTER;
import static ai.ubc.gateway.fake.TestNetwork.VALIDATORS;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.api.BlobStored;
import ai.ubc.api.JobView;
import ai.ubc.api.Problem;
import ai.ubc.api.StoreReceipt;
import ai.ubc.codec.AccessToken;
import ai.ubc.codec.BodyReceipt;
import ai.ubc.codec.crypto.Sha256;
import ai.ubc.codec.crypto.Signatures;
import ai.ubc.codec.job.JobHashes;
import ai.ubc.domain.Command;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.InputPolicy;
import ai.ubc.domain.Tier;
import ai.ubc.gateway.fake.Databases;
import ai.ubc.gateway.fake.TestGateway;
import ai.ubc.gateway.fake.TestNetwork;
import ai.ubc.gateway.limits.Limits;
import ai.ubc.testkit.ChangedRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Bodies over HTTP: who may store and read them, and what is refused. */
@ExtendWith(Databases.class)
final class BlobTest {
  private static final int BLOB_MAX = 100_000;
  private static final int QUOTA = 250_000;

  @TempDir Path directory;
  private TestNetwork network;
  private TestGateway gateway;

  @BeforeEach
  void start() {
    network = new TestNetwork("bodies");
    network.openMarket();
    gateway = new TestGateway(network, directory, Databases.fresh(), smallLimits());
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private static Limits smallLimits() {
    return ChangedRecord.of(
        Limits.standard(),
        Map.of(
            "blobBytesMax",
            BLOB_MAX,
            "accountBlobBytesMax",
            QUOTA,
            "bodySweep",
            Duration.ofMillis(5)));
  }

  private static byte[] body(int fill, int length) {
    byte[] body = new byte[length];
    java.util.Arrays.fill(body, (byte) fill);
    return body;
  }

  private String code(HttpResponse<byte[]> answer) {
    return problem(answer).code();
  }

  @Test
  void aStoredBodyIsReadByWhoStoredItAndByNobodyElse() {
    HttpResponse<byte[]> first = gateway.put(REQUESTER, PROGRAM);
    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(TestGateway.value(first, BlobStored.class))
        .isEqualTo(new BlobStored(Sha256.of(PROGRAM).toString(), PROGRAM.length));
    assertThat(gateway.put(REQUESTER, PROGRAM).statusCode()).isEqualTo(200);
    HttpResponse<byte[]> read = gateway.blob(REQUESTER, PROGRAM);
    assertThat(read.body()).isEqualTo(PROGRAM);
    assertThat(read.headers().firstValue("Content-Type")).hasValue(OCTETS);
    HttpResponse<byte[]> refused = gateway.blob(PROVIDER, PROGRAM);
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(problem(refused).detail()).contains("Account " + PROVIDER);
    assertThat(gateway.put(PROVIDER, PROGRAM).statusCode()).isEqualTo(200);
    assertThat(gateway.blob(PROVIDER, PROGRAM).statusCode()).isEqualTo(200);
  }

  @Test
  void headTellsTheLength() {
    gateway.put(REQUESTER, PROGRAM);
    HttpResponse<byte[]> head =
        gateway.send(
            gateway
                .request("/v1/blobs/" + Sha256.of(PROGRAM).hex())
                .header("Authorization", network.access(REQUESTER))
                .method("HEAD", BodyPublishers.noBody()));
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValue("Content-Length")).hasValue("" + PROGRAM.length);
    assertThat(head.body()).isEmpty();
    HttpResponse<byte[]> missing =
        gateway.send(
            gateway
                .request("/v1/blobs/" + Sha256.of(INPUT).hex())
                .method("HEAD", BodyPublishers.noBody()));
    assertThat(missing.statusCode()).isEqualTo(404);
  }

  @Test
  void aReceiptSaysWhatTheBodyHoldsAndOpensTheResult() {
    gateway.put(REQUESTER, PROGRAM);
    gateway.put(REQUESTER, INPUT);
    network.give(REQUESTER, TestNetwork.job(Tier.NONE, InputPolicy.VALIDATORS));
    network.give(PROVIDER, network.commit(1));
    gateway.read("/v1/jobs/1", JobView.class);
    byte[] bundle = TestNetwork.resultBundle();
    gateway.put(PROVIDER, bundle);
    StoreReceipt receipt =
        TestGateway.value(gateway.receipt(PROVIDER, 1, bundle), StoreReceipt.class);
    assertThat(receipt.body()).isEqualTo(Sha256.of(bundle).toString());
    assertThat(receipt.units()).isEqualTo(JobHashes.units(TestNetwork.output()));
    assertThat(receipt.heldUntilMs())
        .isEqualTo(network.ledger().nowMs() + Limits.standard().bodyRetention().toMillis());
    BodyReceipt said =
        new BodyReceipt(
            receipt.job(),
            Hash32.parse(receipt.resultRoot()),
            receipt.units(),
            Hash32.parse(receipt.body()),
            receipt.heldUntilMs());
    Command.OpenResult opening =
        TestNetwork.open(said, Signatures.Compact.parse(receipt.signature()));
    assertThat(gateway.give(PROVIDER, opening).statusCode()).isEqualTo(200);
  }

  private void leaseToTheProvider() {
    gateway.put(REQUESTER, PROGRAM);
    gateway.put(REQUESTER, INPUT);
    network.give(REQUESTER, TestNetwork.job(Tier.NONE, InputPolicy.VALIDATORS));
  }

  @Test
  void aResultThatWentBadIsAskedForAgainAndThenVouchedFor() throws IOException {
    leaseToTheProvider();
    network.give(PROVIDER, network.commit(1));
    gateway.read("/v1/jobs/1", JobView.class);
    byte[] bundle = TestNetwork.resultBundle();
    gateway.put(PROVIDER, bundle);
    String name = Sha256.of(bundle).hex();
    Path file = directory.resolve("blobs/bodies").resolve(name.substring(0, 2)).resolve(name);
    for (int at : new int[] {0, bundle.length / 2, bundle.length - 1}) {
      byte[] rotten = bundle.clone();
      rotten[at] ^= 1;
      Files.write(file, rotten);
      assertThat(code(gateway.receipt(PROVIDER, 1, bundle))).isEqualTo("BODY_MISSING");
      gateway.put(PROVIDER, bundle);
      assertThat(gateway.receipt(PROVIDER, 1, bundle).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void onlyTheProviderGetsReceiptsAndOnlyWhileItHasSomethingToOpen() {
    byte[] bundle = TestNetwork.resultBundle();
    gateway.put(PROVIDER, bundle);
    assertThat(code(gateway.receipt(PROVIDER, 1, bundle))).isEqualTo("UNKNOWN_JOB");
    leaseToTheProvider();
    gateway.read("/v1/jobs/1", JobView.class);
    assertThat(code(gateway.receipt(PROVIDER, 1, bundle))).isEqualTo("ACCESS_DENIED");
    network.give(PROVIDER, network.commit(1));
    gateway.read("/v1/jobs/1", JobView.class);
    assertThat(code(gateway.receipt(REQUESTER, 1, bundle))).isEqualTo("ACCESS_DENIED");
    assertThat(code(gateway.receipt(PROVIDER, 1, INPUT))).isEqualTo("BODY_MISSING");
    gateway.put(PROVIDER, INPUT);
    assertThat(code(gateway.receipt(PROVIDER, 1, INPUT))).isEqualTo("BODY_MISMATCH");
    for (String job : new String[] {"", "?job=", "?job=x", "?job=99999999999999999999"}) {
      HttpResponse<byte[]> answer =
          gateway.send(
              gateway
                  .request("/v1/blobs/" + Sha256.of(bundle).hex() + "/receipt" + job)
                  .header("Authorization", network.access(PROVIDER))
                  .POST(BodyPublishers.noBody()));
      assertThat(code(answer)).isEqualTo("INVALID_REQUEST");
    }
    assertThat(code(gateway.receipt(PROVIDER, -1, bundle))).isEqualTo("UNKNOWN_JOB");
  }

  @Test
  void aProviderWithoutTheStoresWordOpensNothingAndPaysForIt() {
    leaseToTheProvider();
    network.give(PROVIDER, network.commit(1));
    Command.OpenResult good = network.open(1);
    BodyReceipt said = BodyReceipt.of(good);
    Signatures.Compact own = said.sign(network.domain(), TestNetwork.key(PROVIDER));
    assertThat(code(gateway.give(PROVIDER, TestNetwork.open(said, own))))
        .isEqualTo("RECEIPT_INVALID");
    network.ledger().pass(network.genesis().parameters().openWindowMs());
    JobView job = gateway.read("/v1/jobs/1", JobView.class);
    assertThat(job.state()).isEqualTo("CLOSED");
    assertThat(requireNonNull(job.judgement()).ending()).isEqualTo("WITHHELD");
    assertThat(job.postings())
        .anySatisfy(p -> {
          assertThat(p.toKind()).isEqualTo("BURNED");
          assertThat(p.cause()).isEqualTo("SLASH");
        });
  }

  @Test
  void nothingGoesWhileTheLedgerStandsStillHoweverLate() throws IOException {
    gateway.put(VALIDATORS, body(1, 10));
    network.ledger().elapse(2 * Limits.standard().bodyRetention().toMillis());
    for (int reads = 0; reads < 50; reads++) {
      assertThat(Files.exists(directory.resolve("blobs/accounts/" + VALIDATORS))).isTrue();
      try (Stream<Path> kept = Files.list(directory.resolve("blobs/accounts/" + VALIDATORS))) {
        assertThat(kept).hasSize(1);
      }
      gateway.get("/v1/network");
    }
  }

  @Test
  void bodiesGoWhenTheirTimeIsOverAndNeverWhileAJobIsOpen() {
    long week = Limits.standard().bodyRetention().toMillis();
    gateway.put(REQUESTER, PROGRAM);
    gateway.put(REQUESTER, INPUT);
    gateway.put(VALIDATORS, body(1, 10));
    network.give(REQUESTER, TestNetwork.job(Tier.NONE, InputPolicy.VALIDATORS));
    gateway.read("/v1/jobs/1", JobView.class);
    elapse(week + 1);
    awaitGone(VALIDATORS, body(1, 10));
    assertThat(gateway.blob(PROVIDER, PROGRAM).statusCode()).isEqualTo(200);
    assertThat(gateway.blob(PROVIDER, INPUT).statusCode()).isEqualTo(200);
    network.ledger().pass(1);
    elapse(week / 2);
    gateway.put(VALIDATORS, body(2, 10));
    elapse(week / 2 + 2);
    awaitGone(REQUESTER, PROGRAM);
    awaitGone(REQUESTER, INPUT);
    assertThat(gateway.blob(VALIDATORS, body(2, 10)).statusCode()).isEqualTo(200);
  }

  @Test
  void whatAWaitingJobNeedsStaysAndIsItsProvidersOnceAnOfferHasTakenIt() {
    long week = Limits.standard().bodyRetention().toMillis();
    network.give(PROVIDER, new Command.CancelOffer(1));
    gateway.put(REQUESTER, PROGRAM);
    gateway.put(REQUESTER, INPUT);
    gateway.put(VALIDATORS, body(1, 10));
    network.give(REQUESTER, TestNetwork.waiting(Tier.NONE, InputPolicy.VALIDATORS, week));
    gateway.read("/v1/jobs/1", JobView.class);
    assertThat(code(gateway.blob(PROVIDER, INPUT))).isEqualTo("ACCESS_DENIED");
    elapse(week - 1);
    network.give(PROVIDER, new Command.PlaceOffer(1, 1_000_000, 1_000_000_000));
    assertThat(gateway.read("/v1/jobs/1", JobView.class).state()).isEqualTo("LEASED");
    elapse(2 * week);
    awaitGone(VALIDATORS, body(1, 10));
    assertThat(gateway.blob(PROVIDER, PROGRAM).statusCode()).isEqualTo(200);
    assertThat(gateway.blob(PROVIDER, INPUT).statusCode()).isEqualTo(200);
  }

  // Time in which no deadline is looked at, with an entry at its end that tells the gateway.
  private void elapse(long ms) {
    network.ledger().elapse(ms);
    network.give(REQUESTER, new Command.Bond(2, 1));
  }

  private void awaitGone(int account, byte[] body) {
    int looks = 0;
    while (gateway.blob(account, body).statusCode() != 404) {
      assertThat(++looks).as("looks until the body is gone").isLessThan(20_000);
    }
  }

  @Test
  void partiesAndDrawnValidatorsReadWhatTheirJobNames() {
    gateway.put(REQUESTER, PROGRAM);
    gateway.put(REQUESTER, INPUT);
    network.give(REQUESTER, TestNetwork.job(Tier.QUORUM, InputPolicy.VALIDATORS));
    gateway.read("/v1/jobs/1", JobView.class);
    assertThat(gateway.blob(PROVIDER, INPUT).statusCode()).isEqualTo(200);
    assertThat(code(gateway.blob(VALIDATORS, INPUT))).isEqualTo("ACCESS_DENIED");
    network.give(PROVIDER, network.commit(1));
    network.give(REQUESTER, new ai.ubc.domain.Command.RevealSecret(1, TestNetwork.SECRET));
    network.beacon();
    gateway.read("/v1/jobs/1", JobView.class);
    long readers =
        Stream.of(0, 1, 2, 3)
            .filter(i -> gateway.blob(VALIDATORS + i, INPUT).statusCode() == 200)
            .count();
    assertThat(readers).isEqualTo(3);
  }

  @Test
  void whatIsPublicIsReadWithoutAccess() {
    gateway.put(REQUESTER, PROGRAM);
    gateway.put(REQUESTER, INPUT);
    String path = "/v1/blobs/" + Sha256.of(INPUT).hex();
    assertThat(code(gateway.get(path))).isEqualTo("ACCESS_REQUIRED");
    network.give(REQUESTER, TestNetwork.job(Tier.NONE, InputPolicy.PUBLIC));
    gateway.read("/v1/jobs/1", JobView.class);
    assertThat(gateway.get(path).body()).isEqualTo(INPUT);
    assertThat(gateway.blob(VALIDATORS, INPUT).statusCode()).isEqualTo(200);
  }

  @Test
  void whatIsForThePartiesIsForThemAlone() {
    gateway.put(REQUESTER, PROGRAM);
    gateway.put(REQUESTER, INPUT);
    network.give(REQUESTER, TestNetwork.job(Tier.NONE, InputPolicy.PARTIES));
    assertThat(gateway.blob(PROVIDER, INPUT).statusCode()).isEqualTo(200);
    assertThat(code(gateway.blob(VALIDATORS, INPUT))).isEqualTo("ACCESS_DENIED");
  }

  @Test
  void badAccessIsRefusedWithTheReason() {
    String name = Sha256.of(PROGRAM).hex();
    long now = network.ledger().nowMs();
    assertThat(detail(name, "Bearer x")).contains("scheme");
    assertThat(detail(name, "UBC 1.2")).contains("must be");
    assertThat(detail(name, token(REQUESTER, REQUESTER, now - 1))).contains("expired");
    assertThat(detail(name, token(REQUESTER, REQUESTER, now + 90_000_000))).contains("24 hours");
    assertThat(detail(name, token(REQUESTER, PROVIDER, now + 1_000))).contains("neither owns");
    assertThat(detail(name, token(99, REQUESTER, now + 1_000))).contains("neither owns");
    HttpResponse<byte[]> none =
        gateway.send(
            gateway
                .request("/v1/blobs/" + name)
                .header("Content-Type", OCTETS)
                .PUT(BodyPublishers.ofByteArray(PROGRAM)));
    assertThat(none.headers().firstValue("WWW-Authenticate")).hasValue("UBC");
    assertThat(code(none)).isEqualTo("ACCESS_REQUIRED");
  }

  private String token(int account, int signer, long expiresMs) {
    return "UBC "
        + AccessToken.issue(network.domain(), TestNetwork.key(signer), account, expiresMs);
  }

  private String detail(String name, String access) {
    Problem problem = problem(gateway.put(name, access, PROGRAM));
    assertThat(problem.code()).isEqualTo("ACCESS_INVALID");
    assertThat(problem.status()).isEqualTo(401);
    return problem.detail();
  }

  @Test
  void bytesThatDoNotHashToTheirNameAreNotStored() throws IOException {
    String name = Sha256.of(PROGRAM).hex();
    HttpResponse<byte[]> answer = gateway.put(name, network.access(REQUESTER), INPUT);
    assertThat(code(answer)).isEqualTo("HASH_DIFFERS");
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(code(gateway.blob(REQUESTER, PROGRAM))).isEqualTo("UNKNOWN_BODY");
    assertThat(files("unfinished")).isZero();
  }

  private long files(String part) throws IOException {
    try (Stream<Path> found = Files.walk(directory.resolve("blobs").resolve(part))) {
      return found.filter(Files::isRegularFile).count();
    }
  }

  @Test
  void aBodyThatIsTooLargeIsRefusedWhetherItSaysSoOrNot() throws IOException {
    byte[] large = body(1, BLOB_MAX + 1);
    HttpResponse<byte[]> declared = gateway.put(REQUESTER, large);
    assertThat(declared.statusCode()).isEqualTo(413);
    assertThat(code(declared)).isEqualTo("TOO_LARGE");
    HttpResponse<byte[]> streamed =
        gateway.send(
            gateway
                .request("/v1/blobs/" + Sha256.of(large).hex())
                .header("Content-Type", OCTETS)
                .header("Authorization", network.access(REQUESTER))
                .PUT(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large))));
    assertThat(code(streamed)).isEqualTo("TOO_LARGE");
    assertThat(gateway.put(REQUESTER, body(1, BLOB_MAX)).statusCode()).isEqualTo(201);
    assertThat(files("unfinished")).isZero();
  }

  @Test
  void anAccountHasAQuotaThatItsOwnRepetitionsDoNotUse() {
    assertThat(gateway.put(REQUESTER, body(1, BLOB_MAX)).statusCode()).isEqualTo(201);
    assertThat(gateway.put(REQUESTER, body(1, BLOB_MAX)).statusCode()).isEqualTo(200);
    assertThat(gateway.put(REQUESTER, body(2, BLOB_MAX)).statusCode()).isEqualTo(201);
    HttpResponse<byte[]> full = gateway.put(REQUESTER, body(3, BLOB_MAX));
    assertThat(full.statusCode()).isEqualTo(507);
    assertThat(code(full)).isEqualTo("QUOTA_EXCEEDED");
    assertThat(gateway.put(REQUESTER, body(4, QUOTA - 2 * BLOB_MAX)).statusCode()).isEqualTo(201);
    assertThat(gateway.put(PROVIDER, body(3, BLOB_MAX)).statusCode()).isEqualTo(201);
  }

  @Test
  void bodiesMustBeOctets() {
    HttpResponse<byte[]> answer =
        gateway.send(
            gateway
                .request("/v1/blobs/" + Sha256.of(PROGRAM).hex())
                .header("Content-Type", "application/json")
                .header("Authorization", network.access(REQUESTER))
                .PUT(BodyPublishers.ofString("{}", StandardCharsets.UTF_8)));
    assertThat(code(answer)).isEqualTo("WRONG_MEDIA_TYPE");
  }
}

package ai.ubc.gateway;

import static ai.ubc.gateway.fake.TestGateway.OCTETS;
import static ai.ubc.gateway.fake.TestGateway.problem;
import static ai.ubc.gateway.fake.TestNetwork.INPUT;
import static ai.ubc.gateway.fake.TestNetwork.PROGRAM;
import static ai.ubc.gateway.fake.TestNetwork.PROVIDER;
import static ai.ubc.gateway.fake.TestNetwork.REQUESTER;
import static ai.ubc.gateway.fake.TestNetwork.SECRET;
import static ai.ubc.gateway.fake.TestNetwork.TREASURY;
import static ai.ubc.gateway.fake.TestNetwork.VALIDATORS;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.api.JobView;
import ai.ubc.api.StoreReceipt;
import ai.ubc.codec.crypto.Sha256;
import ai.ubc.codec.seal.JobKey;
import ai.ubc.codec.seal.ReaderKey;
import ai.ubc.codec.seal.ReaderSecret;
import ai.ubc.codec.seal.SealedInput;
import ai.ubc.codec.seal.SealedResult;
import ai.ubc.codec.seal.WrappedKey;
import ai.ubc.domain.Command;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.InputPolicy;
import ai.ubc.domain.Tier;
import ai.ubc.gateway.fake.Databases;
import ai.ubc.gateway.fake.TestGateway;
import ai.ubc.gateway.fake.TestNetwork;
import ai.ubc.gateway.limits.Limits;
import ai.ubc.testkit.ChangedRecord;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Keys of private jobs over HTTP: who may publish, leave and get them. */
@ExtendWith(Databases.class)
final class KeysTest {
  private static final int POLLS_MAX = 5_000;

  @TempDir Path directory;
  private TestNetwork network;
  private TestGateway gateway;
  private JobKey key;

  @BeforeEach
  void start() {
    network = new TestNetwork("keys");
    network.openMarket();
    Limits sweeping =
        ChangedRecord.of(Limits.standard(), Map.of("bodySweep", Duration.ofMillis(5)));
    gateway = new TestGateway(network, directory, Databases.fresh(), sweeping);
    key = JobKey.random(network.genesisHash(), new SecureRandom());
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private ReaderSecret secret(int account) {
    return ReaderSecret.of(TestNetwork.key(account), network.genesisHash());
  }

  private HttpResponse<byte[]> put(int sender, String path, byte[] body) {
    return gateway.send(
        gateway
            .request(path)
            .header("Content-Type", OCTETS)
            .header("Authorization", network.access(sender))
            .PUT(BodyPublishers.ofByteArray(body)));
  }

  private HttpResponse<byte[]> publish(int sender, int account, ReaderKey statement) {
    return put(sender, "/v1/accounts/" + account + "/encryption-key", statement.bytes());
  }

  private WrappedKey wrapped(int reader) {
    return key.wrapFor(secret(reader).publicKey()).orElseThrow();
  }

  private HttpResponse<byte[]> leave(int sender, long job, int reader) {
    return put(sender, "/v1/jobs/" + job + "/keys/" + reader, wrapped(reader).bytes());
  }

  private byte[] left(int reader, long job) {
    HttpResponse<byte[]> answer =
        gateway.send(
            gateway
                .request("/v1/jobs/" + job + "/keys")
                .header("Authorization", network.access(reader)));
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }

  private void jobIsDrawn() {
    gateway.put(REQUESTER, PROGRAM);
    gateway.put(REQUESTER, INPUT);
    network.give(REQUESTER, TestNetwork.job(Tier.QUORUM, InputPolicy.VALIDATORS));
    network.give(PROVIDER, network.commit(1));
    network.give(REQUESTER, new Command.RevealSecret(1, SECRET));
    network.beacon();
  }

  private List<Integer> drawn() {
    return gateway.read("/v1/jobs/1", JobView.class).rounds().getLast().validators().stream()
        .map(JobView.Drawn::validator)
        .toList();
  }

  @Test
  void aKeyIsPublishedByItsAccountAloneAndOnlyWithItsOwnersSignature() {
    HttpResponse<byte[]> none = gateway.get("/v1/accounts/" + PROVIDER + "/encryption-key");
    assertThat(none.statusCode()).isEqualTo(404);
    assertThat(problem(none).code()).isEqualTo("UNKNOWN_KEY");
    ReaderKey statement = secret(PROVIDER).statement(network.domain(), PROVIDER);
    assertThat(publish(PROVIDER, PROVIDER, statement).statusCode()).isEqualTo(204);
    assertThat(publish(PROVIDER, PROVIDER, statement).statusCode()).isEqualTo(204);
    assertThat(gateway.get("/v1/accounts/" + PROVIDER + "/encryption-key").body())
        .isEqualTo(statement.bytes());
    assertThat(problem(publish(REQUESTER, PROVIDER, statement)).code()).isEqualTo("ACCESS_DENIED");
    ReaderKey another = secret(REQUESTER).statement(network.domain(), PROVIDER);
    assertThat(problem(publish(PROVIDER, PROVIDER, another)).code()).isEqualTo("KEY_INVALID");
    String path = "/v1/accounts/" + PROVIDER + "/encryption-key";
    for (int length : new int[] {0, ReaderKey.BYTES - 1, ReaderKey.BYTES + 1, 100_000}) {
      HttpResponse<byte[]> refused = put(PROVIDER, path, new byte[length]);
      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(problem(refused).code()).isEqualTo("INVALID_REQUEST");
    }
    assertThat(gateway.get(path).body()).isEqualTo(statement.bytes());
  }

  @Test
  void partiesLeaveKeysForDrawnValidatorsAndOnlyTheReaderGetsThem() {
    jobIsDrawn();
    int reader = drawn().getFirst();
    assertThat(leave(PROVIDER, 1, reader).statusCode()).isEqualTo(204);
    assertThat(left(reader, 1)).isEqualTo(wrapped(reader).bytes());
    assertThat(leave(REQUESTER, 1, reader).statusCode()).isEqualTo(204);
    assertThat(leave(REQUESTER, 1, reader).statusCode()).isEqualTo(204);
    assertThat(left(reader, 1)).hasSize(2 * WrappedKey.BYTES);
    assertThat(left(drawn().getLast(), 1)).isEmpty();
    assertThat(left(TREASURY, 1)).isEmpty();
    assertThat(left(reader, 99)).isEmpty();
    assertThat(gateway.get("/v1/jobs/1/keys").statusCode()).isEqualTo(401);
  }

  @Test
  void nobodyElseLeavesKeysNorForAnybodyElse() {
    jobIsDrawn();
    List<Integer> drawn = drawn();
    int reader = drawn.getFirst();
    int spared =
        List.of(VALIDATORS, VALIDATORS + 1, VALIDATORS + 2, VALIDATORS + 3).stream()
            .filter(v -> !drawn.contains(v))
            .findFirst()
            .orElseThrow();
    for (HttpResponse<byte[]> refused :
        List.of(
            leave(TREASURY, 1, reader),
            leave(reader, 1, drawn.getLast()),
            leave(PROVIDER, 1, spared),
            leave(PROVIDER, 1, REQUESTER))) {
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(problem(refused).code()).isEqualTo("ACCESS_DENIED");
    }
    assertThat(problem(leave(PROVIDER, 99, reader)).code()).isEqualTo("UNKNOWN_JOB");
    HttpResponse<byte[]> tooLong =
        put(PROVIDER, "/v1/jobs/1/keys/" + reader, new byte[WrappedKey.BYTES + 1]);
    assertThat(problem(tooLong).code()).isEqualTo("INVALID_REQUEST");
  }

  @Test
  void keysGoWithTheInputOfTheirJob() throws Exception {
    jobIsDrawn();
    int reader = drawn().getFirst();
    assertThat(leave(PROVIDER, 1, reader).statusCode()).isEqualTo(204);
    Path kept = directory.resolve("keys").resolve("jobs").resolve("1");
    assertThat(kept).isDirectory();
    network.ledger().pass(Duration.ofDays(1).toMillis()); // everything is missed
    for (int i = 0; i < 10; i++) {
      network.ledger().pass(Duration.ofDays(1).toMillis());
    }
    for (int i = 0; i < POLLS_MAX && Files.exists(kept); i++) {
      gateway.read("/v1/network", ai.ubc.api.NetworkView.class);
    }
    assertThat(kept).doesNotExist();
  }

  // The bytes of an input that is sealed for nobody but its buyer.
  private byte[] sealedInput() {
    return new SealedInput(key.commitment(), wrapped(REQUESTER), List.of())
        .seal(key, INPUT, new SecureRandom());
  }

  private void isCommitted(byte[] input) {
    gateway.put(REQUESTER, PROGRAM);
    gateway.put(REQUESTER, input);
    Command.SubmitJob plain = TestNetwork.job(Tier.NONE, InputPolicy.PARTIES);
    network.give(REQUESTER, ChangedRecord.of(plain, Map.of("input", Sha256.of(input))));
    network.give(PROVIDER, network.commit(1));
    gateway.read("/v1/jobs/1", JobView.class);
  }

  @Test
  void theNotaryVouchesForASealedResultByWhatItSaysOfItself() {
    isCommitted(sealedInput());
    SealedResult said = new SealedResult(new Hash32(4, 5, 6, 7), 900_000);
    byte[] sealed = said.seal(key, TestNetwork.resultBundle(), new SecureRandom());
    gateway.put(PROVIDER, sealed);
    HttpResponse<byte[]> answer = gateway.receipt(PROVIDER, 1, sealed);
    StoreReceipt receipt = TestGateway.value(answer, StoreReceipt.class);
    assertThat(receipt.resultRoot()).isEqualTo(said.resultRoot().toString());
    assertThat(receipt.units()).isEqualTo(said.units());
    byte[] program = key.sealProgram(PROGRAM, new SecureRandom());
    gateway.put(PROVIDER, program);
    assertThat(problem(gateway.receipt(PROVIDER, 1, program)).code()).isEqualTo("BODY_MISMATCH");
  }

  @Test
  void theResultOfAJobInTheOpenMustBeInTheOpen() {
    isCommitted(INPUT);
    SealedResult said = new SealedResult(new Hash32(4, 5, 6, 7), 900_000);
    byte[] sealed = said.seal(key, TestNetwork.resultBundle(), new SecureRandom());
    gateway.put(PROVIDER, sealed);
    assertThat(problem(gateway.receipt(PROVIDER, 1, sealed)).code()).isEqualTo("BODY_MISMATCH");
  }
}

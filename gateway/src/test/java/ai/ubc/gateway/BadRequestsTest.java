package ai.ubc.gateway;

import static ai.ubc.gateway.fake.TestGateway.OCTETS;
import static ai.ubc.gateway.fake.TestGateway.problem;
import static ai.ubc.gateway.fake.TestNetwork.INPUT;
import static ai.ubc.gateway.fake.TestNetwork.PROGRAM;
import static ai.ubc.gateway.fake.TestNetwork.PROVIDER;
import static ai.ubc.gateway.fake.TestNetwork.REQUESTER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.api.CommandOutcome;
import ai.ubc.api.Problem;
import ai.ubc.codec.BodyReceipt;
import ai.ubc.codec.LogEntry;
import ai.ubc.codec.crypto.Signatures;
import ai.ubc.domain.Command;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.InputPolicy;
import ai.ubc.domain.Tier;
import ai.ubc.gateway.fake.Databases;
import ai.ubc.gateway.fake.TestGateway;
import ai.ubc.gateway.fake.TestNetwork;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a client sends, the answer is a problem with a stable code that says what to do. */
@ExtendWith(Databases.class)
final class BadRequestsTest {
  @TempDir static Path directory;
  private static TestNetwork network;
  private static TestGateway gateway;

  @BeforeAll
  static void start() {
    network = new TestNetwork("bad requests");
    network.openMarket();
    gateway = new TestGateway(network, directory);
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static void assertProblem(HttpResponse<byte[]> answer, int status, String code) {
    Problem problem = problem(answer);
    assertThat(problem.code()).as(problem.detail()).isEqualTo(code);
    assertThat(problem.status()).isEqualTo(status);
    // Clients show it to people who never see a request.
    assertThat(problem.detail()).doesNotContain("Exception", "java.", "UBC-Seq", "after=");
  }

  @ParameterizedTest
  @CsvSource({
    "/, 404, NOT_FOUND",
    "/v1, 404, NOT_FOUND",
    "/v1/nothing, 404, NOT_FOUND",
    "/error, 404, NOT_FOUND",
    "/actuator, 404, NOT_FOUND",
    "/actuator/env, 404, NOT_FOUND",
    "/v1/accounts, 400, INVALID_REQUEST",
    "/v1/accounts?owner=0x12, 400, INVALID_REQUEST",
    "/v1/accounts?owner=0x00000000000000000000000000000000000000ff, 404, UNKNOWN_ACCOUNT",
    "/v1/accounts/abc, 400, INVALID_REQUEST",
    "/v1/accounts/99999999999, 400, INVALID_REQUEST",
    "/v1/accounts/77, 404, UNKNOWN_ACCOUNT",
    "/v1/accounts/77/work, 404, UNKNOWN_ACCOUNT",
    "/v1/jobs/77, 404, UNKNOWN_JOB",
    "/v1/jobs/-1, 404, UNKNOWN_JOB",
    "/v1/jobs/x, 400, INVALID_REQUEST",
    "/v1/jobs?limit=0, 400, INVALID_REQUEST",
    "/v1/jobs?limit=101, 400, INVALID_REQUEST",
    "/v1/jobs?state=DANCING, 400, INVALID_REQUEST",
    "/v1/jobs?before=soon, 400, INVALID_REQUEST",
    "/v1/market/gpu, 422, INVALID_CLASS",
    "/v1/market/wasi?limit=257, 400, INVALID_REQUEST",
    "/v1/quote, 400, INVALID_REQUEST",
    "/v1/quote?units=5&check=maybe, 400, INVALID_REQUEST",
    "/v1/quote?units=5&class=gpu, 422, INVALID_CLASS",
    "/v1/quote?units=0, 422, INVALID_QUANTITY",
    "/v1/quote?budgetMicros=0, 422, INVALID_AMOUNT",
    "/v1/quote?budgetMicros=1, 409, COST_LIMIT",
    "/v1/quote?units=5&check=quorum&validators=99, 422, INVALID_VALIDATORS",
    "/v1/quote?units=5&check=quorum&validators=5, 409, NO_VALIDATORS",
    "/v1/quote?units=1000000001, 409, NO_OFFER",
    "/v1/blobs/xyz, 400, INVALID_REQUEST",
    "/v1/commands/xyz, 400, INVALID_REQUEST",
    "/v1/commands/0x1111111111111111111111111111111111111111111111111111111111111111, 404, UNKNOWN_COMMAND",
    "/v1/burns?after=x, 400, INVALID_REQUEST",
  })
  void unfitReadsAreNamed(String path, int status, String code) {
    assertProblem(gateway.get(path), status, code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /v1/network?after=%zz HTTP/1.1",
        "GET /v1/network HTTP/9.9",
        "GARBAGE",
        "GET /\u0001 HTTP/1.1"
      })
  void whatIsNoHttpIsNamedWithoutAFault(String line) throws IOException {
    URI url = URI.create(gateway.url());
    try (Socket socket = new Socket(url.getHost(), url.getPort())) {
      socket.getOutputStream().write((line + "\r\nHost: x\r\n\r\n").getBytes(UTF_8));
      socket.shutdownOutput();
      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 400").contains("INVALID_REQUEST");
      assertThat(answer).doesNotContain("\"null\"");
    }
  }

  @Test
  void readsOfWhatIsAheadSayThatTheyAreBehind() {
    HttpResponse<byte[]> answer = gateway.get("/v1/burns?after=1000000");
    assertProblem(answer, 503, "BEHIND");
    assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/network", "/v1/jobs/1", "/v1/stream", "/v1/openapi.json"})
  void wrongMethodsSayWhichAreRight(String path) {
    HttpResponse<byte[]> answer = gateway.send(gateway.request(path).DELETE());
    assertProblem(answer, 405, "METHOD_NOT_ALLOWED");
    assertThat(answer.headers().firstValue("Allow").orElse("")).contains("GET");
  }

  @Test
  void anAnswerThatIsNotAcceptedIsNotGiven() {
    assertProblem(
        gateway.send(gateway.request("/v1/network").header("Accept", "image/png")),
        406,
        "NOT_ACCEPTABLE");
    assertProblem(
        gateway.send(gateway.request("/v1/stream").header("Accept", "application/json")),
        406,
        "NOT_ACCEPTABLE");
  }

  @Test
  void commandsMustBeOctets() {
    for (String type : new String[] {"application/json", "text/plain", "nonsense"}) {
      assertProblem(
          gateway.send(
              gateway
                  .request("/v1/commands")
                  .header("Content-Type", type)
                  .POST(BodyPublishers.ofString("{\"a\":"))),
          415,
          "WRONG_MEDIA_TYPE");
    }
  }

  @Test
  void aBodyWithoutMediaTypeIsOctets() {
    assertProblem(
        gateway.send(gateway.request("/v1/commands").POST(BodyPublishers.ofString("x"))),
        400,
        "MALFORMED");
  }

  @Test
  void bytesThatAreNoCommandAreMalformed() {
    byte[] good = network.sign(REQUESTER, new Command.Bond(1, 1));
    assertProblem(gateway.command(new byte[0]), 400, "MALFORMED");
    assertProblem(gateway.command("garbage".getBytes(StandardCharsets.UTF_8)), 400, "MALFORMED");
    assertProblem(gateway.command(Arrays.copyOf(good, good.length - 1)), 400, "MALFORMED");
    assertProblem(gateway.command(Arrays.copyOf(good, good.length + 1)), 400, "MALFORMED");
    assertProblem(gateway.command(new byte[1_025]), 413, "TOO_LARGE");
    byte[] system = good.clone();
    system[2] = LogEntry.FIRST_SYSTEM_TEMPLATE;
    assertProblem(gateway.command(system), 400, "MALFORMED");
    byte[] unsigned = good.clone();
    unsigned[unsigned.length - 1] = 99;
    assertProblem(gateway.command(unsigned), 400, "BAD_SIGNATURE");
  }

  @Test
  void refusalsOfTheLedgerCarryNumberAndPosition() {
    HttpResponse<byte[]> answer =
        gateway.give(REQUESTER, new Command.Transfer(PROVIDER, 2, Long.MAX_VALUE));
    Problem problem = problem(answer);
    assertThat(problem.code()).isEqualTo("INSUFFICIENT_FUNDS");
    assertThat(problem.status()).isEqualTo(402);
    assertThat(problem.number()).isEqualTo(43);
    assertThat(problem.seq()).isEqualTo(network.ledger().lastSeq());
    byte[] foreign =
        LogEntry.sign(
            network.domain(),
            TestNetwork.key(PROVIDER),
            new Command.Head(REQUESTER, 1, network.ledger().nowMs() + 1),
            new Command.Bond(1, 1));
    assertProblem(gateway.command(foreign), 403, "NOT_OWNER");
    assertProblem(
        gateway.give(
            REQUESTER, new Command.CommitResult(5, new Hash32(1, 1, 1, 1), new Hash32(1, 1, 1, 1))),
        404,
        "UNKNOWN_JOB");
    assertProblem(gateway.give(REQUESTER, new Command.Bond(7, 1)), 422, "INVALID_ROLE");
  }

  @Test
  void aRepeatedCommandGetsItsFirstAnswer() {
    byte[] bond = network.sign(REQUESTER, new Command.Bond(2, 5));
    HttpResponse<byte[]> first = gateway.command(bond);
    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(gateway.command(bond).body()).isEqualTo(first.body());
    String hash = LogEntry.commandHash(bond, bond.length - 65).toString();
    CommandOutcome outcome = gateway.read("/v1/commands/" + hash, CommandOutcome.class);
    assertThat(TestGateway.text(first)).isEqualTo("{\"seq\":" + outcome.seq() + "}");
    assertThat(outcome.code()).isZero();
    assertThat(outcome.refusal()).isNull();
    byte[] refused = network.sign(REQUESTER, new Command.Bond(2, -5));
    Problem problem = problem(gateway.command(refused));
    CommandOutcome kept =
        gateway.read(
            "/v1/commands/" + LogEntry.commandHash(refused, refused.length - 65).hex(),
            CommandOutcome.class);
    assertThat(kept.refusal()).isEqualTo("INVALID_AMOUNT").isEqualTo(problem.code());
    assertThat(kept.seq()).isEqualTo(problem.seq());
  }

  @Test
  void bodiesMustBeThereBeforeACommandNamesThem() {
    Command.SubmitJob job = TestNetwork.job(Tier.NONE, InputPolicy.PUBLIC);
    long before = network.ledger().lastSeq();
    Problem problem = problem(gateway.give(REQUESTER, job));
    assertThat(problem.code()).isEqualTo("BODY_MISSING");
    assertThat(problem.detail()).contains("program").contains(job.program().hex());
    gateway.put(REQUESTER, PROGRAM);
    assertThat(problem(gateway.give(REQUESTER, job)).detail()).contains("input");
    gateway.put(PROVIDER, INPUT);
    assertThat(problem(gateway.give(REQUESTER, job)).detail())
        .as("what another account stored is not this one's to name")
        .contains("input");
    gateway.put(REQUESTER, INPUT);
    Command.OpenResult good = network.open(1);
    for (BodyReceipt claim :
        List.of(
            new BodyReceipt(2, good.resultRoot(), good.units(), good.body(), good.heldUntilMs()),
            new BodyReceipt(1, good.resultRoot(), 1, good.body(), good.heldUntilMs()),
            new BodyReceipt(
                1, new Hash32(1, 1, 1, 1), good.units(), good.body(), good.heldUntilMs()),
            new BodyReceipt(
                1, good.resultRoot(), good.units(), good.body(), good.heldUntilMs() + 1))) {
      Command.OpenResult wrong =
          TestNetwork.open(claim, new Signatures.Compact(good.receiptR(), good.receiptVs()));
      assertProblem(gateway.give(PROVIDER, wrong), 422, "RECEIPT_INVALID");
    }
    assertThat(network.ledger().lastSeq()).isEqualTo(before);
    assertProblem(gateway.give(PROVIDER, good), 404, "UNKNOWN_JOB");
  }

  @Test
  void theStreamTakesOnlyPositions() {
    assertProblem(gateway.get("/v1/stream?from=start"), 400, "INVALID_REQUEST");
    assertProblem(
        gateway.send(gateway.request("/v1/stream").header("Last-Event-ID", "x")),
        400,
        "INVALID_REQUEST");
  }

  @Test
  void pathsWithStrangeCharactersAreProblems() throws IOException {
    assertThat(raw("GET /v1/<script> HTTP/1.1")).contains("400").contains("INVALID_REQUEST");
    assertThat(raw("GET /v1/jobs/%zz HTTP/1.1")).contains("400").contains("INVALID_REQUEST");
    assertThat(raw("GET /" + "a".repeat(20_000) + " HTTP/1.1")).contains("INVALID_REQUEST");
    assertThat(raw("NONSENSE")).contains("400").doesNotContain("<html").doesNotContain("at org.");
    assertProblem(gateway.get("/v1/jobs/%3Cscript%3E"), 400, "INVALID_REQUEST");
  }

  @Test
  void aBodyThatIsNotOfItsFormIsTheClientsFault() throws IOException {
    String chunked =
        "POST /v1/commands HTTP/1.1\r\nContent-Type: application/octet-stream\r\n"
            + "Transfer-Encoding: chunked";
    assertThat(raw(chunked, "zz\r\nhello\r\n0\r\n\r\n"))
        .contains("INVALID_REQUEST")
        .doesNotContain("STORE_UNAVAILABLE");
    assertThat(raw(chunked, "5\r\nhello\r\n0\r\n\r\n")).contains("MALFORMED");
  }

  private static String raw(String requestLine) throws IOException {
    return raw(requestLine, "");
  }

  private static String raw(String head, String body) throws IOException {
    URI uri = URI.create(gateway.url());
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      String request = head + "\r\nHost: localhost\r\nConnection: close\r\n\r\n" + body;
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void aMethodNobodyKnowsIsAProblem() {
    HttpRequest.Builder request =
        gateway.request("/v1/network").method("BREW", BodyPublishers.noBody());
    assertThat(problem(gateway.send(request)).status()).isIn(405, 400, 501);
    assertThat(
            problem(
                    gateway.send(
                        gateway
                            .request("/v1/commands")
                            .header("Content-Type", OCTETS)
                            .PUT(BodyPublishers.noBody())))
                .code())
        .isEqualTo("METHOD_NOT_ALLOWED");
  }
}

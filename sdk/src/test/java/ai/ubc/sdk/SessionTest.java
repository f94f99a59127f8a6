package ai.ubc.sdk;

import static ai.ubc.sdk.TestGateway.bytes;
import static ai.ubc.sdk.TestGateway.json;
import static ai.ubc.sdk.TestGateway.lost;
import static ai.ubc.sdk.TestGateway.problem;
import static ai.ubc.sdk.TestGateway.refusal;
import static ai.ubc.sdk.TestGateway.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import ai.ubc.api.AccountView;
import ai.ubc.api.BlobStored;
import ai.ubc.api.CommandDone;
import ai.ubc.api.CommandOutcome;
import ai.ubc.api.StoreReceipt;
import ai.ubc.codec.AccessToken;
import ai.ubc.codec.LogEntry;
import ai.ubc.codec.crypto.KeyPair;
import ai.ubc.codec.crypto.Sha256;
import ai.ubc.codec.crypto.Signatures;
import ai.ubc.domain.Command;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.Refusal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionTest {
  private static final String COMMANDS = "POST /v1/commands";
  private static final Command COMMAND = new Command.CloseJob(9);
  private static final byte[] BODY = "the body".getBytes(UTF_8);
  private static final Hash32 BODY_HASH = Sha256.of(BODY);

  private final TestGateway gateway = new TestGateway();
  private final TestClock clock = new TestClock();
  private final Wallet wallet = Wallet.of(KeyPair.of(new Hash32(1, 2, 3, 4).bytes()));
  private UbcClient client;
  private Session session;

  @TempDir Path directory;

  @BeforeEach
  void open() throws Exception {
    gateway.on("GET /v1/accounts", json(200, account(7)));
    client = UbcClient.connect(gateway.address(), ClientOptions.defaults(), clock);
    session = Session.open(client, wallet).orElseThrow();
  }

  @AfterEach
  void stop() {
    client.close();
    gateway.close();
  }

  private AccountView account(int number) {
    return new AccountView(number, wallet.address().toString(), List.of(), 0, 0, 0, List.of(), 1);
  }

  private List<byte[]> sent() {
    return gateway.requests(COMMANDS).stream().map(TestGateway.Request::body).toList();
  }

  @Test
  void aCommandIsSignedForTheAccountWithinItsValidity() throws Exception {
    gateway.on(COMMANDS, json(200, new CommandDone(42)));
    assertThat(session.submit(COMMAND)).isEqualTo(42);
    byte[] entry = LogEntry.admit(client.network().domain(), sent().getFirst()).orElseThrow();
    assertThat(LogEntry.isSignerProven(client.network().domain(), entry)).isTrue();
    ByteBuffer block = ByteBuffer.wrap(entry).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(block.getInt(LogEntry.HEADER_BYTES)).isEqualTo(7);
    assertThat(block.getLong(LogEntry.HEADER_BYTES + 12)).isEqualTo(5_030_000);
    assertThat(session.account()).isEqualTo(7);
    assertThat(session.wallet()).isSameAs(wallet);
    assertThat(session.client()).isSameAs(client);
  }

  @Test
  void aJobsReceiptIsReadWithAccess() throws Exception {
    gateway.on("GET /v1/jobs/3/receipt", json(200, List.of("evidence")));
    assertThat(new String(session.jobReceipt(3, 17), UTF_8)).contains("evidence");
    TestGateway.Request request = gateway.requests("GET /v1/jobs/3/receipt").getFirst();
    assertThat(request.authorization()).startsWith("UBC 7.");
  }

  private Wallet newKey() {
    return Wallet.of(KeyPair.of(new Hash32(5, 6, 7, 8).bytes()));
  }

  private int template(int request) {
    return ByteBuffer.wrap(sent().get(request)).order(ByteOrder.LITTLE_ENDIAN).getShort(2);
  }

  @Test
  void theOldKeyNamesTheNewOneWhichTakesTheAccountOver() throws Exception {
    gateway
        .on(COMMANDS, json(200, new CommandDone(42)))
        .on(COMMANDS, json(200, new CommandDone(43)));
    Session taken = session.changeOwner(newKey());
    assertThat(taken.account()).isEqualTo(7);
    assertThat(taken.wallet().address()).isEqualTo(newKey().address());
    assertThat(template(0)).isEqualTo(17);
    assertThat(template(1)).isEqualTo(18);
    byte[] entry = LogEntry.admit(client.network().domain(), sent().get(1)).orElseThrow();
    int signer = LogEntry.signerOffset(entry.length);
    assertThat(Arrays.copyOfRange(entry, signer, entry.length))
        .isEqualTo(newKey().address().bytes());
  }

  @Test
  void anInterruptedChangeGoesOnWhereItWas() throws Exception {
    gateway
        .on(COMMANDS, refusal(409, Refusal.ALREADY_DONE, 40L))
        .on(COMMANDS, refusal(409, Refusal.ALREADY_DONE, 41L));
    assertThat(session.changeOwner(newKey()).account()).isEqualTo(7);
  }

  @Test
  void aKeyThatCanNotOwnTheAccountIsRefused() {
    gateway.on(COMMANDS, refusal(409, Refusal.OWNER_EXISTS, 40L));
    assertThatThrownBy(() -> session.changeOwner(newKey()))
        .asInstanceOf(type(LedgerRefused.class))
        .extracting(LedgerRefused::refusal)
        .isEqualTo(Refusal.OWNER_EXISTS);
    gateway
        .on(COMMANDS, json(200, new CommandDone(42)))
        .on(COMMANDS, refusal(409, Refusal.OWNER_EXISTS, 43L));
    assertThatThrownBy(() -> session.changeOwner(newKey())).isInstanceOf(LedgerRefused.class);
  }

  @Test
  void noTwoCommandsShareANonce() throws Exception {
    gateway.on(COMMANDS, json(200, new CommandDone(42)));
    Set<Long> nonces = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      session.submit(COMMAND);
      ByteBuffer block = ByteBuffer.wrap(sent().get(i)).order(ByteOrder.LITTLE_ENDIAN);
      nonces.add(block.getLong(LogEntry.HEADER_BYTES + 4));
    }
    assertThat(nonces).hasSize(20);
  }

  @Test
  void afterALostAnswerTheSameBytesAreSentAgain() throws Exception {
    gateway
        .on(COMMANDS, lost())
        .on(COMMANDS, problem(504, "UNKNOWN_OUTCOME"))
        .on(COMMANDS, problem(500, "INTERNAL"))
        .on(COMMANDS, problem(429, "OVERLOADED"))
        .on(COMMANDS, json(200, new CommandDone(42)));
    assertThat(session.submit(COMMAND)).isEqualTo(42);
    assertThat(sent()).hasSize(5).allMatch(bytes -> Arrays.equals(bytes, sent().getFirst()));
  }

  @Test
  void aRefusalIsATypedExceptionAndIsNotRepeated() {
    gateway.on(COMMANDS, refusal(409, Refusal.WRONG_STATE, 43L));
    assertThatThrownBy(() -> session.submit(COMMAND))
        .asInstanceOf(type(LedgerRefused.class))
        .matches(r -> r.refusal() == Refusal.WRONG_STATE && r.seq() == 43);
    assertThat(sent()).hasSize(1);
  }

  @Test
  void aProblemBeforeTheLogIsNotRepeated() {
    gateway.on(COMMANDS, problem(409, "BODY_MISSING"));
    assertThatThrownBy(() -> session.submit(COMMAND))
        .asInstanceOf(type(GatewayProblem.class))
        .matches(p -> p.code().equals(GatewayProblem.BODY_MISSING));
    assertThat(sent()).hasSize(1);
  }

  @Test
  void aCommandRefusedForThisMachinesClockIsSignedOnceMoreByTheNetworks() throws Exception {
    gateway
        .forget("GET /v1/network")
        .on("GET /v1/network", json(200, gateway.network(gateway.hash(), 9_000_000)))
        .on(COMMANDS, refusal(422, Refusal.EXPIRED, 43L))
        .on(COMMANDS, json(200, new CommandDone(44)))
        .on(COMMANDS, refusal(422, Refusal.NOT_AFTER_TOO_FAR, 45L))
        .on(COMMANDS, json(200, new CommandDone(46)))
        .on(COMMANDS, refusal(422, Refusal.EXPIRED, 47L));
    assertThat(session.submit(COMMAND)).isEqualTo(44);
    ByteBuffer block = ByteBuffer.wrap(sent().get(1)).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(block.getLong(LogEntry.HEADER_BYTES + 12)).isEqualTo(9_030_000);
    assertThat(session.submit(COMMAND)).isEqualTo(46);
    assertThatThrownBy(() -> session.submit(COMMAND)).isInstanceOf(LedgerRefused.class);
    assertThat(sent()).hasSize(6);
  }

  @Test
  void aCommandOfWhichACopyMayBeOnItsWayIsNotSignedAgain() {
    gateway.on(COMMANDS, lost()).on(COMMANDS, refusal(422, Refusal.NOT_AFTER_TOO_FAR, 45L));
    assertThatThrownBy(() -> session.submit(COMMAND)).isInstanceOf(OutcomeUnknown.class);
    assertThat(sent()).hasSize(2);
  }

  @Test
  void expiredAfterALostAnswerIsSettledByTheFirstOutcome() throws Exception {
    gateway
        .on(COMMANDS, lost())
        .on(COMMANDS, refusal(422, Refusal.EXPIRED, 43L))
        .on(COMMANDS, lost())
        .on(COMMANDS, refusal(422, Refusal.EXPIRED, 44L))
        .on(COMMANDS, lost())
        .on(COMMANDS, refusal(422, Refusal.EXPIRED, 45L))
        .on(COMMANDS, json(200, new CommandDone(46)));

    String[] target = new String[1];
    gateway.onAny(
        request -> request.startsWith("GET /v1/commands/"),
        exchange -> {
          target[0] = exchange.getRequestURI().toString();
          json(200, new CommandOutcome("0x", 40, 0, null)).to(exchange);
        });
    assertThat(session.submit(COMMAND)).isEqualTo(40);
    byte[] command = sent().getFirst();
    Hash32 hash = LogEntry.commandHash(command, command.length - Signatures.BYTES);
    assertThat(target[0]).isEqualTo("/v1/commands/" + hash.hex() + "?after=43");

    gateway.onAny(
        request -> request.startsWith("GET /v1/commands/"),
        json(200, new CommandOutcome("0x", 40, 49, "WRONG_STATE")));
    assertThatThrownBy(() -> session.submit(COMMAND))
        .asInstanceOf(type(LedgerRefused.class))
        .matches(r -> r.refusal() == Refusal.WRONG_STATE && r.seq() == 40);

    gateway.onAny(
        request -> request.startsWith("GET /v1/commands/"), problem(404, "UNKNOWN_COMMAND"));
    assertThat(session.submit(COMMAND)).isEqualTo(46);
    assertThat(sent().get(6)).isNotEqualTo(sent().get(5));
  }

  @Test
  void withoutAnAnswerInTimeTheOutcomeIsUnknownAndCanBeAskedFor() {
    gateway.on(COMMANDS, lost());
    assertThatThrownBy(() -> session.submit(COMMAND))
        .asInstanceOf(type(OutcomeUnknown.class))
        .satisfies(unknown -> {
          byte[] command = sent().getFirst();
          assertThat(unknown.commandHash())
              .isEqualTo(LogEntry.commandHash(command, command.length - Signatures.BYTES));
          assertThat(unknown.notAfterMs()).isEqualTo(5_030_000);
          assertThat(unknown.isRetryable()).isFalse();
          assertThat(session.outcome(unknown.commandHash(), 0)).isEmpty();
        });
    assertThat(clock.pauses().stream().mapToLong(Long::longValue).sum())
        .isLessThanOrEqualTo(60_000);
  }

  private static Hash32 hash(byte[] sent) {
    return LogEntry.commandHash(sent, sent.length - Signatures.BYTES);
  }

  private void assertInDoubt(String says) {
    assertThatThrownBy(() -> session.submit(COMMAND))
        .hasMessageContaining(says)
        .asInstanceOf(type(OutcomeUnknown.class))
        .satisfies(e -> assertThat(e.commandHash()).isEqualTo(hash(sent().getLast())));
  }

  @Test
  void aProblemWithACopyDoesNotSayThatTheCommandBeforeItDidNotRun() {
    gateway
        .on(COMMANDS, lost())
        .on(COMMANDS, problem(409, "BODY_MISSING"))
        .on(COMMANDS, problem(504, "UNKNOWN_OUTCOME"))
        .on(COMMANDS, text(403, "<html>a proxy's page</html>"))
        .on(COMMANDS, lost())
        .on(COMMANDS, text(404, "null"));
    assertInDoubt("BODY_MISSING");
    assertInDoubt("HTTP_403");
    assertInDoubt("HTTP_404");
    assertThat(sent()).hasSize(6);
  }

  @Test
  void aProblemWithACommandThatMayHaveBeenGivenBeforeLeavesItInDoubt() {
    gateway.on(COMMANDS, problem(413, "TOO_LARGE"));
    SignedCommand signed = session.sign(COMMAND);
    assertThatThrownBy(() -> session.resend(signed)).isInstanceOf(OutcomeUnknown.class);
    assertThatThrownBy(() -> session.send(signed)).isInstanceOf(GatewayProblem.class);
  }

  @Test
  void successThatIsNotUnderstoodIsNoFailureToSend() {
    for (String answer :
        new String[] {"", "null", "{}", "[1]", "<html>welcome</html>", "{\"seq\":"}) {
      gateway.forget(COMMANDS).on(COMMANDS, text(200, answer));
      assertInDoubt("may have run");
    }
    assertThat(sent()).hasSize(6);
  }

  @Test
  void whatWasOnlyTurnedAwayWasNotSent() {
    gateway.on(COMMANDS, problem(429, "OVERLOADED")).on(COMMANDS, problem(409, "BODY_MISSING"));
    assertThatThrownBy(() -> session.submit(COMMAND))
        .asInstanceOf(type(GatewayProblem.class))
        .matches(p -> p.code().equals(GatewayProblem.BODY_MISSING));
    gateway.forget(COMMANDS).on(COMMANDS, problem(429, "OVERLOADED"));
    assertThatThrownBy(() -> session.submit(COMMAND))
        .asInstanceOf(type(GatewayProblem.class))
        .matches(p -> p.code().equals("OVERLOADED"));
  }

  @Test
  void aCopyOfASignerWhoMayNotActAnyMoreIsSettledByTheFirstOutcome() throws Exception {
    gateway
        .on(COMMANDS, lost())
        .on(COMMANDS, refusal(403, Refusal.NOT_OWNER, 43L))
        .on(COMMANDS, lost())
        .on(COMMANDS, refusal(404, Refusal.UNKNOWN_ACCOUNT, 44L))
        .onAny(
            request -> request.startsWith("GET /v1/commands/"),
            json(200, new CommandOutcome("0x", 40, 0, null)));
    assertThat(session.submit(COMMAND)).isEqualTo(40);
    gateway.onAny(
        request -> request.startsWith("GET /v1/commands/"), problem(404, "UNKNOWN_COMMAND"));
    assertThatThrownBy(() -> session.submit(COMMAND))
        .asInstanceOf(type(LedgerRefused.class))
        .matches(r -> r.refusal() == Refusal.UNKNOWN_ACCOUNT);
  }

  @Test
  void aCopyThatFoundNoRoomDoesNotSpeakForTheOneOnItsWay() {
    gateway
        .on(COMMANDS, lost())
        .on(COMMANDS, refusal(429, Refusal.TOO_MANY_PENDING, 43L))
        .on(COMMANDS, refusal(429, Refusal.TOO_MANY_PENDING, 44L));
    assertInDoubt("TOO_MANY_PENDING");
    assertThatThrownBy(() -> session.submit(COMMAND)).isInstanceOf(LedgerRefused.class);
  }

  @Test
  void aWalletWithoutAnAccountHasNoSessionUntilItRegisters() throws Exception {
    gateway
        .forget("GET /v1/accounts")
        .on("GET /v1/accounts", problem(404, "UNKNOWN_ACCOUNT"))
        .on("GET /v1/accounts", problem(404, "UNKNOWN_ACCOUNT"))
        .on("GET /v1/accounts", json(200, account(8)))
        .on(COMMANDS, json(200, new CommandDone(42)));
    assertThat(Session.open(client, wallet)).isEmpty();
    assertThat(Session.openOrRegister(client, wallet).account()).isEqualTo(8);
    assertThat(Session.openOrRegister(client, wallet).account()).isEqualTo(8);
    assertThat(sent()).hasSize(1);
    assertThat(gateway.requests("GET /v1/accounts").get(3).target()).endsWith("&after=42");
  }

  @Test
  void aWalletThatRegisteredMeanwhileIsFound() throws Exception {
    gateway
        .forget("GET /v1/accounts")
        .on("GET /v1/accounts", problem(404, "UNKNOWN_ACCOUNT"))
        .on("GET /v1/accounts", json(200, account(8)))
        .on(COMMANDS, refusal(409, Refusal.OWNER_EXISTS, 41L));
    assertThat(Session.openOrRegister(client, wallet).account()).isEqualTo(8);
  }

  @Test
  void aRefusedRegistrationIsReported() {
    gateway
        .forget("GET /v1/accounts")
        .on("GET /v1/accounts", problem(404, "UNKNOWN_ACCOUNT"))
        .on(COMMANDS, refusal(503, Refusal.LIMIT_REACHED, 41L))
        .on(COMMANDS, json(200, new CommandDone(42)));
    assertThatThrownBy(() -> Session.openOrRegister(client, wallet))
        .isInstanceOf(LedgerRefused.class);
    assertThatThrownBy(() -> Session.openOrRegister(client, wallet))
        .isInstanceOf(GatewayProblem.class)
        .hasMessageContaining("not there");
  }

  @Test
  void aBodyIsStoredWithProofOfWhoStoresIt() throws Exception {
    Path file = Files.write(directory.resolve("body"), BODY);
    String put = "PUT /v1/blobs/" + BODY_HASH.hex();
    gateway.on(put, lost()).on(put, json(201, new BlobStored(BODY_HASH.toString(), BODY.length)));
    session.put(file, BODY_HASH);
    session.put(file, BODY_HASH);
    assertThat(gateway.requests(put))
        .hasSize(3)
        .allSatisfy(r -> assertThat(r.body()).isEqualTo(BODY));
    String proof = Objects.requireNonNull(gateway.requests(put).getFirst().authorization());
    AccessToken token =
        AccessToken.parse(client.network().domain(), proof.substring(4)).orElseThrow();
    assertThat(proof).startsWith("UBC ");
    assertThat(token).isEqualTo(new AccessToken(7, 5_600_000, wallet.address()));
  }

  @Test
  void theProofIsRenewedBeforeItExpires() throws Exception {
    Path file = Files.write(directory.resolve("body"), BODY);
    String put = "PUT /v1/blobs/" + BODY_HASH.hex();
    gateway.on(put, json(200, new BlobStored("", 1)));
    session.put(file, BODY_HASH);
    clock.advance(480_000);
    session.put(file, BODY_HASH);
    clock.advance(1);
    session.put(file, BODY_HASH);
    List<TestGateway.Request> puts = gateway.requests(put);
    assertThat(puts.get(1).authorization()).isEqualTo(puts.get(0).authorization());
    assertThat(puts.get(2).authorization()).isNotEqualTo(puts.get(0).authorization());
  }

  @Test
  void theStoresWordIsAskedForWithProofAndTakenOnlyWhole() throws Exception {
    String ask = "POST /v1/blobs/" + BODY_HASH.hex() + "/receipt";
    String hash = BODY_HASH.toString();
    String signature = "0x" + "17".repeat(64);
    gateway
        .on(ask, lost())
        .on(ask, json(200, new StoreReceipt(5, hash, 9, hash, 77_000, signature)))
        .on(ask, json(200, new StoreReceipt(5, hash, 9, hash, 77_000, "0x17")))
        .on(ask, problem(409, GatewayProblem.BODY_MISSING));
    BodyHold hold = session.receipt(5, BODY_HASH);
    assertThat(hold).isEqualTo(new BodyHold(77_000, Signatures.Compact.parse(signature)));
    assertThat(hold.signature().text()).isEqualTo(signature);
    assertThat(gateway.requests(ask).getFirst().authorization()).startsWith("UBC 7.");
    assertThatThrownBy(() -> session.receipt(5, BODY_HASH))
        .asInstanceOf(type(GatewayProblem.class))
        .matches(e -> e.code().equals(GatewayProblem.BAD_ANSWER));
    assertThatThrownBy(() -> session.receipt(5, BODY_HASH))
        .asInstanceOf(type(GatewayProblem.class))
        .matches(e -> e.code().equals(GatewayProblem.BODY_MISSING));
  }

  @Test
  void aFileThatCanNotBeReadIsThisMachinesFault() {
    assertThatThrownBy(() -> session.put(directory.resolve("none"), BODY_HASH))
        .asInstanceOf(type(LocalFault.class))
        .matches(f -> !f.isRetryable());
  }

  @Test
  void aBodyAppearsWholeOrNotAtAll() throws Exception {
    String get = "GET /v1/blobs/" + BODY_HASH.hex();
    gateway
        .on(get, lost())
        .on(get, bytes(BODY))
        .on(get, bytes("another".getBytes(UTF_8)))
        .on(get, bytes(BODY))
        .on(get, problem(404, GatewayProblem.UNKNOWN_BODY));
    Path file = directory.resolve("file");
    session.get(BODY_HASH, file, BODY.length);
    assertThat(file).hasBinaryContent(BODY);
    Files.delete(file);
    assertRefused(file, BODY.length, GatewayProblem.BODY_DIFFERS);
    assertRefused(file, BODY.length - 1, GatewayProblem.BODY_TOO_LARGE);
    assertRefused(file, BODY.length, GatewayProblem.UNKNOWN_BODY);
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).isEmpty();
    }
  }

  private void assertRefused(Path file, long bytesMax, String code) {
    assertThatThrownBy(() -> session.get(BODY_HASH, file, bytesMax))
        .asInstanceOf(type(GatewayProblem.class))
        .extracting(GatewayProblem::code)
        .isEqualTo(code);
  }

  @Test
  void aFileThatCanNotBeWrittenIsThisMachinesFault() throws IOException {
    gateway.on("GET /v1/blobs/" + BODY_HASH.hex(), bytes(BODY));
    Path missing = directory.resolve("missing/file");
    assertThatThrownBy(() -> session.get(BODY_HASH, missing, 99)).isInstanceOf(LocalFault.class);
    Files.createDirectories(directory.resolve("taken/full"));
    Path taken = directory.resolve("taken");
    assertThatThrownBy(() -> session.get(BODY_HASH, taken, 99)).isInstanceOf(LocalFault.class);
  }
}

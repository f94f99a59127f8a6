package ai.ubc.sdk.job;

import static ai.ubc.sdk.TestGateway.bytes;
import static ai.ubc.sdk.TestGateway.json;
import static ai.ubc.sdk.TestGateway.stream;
import static java.nio.charset.StandardCharsets.UTF_8;

import ai.ubc.api.AccountView;
import ai.ubc.api.BlobStored;
import ai.ubc.api.JobView;
import ai.ubc.api.Quote;
import ai.ubc.codec.crypto.KeyPair;
import ai.ubc.codec.crypto.Sha256;
import ai.ubc.codec.job.ItemOutput;
import ai.ubc.codec.job.ItemOutput.ItemOutcome;
import ai.ubc.codec.job.JobHashes;
import ai.ubc.codec.job.ResultBundle;
import ai.ubc.domain.Hash32;
import ai.ubc.sdk.ClientOptions;
import ai.ubc.sdk.Session;
import ai.ubc.sdk.TestClock;
import ai.ubc.sdk.TestGateway;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.Wallet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A client of a scripted gateway, and what that says of a job. */
abstract class JobFixture {
  static final String COMMANDS = "POST /v1/commands";
  static final String QUOTE = "GET /v1/quote";
  static final String JOBS = "GET /v1/jobs";
  static final String JOB = "GET /v1/jobs/5";
  static final Quote OFFER =
      new Quote("wasi", "none", 0, 900, 1, 2, 100, 1, 1, 1, 3, 1, 4, 5, 0, 50L);
  static final Hash32 SECRET = new Hash32(9, 9, 9, 9);

  final TestGateway gateway = new TestGateway();
  final TestClock clock = new TestClock();
  final List<ItemOutput> items = List.of(output("hello", 40), output("", 2));
  final SecretStore secrets = SecretStore.inMemory();
  UbcClient client;
  JobClient jobs;
  byte[] result;

  @TempDir Path directory;

  @BeforeEach
  void open() throws Exception {
    Wallet wallet = Wallet.of(KeyPair.of(new Hash32(1, 2, 3, 4).bytes()));
    gateway
        .on(
            "GET /v1/accounts",
            json(
                200,
                new AccountView(7, wallet.address().toString(), List.of(), 0, 0, 0, List.of(), 1)))
        .on(
            "GET /v1/stream",
            stream(
                false,
                "event: position\ndata: {\"seq\":20,\"logTimeMs\":1}\n\n",
                entry(21),
                entry(22),
                entry(23),
                entry(24),
                entry(25),
                entry(26)))
        .onAny(key -> key.startsWith("PUT /v1/blobs/"), json(201, new BlobStored("", 1)));
    client = UbcClient.connect(gateway.address(), ClientOptions.defaults(), clock);
    jobs = new JobClient(Session.open(client, wallet).orElseThrow(), secrets);
    result = bundle(items);
    gateway.on("GET /v1/blobs/" + Sha256.of(result).hex(), bytes(result));
  }

  @AfterEach
  void stop() {
    client.close();
    gateway.close();
  }

  static String entry(long seq) {
    return "event: entry\ndata: {\"seq\":"
        + seq
        + ",\"logTimeMs\":1,\"command\":\"Tick\",\"events\":[]}\n\n";
  }

  static ItemOutput output(String stdout, long units) {
    TreeMap<String, byte[]> files = new TreeMap<>(Map.of("deep/a.txt", stdout.getBytes(UTF_8)));
    return new ItemOutput(ItemOutcome.EXIT, 0, units, stdout.getBytes(UTF_8), new byte[0], files);
  }

  static byte[] bundle(List<ItemOutput> items) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ResultBundle.write(bytes, items);
    return bytes.toByteArray();
  }

  JobView job(String state, @Nullable String ending, long seq, boolean settled) {
    return new JobView(
        5,
        3L,
        state,
        0,
        7,
        8,
        Hash32.ZERO.toString(),
        Hash32.ZERO.toString(),
        JobHashes.secretHash(SECRET).toString(),
        2,
        "quorum",
        3,
        "VALIDATORS",
        900,
        1_000_000_000L,
        new JobView.Held(1, 2, 3, 4, 5),
        null,
        12,
        1,
        seq,
        null,
        null,
        List.of(),
        ending == null
            ? null
            : new JobView.Result(
                20,
                JobHashes.resultRoot(items).toString(),
                42,
                Hash32.ZERO.toString(),
                Sha256.of(result).toString()),
        ending == null ? null : new JobView.Judgement(21, ending, 42, 1, 1),
        settled ? new JobView.Settlement(21, 100, 2, 1, 30) : null,
        null,
        List.of(),
        List.of());
  }

  // Behind header, account, nonce, notAfter, three hashes and the small fields.
  static long[] terms(ByteBuffer submission) {
    int at = 8 + 4 + 8 + 8 + 3 * 32 + 2 + 2 + 1 + 1 + 1;
    long[] terms = new long[5];
    for (int i = 0; i < terms.length; i++) {
      terms[i] = submission.getLong(at + 8 * i);
    }
    return terms;
  }

  JobOrder.Builder order() throws IOException {
    return JobOrder.of(Files.write(directory.resolve("p.wasm"), new byte[] {1, 2}), 50_000);
  }

  ByteBuffer command(int index) {
    return ByteBuffer.wrap(gateway.requests(COMMANDS).get(index).body())
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  static int template(ByteBuffer command) {
    return command.getShort(2);
  }
}

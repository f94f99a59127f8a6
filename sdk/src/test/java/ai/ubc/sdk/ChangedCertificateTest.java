package ai.ubc.sdk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ubc.codec.crypto.KeyPair;
import ai.ubc.domain.Command;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands to an address behind which, at some time, another than the named gateway answers. */
final class ChangedCertificateTest {
  private final List<IOException> hangUps = new CopyOnWriteArrayList<>();
  private static final String LOST = "";
  private static final String EXPIRED =
      "{\"type\":\"x\",\"title\":\"refused\",\"status\":422,\"detail\":\"x\",\"instance\":\"/\","
          + "\"code\":\"EXPIRED\",\"number\":"
          + Refusal.EXPIRED.number()
          + ",\"seq\":43}";

  @TempDir static Path directory;

  private static TestIdentity named;
  private static TestIdentity other;

  private final Deque<String> answers = new ArrayDeque<>();
  private final TestGateway gateway = new TestGateway();
  private ServerSocket server;
  private Transport transport;
  private CommandSigner signer;
  private SignedCommand signed;

  @BeforeAll
  static void makeKeys() throws Exception {
    named = TestIdentity.make(directory, "named");
    other = TestIdentity.make(directory, "other");
  }

  @BeforeEach
  void open() throws Exception {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    String address = "https://127.0.0.1:" + server.getLocalPort() + "#sha256=" + named.pin().hex();
    transport = new Transport(URI.create(address), ClientOptions.defaults(), new TestClock());
    Wallet wallet = Wallet.of(KeyPair.of(new Hash32(1, 2, 3, 4).bytes()));
    try (UbcClient client = UbcClient.connect(gateway.address())) {
      signer = new CommandSigner(transport, client.network(), wallet, 7, new SecureRandom());
    }
    signed = signer.sign(new Command.CloseJob(9), 5_000_000);
  }

  @AfterEach
  void stop() throws Exception {
    transport.close();
    server.close();
    gateway.close();
  }

  // The named gateway answers so, a connection each; from then on another stands in its place.
  private void answers(String... inOrder) {
    answers.addAll(List.of(inOrder));
    Thread.ofVirtual()
        .start(() -> {
          while (!server.isClosed()) {
            try (Socket plain = server.accept()) {
              meet(plain);
            } catch (IOException e) {
              hangUps.add(e); // the client hung up, or the test is over
            }
          }
        });
  }

  private void meet(Socket plain) throws IOException {
    String answer = answers.poll();
    try (SSLSocket socket = (answer == null ? other : named).meet(plain)) {
      readRequest(socket.getInputStream());
      if (answer != null && !answer.equals(LOST)) {
        String head = "HTTP/1.1 422 x\r\nConnection: close\r\nContent-Length: " + answer.length();
        socket.getOutputStream().write((head + "\r\n\r\n" + answer).getBytes(UTF_8));
      }
    }
  }

  private void readRequest(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the client sent no request");
      }
      head.append((char) next);
    }
    in.readNBytes(signed.bytes().length);
  }

  @Test
  void aCommandThatWasNeverSentIsSaidNotToBe() {
    answers();
    assertThatThrownBy(() -> signer.send(signed, false))
        .isInstanceOf(UnsafeGateway.class)
        .hasMessageContaining("Nothing was sent to it")
        .hasMessageContaining(other.pin().hex());
  }

  @Test
  void aCommandWhoseAnswerWasLostBeforeMayHaveRun() {
    answers(LOST);
    assertThatThrownBy(() -> signer.send(signed, false))
        .isInstanceOfSatisfying(
            OutcomeUnknown.class, e -> assertThat(e.notAfterMs()).isEqualTo(signed.notAfterMs()))
        .hasCauseInstanceOf(UnsafeGateway.class)
        .hasMessageContaining("may have run");
  }

  @Test
  void aCommandThatWasGivenByAnEarlierCallMayHaveRun() {
    answers();
    assertThatThrownBy(() -> signer.send(signed, true)).isInstanceOf(OutcomeUnknown.class);
  }

  @Test
  void aCommandWhoseFirstOutcomeCanNotBeReadMayHaveRun() {
    answers(LOST, EXPIRED);
    assertThatThrownBy(() -> signer.send(signed, false))
        .isInstanceOf(OutcomeUnknown.class)
        .hasCauseInstanceOf(UnsafeGateway.class);
  }
}

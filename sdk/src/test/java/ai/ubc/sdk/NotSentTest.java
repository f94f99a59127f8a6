package ai.ubc.sdk;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ubc.codec.crypto.KeyPair;
import ai.ubc.domain.Command;
import ai.ubc.domain.Hash32;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A command is said not to have been sent only where no byte of it can have left; wherever a server
 * may have read it, its outcome is unknown, whatever the connection then fails of.
 */
final class NotSentTest {
  private static final String PLAIN_ANSWER = "HTTP/1.1 400 \r\nConnection: close\r\n\r\n";
  private static final String ALERT = "\u0015\u0003\u0003\u0000\u0002\u0002\n";
  private static final String HANDSHAKE_FAILURE = "\u0015\u0003\u0003\u0000\u0002\u0002(";
  private static final String NOT_TLS = "\u0099nothing that TLS knows";

  @TempDir static Path directory;

  private static TestIdentity identity;

  private final List<byte[]> received = new CopyOnWriteArrayList<>();
  private ServerSocket server;
  private volatile int commandBytes;

  /** What a server does with a connection. */
  @FunctionalInterface
  private interface Conduct {
    void meet(Socket connection) throws IOException;
  }

  @BeforeAll
  static void makeKey() throws Exception {
    identity = TestIdentity.make(directory, "server");
  }

  @BeforeEach
  void open() throws Exception {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  private void serve(Conduct conduct) {
    Thread.ofVirtual()
        .start(() -> {
          while (!server.isClosed()) {
            try (Socket connection = server.accept()) {
              conduct.meet(connection);
            } catch (IOException _) {
              // The client hung up, or the test is over.
            }
          }
        });
  }

  private void readCommand(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the client sent no request");
      }
      head.append((char) next);
    }
    received.add(in.readNBytes(commandBytes));
  }

  private static void answer(Socket connection, String bytes) throws IOException {
    connection.getOutputStream().write(bytes.getBytes(ISO_8859_1));
    connection.getOutputStream().flush();
  }

  // Reads first what the client begins TLS with: a hang-up before would lose the answer.
  private static void answerHello(Socket connection, String bytes) throws IOException {
    assertThat(connection.getInputStream().read(new byte[4_096])).isPositive();
    answer(connection, bytes);
  }

  private String plain() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  private String encrypted() {
    return "https://127.0.0.1:" + server.getLocalPort() + "#sha256=" + identity.pin().hex();
  }

  private void send(String address) throws Exception {
    Wallet wallet = Wallet.of(KeyPair.of(new Hash32(1, 2, 3, 4).bytes()));
    try (TestGateway gateway = new TestGateway();
        UbcClient client = UbcClient.connect(gateway.address());
        Transport transport =
            new Transport(URI.create(address), ClientOptions.defaults(), new TestClock())) {
      CommandSigner signer =
          new CommandSigner(transport, client.network(), wallet, 7, new SecureRandom());
      SignedCommand signed = signer.sign(new Command.CloseJob(9), 5_000_000);
      commandBytes = signed.bytes().length;
      signer.send(signed, false);
    }
  }

  private void assertNotSent(String address, Class<? extends UbcException> failure) {
    assertThatThrownBy(() -> send(address)).isInstanceOf(failure);
    assertThat(received).isEmpty();
  }

  private void assertUnknown(String address) {
    assertThatThrownBy(() -> send(address)).isInstanceOf(OutcomeUnknown.class);
    assertThat(received).isNotEmpty().allMatch(bytes -> bytes.length == commandBytes);
  }

  @Test
  void whereNobodyListensNothingIsSent() throws Exception {
    server.close();
    assertNotSent(plain(), GatewayUnreachable.class);
    assertNotSent(encrypted(), GatewayUnreachable.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {PLAIN_ANSWER, NOT_TLS})
  void beforeTlsIsAgreedOnNothingIsSent(String answer) {
    serve(connection -> answerHello(connection, answer));
    assertNotSent(encrypted(), GatewayProblem.class);
  }

  @Test
  void whereTlsIsRefusedNothingIsSent() {
    serve(connection -> answerHello(connection, HANDSHAKE_FAILURE));
    assertNotSent(encrypted(), GatewayUnreachable.class);
  }

  // The JDK's client asks for the body even so: none was sent, but nobody here can tell.
  @Test
  void afterAHangUpBeforeTlsIsAgreedOnTheOutcomeIsUnknown() {
    serve(connection -> answerHello(connection, ""));
    assertThatThrownBy(() -> send(encrypted())).isInstanceOf(OutcomeUnknown.class);
    assertThat(received).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", PLAIN_ANSWER, ALERT, NOT_TLS})
  void afterTlsWasAgreedOnAFaultOfItSaysNothing(String answer) {
    serve(connection -> {
      SSLSocket socket = identity.meet(connection);
      readCommand(socket.getInputStream());
      answer(connection, answer);
    });
    assertUnknown(encrypted());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ALERT, NOT_TLS})
  void whatWasSentInTheClearAndNotAnsweredMayHaveRun(String answer) {
    serve(connection -> {
      readCommand(connection.getInputStream());
      answer(connection, answer);
    });
    assertUnknown(plain());
  }

  @Test
  void aServerThatAnswersThatItWantsTlsHasTakenNothing() {
    serve(connection -> {
      readCommand(connection.getInputStream());
      answer(connection, PLAIN_ANSWER + "This combination of host and port requires TLS.\r\n");
    });
    assertThatThrownBy(() -> send(plain()))
        .isInstanceOfSatisfying(
            GatewayProblem.class, e -> assertThat(e.code()).isEqualTo(GatewayProblem.WRONG_SCHEME));
  }
}

package ai.ubc.sdk;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WrongSchemeTest {
  /** Answers whatever comes with the same bytes. */
  private static final class Server implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    private final AtomicInteger connections = new AtomicInteger();
    private final String answer;

    Server(String answer) throws IOException {
      this.answer = answer;
      Thread.ofVirtual().start(this::serve);
    }

    private void serve() {
      byte[] request = new byte[4_096];
      while (true) {
        try (Socket client = socket.accept()) {
          connections.incrementAndGet();
          if (client.getInputStream().read(request) > 0) {
            client.getOutputStream().write(answer.getBytes(ISO_8859_1));
          }
        } catch (SocketException e) {
          return; // closed
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }

    String authority() {
      return "127.0.0.1:" + socket.getLocalPort();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private static void assertWrong(String scheme, String answer, String advice) throws IOException {
    try (Server server = new Server(answer)) {
      URI address = URI.create(scheme + "://" + server.authority());
      assertThatThrownBy(
              () -> UbcClient.connect(address, ClientOptions.defaults(), new TestClock()))
          .hasMessageContaining(address.toString())
          .hasMessageContaining(advice.replace("HERE", server.authority()))
          .asInstanceOf(type(GatewayProblem.class))
          .matches(e -> e.code().equals(GatewayProblem.WRONG_SCHEME) && !e.isRetryable());
      assertThat(server.connections).hasValue(1);
    }
  }

  @Test
  void tlsSpokenToAPlainPortIsNamedAtOnce() throws IOException {
    assertWrong("https", "HTTP/1.1 400 \r\nConnection: close\r\n\r\n", "use http://HERE");
  }

  @Test
  void plainHttpSpokenToAPortThatWantsTlsIsNamedAtOnce() throws IOException {
    String refused = "HTTP/1.1 400 \r\nConnection: close\r\n\r\n";
    for (String answer :
        new String[] {
          refused + "Bad Request\nThis combination of host and port requires TLS.\r\n",
          refused + "<h1>The plain HTTP request was sent to HTTPS port</h1>",
          "\u0015\u0003\u0003\u0000\u0002\u0002\n" // an alert: unexpected message
        }) {
      assertWrong("http", answer, "the https:// address that \"ubc invite\" prints");
    }
  }
}

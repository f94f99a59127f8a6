package ai.ubc.gateway;

import static ai.ubc.gateway.fake.TestNetwork.REQUESTER;
import static ai.ubc.gateway.fake.TestNetwork.VALIDATORS;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.domain.Command;
import ai.ubc.gateway.fake.Databases;
import ai.ubc.gateway.fake.TestGateway;
import ai.ubc.gateway.fake.TestNetwork;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A client that goes away is everyday life: a line for who looks for it, no alarm. */
@ExtendWith(Databases.class)
final class LostClientTest {
  private static final int OFFERS = 160;
  private static final String ADVICE = "ai.ubc.gateway.http.ProblemAdvice";

  @TempDir Path directory;
  private final BlockingQueue<ILoggingEvent> logged = new LinkedBlockingQueue<>();
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          if (event.getLoggerName().equals(ADVICE)
              || event.getLevel().isGreaterOrEqual(Level.WARN)) {
            logged.add(event);
          }
        }
      };
  private TestNetwork network;
  private TestGateway gateway;

  @BeforeEach
  void start() {
    network = new TestNetwork("lost client");
    network.openMarket();
    gateway = new TestGateway(network, directory);
    appender.start();
    logger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
    logger(ADVICE).setLevel(Level.DEBUG);
  }

  @AfterEach
  void stop() {
    logger(ADVICE).setLevel(null);
    logger(Logger.ROOT_LOGGER_NAME).detachAppender(appender);
    gateway.close();
  }

  private static Logger logger(String name) {
    return (Logger) LoggerFactory.getLogger(name);
  }

  private Socket connect() throws IOException {
    URI uri = URI.create(gateway.url());
    return new Socket(uri.getHost(), uri.getPort());
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    socket.getOutputStream().flush();
  }

  private void assertOneQuietLine(String path) throws InterruptedException {
    ILoggingEvent event = logged.poll(60, TimeUnit.SECONDS);
    assertThat(event).isNotNull();
    assertThat(event.getLevel()).as(event.getFormattedMessage()).isEqualTo(Level.DEBUG);
    assertThat(event.getFormattedMessage()).contains(path, "went away");
    assertThat(event.getThrowableProxy()).as("no trace").isNull();
  }

  @Test
  void beforeItHasItsAnswer() throws IOException, InterruptedException {
    // Longer than what the server keeps until the request is over.
    for (int i = 0; i < 4; i++) {
      network.give(VALIDATORS + i, new Command.Bond(1, 100_000_000));
    }
    for (int i = 0; i < OFFERS; i++) {
      network.give(VALIDATORS + i % 4, new Command.PlaceOffer(1, 1_000_000, 1));
    }
    long ahead = network.ledger().lastSeq() + 1;
    try (Socket socket = connect()) {
      // The server says "continue" once it has read the request; this one then waits for an entry.
      write(
          socket,
          "GET /v1/market/wasi?limit="
              + OFFERS
              + "&after="
              + ahead
              + " HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n");
      byte[] status = socket.getInputStream().readNBytes("HTTP/1.1 100".length());
      assertThat(new String(status, ISO_8859_1)).isEqualTo("HTTP/1.1 100");
      socket.setSoLinger(true, 0); // close resets the connection
    }
    assertThat(gateway.give(REQUESTER, new Command.Bond(2, 5)).statusCode()).isEqualTo(200);
    assertOneQuietLine("/v1/market/wasi");
  }
}

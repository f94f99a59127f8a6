package ai.ubc.gateway.database;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.gateway.fake.Databases;
import ai.ubc.gateway.fake.TestNetwork;
import ai.ubc.gateway.journal.LogClock;
import ai.ubc.gateway.journal.Tail;
import ai.ubc.gateway.projection.Projection;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

/** What a projector says of a database that is not to be had. */
@ExtendWith(Databases.class)
final class ProjectorTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger(Projector.class);
  private final BlockingQueue<ILoggingEvent> logged = new LinkedBlockingQueue<>();
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          logged.add(event);
        }
      };

  @BeforeEach
  void listen() {
    appender.start();
    logger.addAppender(appender);
    logger.setLevel(Level.DEBUG);
  }

  @AfterEach
  void stop() {
    logger.setLevel(null);
    logger.detachAppender(appender);
  }

  @Test
  void aDatabaseThatFailsFromTheStartIsWarnedOfOnceForEachProjection() throws Exception {
    TestNetwork network = new TestNetwork("projector");
    Database database = Database.open(Databases.fresh(), network.genesisHash().toString());
    database.close();
    LogClock clock = new LogClock(network.ledger()::nowMs, 0, 0);
    try (Tail tail = new Tail(network.ledger(), clock, 0, 8, _ -> {})) {
      try (Projector projector = new Projector(database, tail, network.genesis())) {
        int projections = Projection.values().length;
        List<Level> all = new ArrayList<>();
        while (all.size() < 2 * projections) {
          ILoggingEvent event = logged.poll(60, TimeUnit.SECONDS);
          assertThat(event).isNotNull();
          all.add(event.getLevel());
        }
        assertThat(all.stream().filter(Level.WARN::equals)).hasSize(projections);
        assertThat(all.stream().filter(Level.DEBUG::equals)).hasSize(projections);
        assertThat(projector.isAlive()).isTrue();
      }
    }
  }
}

package ai.ubc.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ubc.codec.crypto.KeccakHash;
import ai.ubc.domain.Asset;
import ai.ubc.domain.EventSink;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.StateMachine;
import ai.ubc.testkit.RecordedEvents;
import ai.ubc.testkit.twin.NaiveCapacity;
import ai.ubc.testkit.twin.NaiveLedger;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A comparison of a ledger with a broken copy of itself finds what is broken. */
final class ComparisonTest {
  private static final Subject HONEST = ComparisonTest::ledger;

  private static StateMachine ledger(Genesis genesis, Hash32 genesisHash, EventSink sink) {
    return new NaiveLedger(
        genesis, genesisHash, new KeccakHash(), sink, NaiveCapacity.production());
  }

  /** Something done in place of a call. */
  private interface Twist {
    @Nullable Object call(Method method, Object[] arguments) throws ReflectiveOperationException;
  }

  private static <T> T twisted(Class<T> type, Twist twist) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              try {
                return twist.call(method, arguments);
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
              }
            }));
  }

  private static Comparison comparison(Subject subject) {
    return new Comparison(subject, HONEST, KeccakHash::new);
  }

  @Test
  void equalLedgersHaveEqualOutcomesAndASeedAlwaysGivesTheSame() {
    Comparison comparison = comparison(HONEST);
    Comparison.Outcome first = comparison.run(7, 150);
    assertThat(first.steps()).hasSize(150);
    assertThat(first.answers()).hasSize(150);
    assertThat(first.report().isClean()).isTrue();
    Comparison.Outcome again = comparison.run(7, 150);
    assertThat(again.steps()).isEqualTo(first.steps());
    assertThat(again.events()).isEqualTo(first.events());
    assertThat(comparison.run(8, 150).steps()).isNotEqualTo(first.steps());
  }

  @Test
  void aWrongCodeIsFoundWithItsSeedAndAShortSequence() {
    Subject confused =
        (genesis, hash, sink) -> {
          StateMachine ledger = ledger(genesis, hash, sink);
          return twisted(
              StateMachine.class,
              (method, arguments) -> {
                Object answer = method.invoke(ledger, arguments);
                boolean unknown = method.getName().equals("closeJob") && answer.equals(48);
                return unknown ? Integer.valueOf(49) : answer;
              });
        };
    assertThatThrownBy(() -> runMany(comparison(confused)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("seed ")
        .hasMessageContaining("answered WRONG_STATE, expected UNKNOWN_JOB")
        .hasMessageMatching("(?s).*shortest sequence found, [23] entries.*")
        .hasMessageContaining("CloseJob");
  }

  private static void runMany(Comparison comparison) {
    for (int seed = 0; seed < 20; seed++) {
      comparison.run(seed, 200);
    }
  }

  @Test
  void aMissingEventIsFound() {
    Subject silent =
        (genesis, hash, sink) ->
            ledger(
                genesis,
                hash,
                twisted(
                    EventSink.class,
                    (method, arguments) ->
                        method.getName().equals("offerCancelled")
                            ? null
                            : method.invoke(sink, arguments)));
    assertThatThrownBy(() -> runMany(comparison(silent)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("expected\n    OfferCancelled");
  }

  @Test
  void aMistakeThatBothMakeIsFoundByTheAudit() {
    Subject minting =
        (genesis, hash, sink) ->
            ledger(
                genesis,
                hash,
                twisted(
                    EventSink.class,
                    (method, arguments) -> {
                      if (method.getName().equals("outageRecorded")) {
                        sink.posted(Asset.COMPUTE, 1, 6, 0, 1, 1, 1, 0);
                      }
                      return method.invoke(sink, arguments);
                    }));
    assertThatThrownBy(() -> runMany(new Comparison(minting, minting, KeccakHash::new)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("LAW-001");
  }

  @Test
  void aLedgerThatThrowsIsFound() {
    Subject fragile =
        (genesis, hash, sink) -> {
          StateMachine ledger = ledger(genesis, hash, sink);
          return twisted(
              StateMachine.class,
              (method, arguments) -> {
                if (method.getName().equals("tick")) {
                  throw new IllegalStateException("no ticks today");
                }
                return method.invoke(ledger, arguments);
              });
        };
    assertThatThrownBy(() -> runMany(comparison(fragile)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("no ticks today");
  }

  @Test
  void aRestartThatForgetsIsFound() {
    Subject forgetful =
        new Subject() {
          @Override
          public StateMachine create(Genesis genesis, Hash32 genesisHash, EventSink sink) {
            return ledger(genesis, genesisHash, sink);
          }

          @Override
          public StateMachine restart(
              StateMachine ledger, Genesis genesis, Hash32 genesisHash, EventSink sink) {
            return ledger(genesis, genesisHash, new RecordedEvents().sink());
          }
        };
    assertThatThrownBy(() -> runMany(comparison(forgetful))).isInstanceOf(AssertionError.class);
  }
}

package ai.ubc.engine;

import static ai.ubc.engine.JobRig.FIRST_VALIDATOR;
import static ai.ubc.engine.JobRig.OUTSIDER;
import static ai.ubc.engine.JobRig.PROVIDER;
import static ai.ubc.engine.JobRig.REQUESTER;
import static ai.ubc.engine.JobRig.UNITS;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.domain.Command;
import ai.ubc.domain.Event;
import ai.ubc.domain.Role;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("JOB-008: whose turn it is among jobs that wait for an offer")
class WaitingTurnTest {
  private static final int VALIDATOR_ROLE = Role.VALIDATOR.code();
  private static final long LIMIT = 1_000_000;
  private static final long WAIT_MS = 10_000;

  private static Command offer(long price, long units) {
    return new Command.PlaceOffer(1, price, units);
  }

  @Test
  @DisplayName("JOB-008: the first 32 and 32 in turn are looked at, those that fail included")
  void anEntryLooksAt64WaitingJobs() {
    Rig big = new Rig(TestParameters.with(Map.of()), new EngineLimits(100, 10, 500, 10_000, 10));
    JobRig market = new JobRig(big, 1);
    JobForm large = JobForm.waiting(LIMIT + 1, WAIT_MS);
    large.units = 2 * UNITS;
    for (int i = 0; i < 63; i++) {
      big.done(REQUESTER, large.command());
    }
    for (int i = 0; i < 2; i++) {
      big.done(OUTSIDER, JobForm.waiting(LIMIT, WAIT_MS).command());
    }
    big.done(PROVIDER, offer(LIMIT, 2 * UNITS - 1));
    assertThat(big.eventsOf(Event.JobSubmitted.class))
        .extracting(Event.JobSubmitted::job)
        .containsExactly(64L);
    big.done(REQUESTER, new Command.CancelJob(7));
    big.done(PROVIDER, offer(LIMIT, UNITS));
    assertThat(big.eventsOf(Event.JobSubmitted.class))
        .extracting(Event.JobSubmitted::job)
        .containsExactly(65L);
    for (int i = 0; i < 64; i++) {
      big.done(FIRST_VALIDATOR, JobForm.waiting(LIMIT, WAIT_MS).command());
    }
    big.done(PROVIDER, offer(1, 500 * UNITS));
    assertThat(big.eventsOf(Event.JobSubmitted.class)).hasSize(64);
    big.done(PROVIDER, new Command.Bond(VALIDATOR_ROLE, 1));
    assertThat(big.eventsOf(Event.JobSubmitted.class)).hasSize(62);
    assertThat(market.passMs(WAIT_MS)).isEmpty();
  }

  @Test
  @DisplayName(
      "JOB-008: whoever takes all the first places with jobs that nobody can carry stops nobody")
  void nobodyStandsBeforeAllOthersForEver() {
    Rig big = new Rig(TestParameters.with(Map.of()), new EngineLimits(100, 10, 500, 10_000, 10));
    JobRig market = new JobRig(big, 1);
    JobForm blocking = JobForm.waiting(LIMIT + 1, WAIT_MS);
    blocking.units = 2 * UNITS;
    for (int i = 0; i < 64; i++) {
      big.done(OUTSIDER, blocking.command());
      big.done(FIRST_VALIDATOR, blocking.command());
    }
    big.done(REQUESTER, JobForm.waiting(LIMIT, WAIT_MS).command());
    big.done(PROVIDER, offer(LIMIT, 2 * UNITS - 1));
    for (int i = 0; i < 3; i++) {
      assertThat(big.eventsOf(Event.JobSubmitted.class)).isEmpty();
      big.done(PROVIDER, new Command.Bond(VALIDATOR_ROLE, 1));
    }
    assertThat(big.eventsOf(Event.JobSubmitted.class))
        .extracting(Event.JobSubmitted::job)
        .containsExactly(129L);
    assertThat(market.passMs(WAIT_MS)).isNotEmpty();
  }
}

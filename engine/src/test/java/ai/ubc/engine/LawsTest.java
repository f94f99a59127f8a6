package ai.ubc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.codec.crypto.KeccakHash;
import ai.ubc.domain.Command;
import ai.ubc.domain.Event;
import ai.ubc.testkit.RecordedEvents;
import ai.ubc.testkit.scenario.Scenario;
import ai.ubc.testkit.scenario.Step;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("LAW: what holds after every entry of seeded scenarios")
class LawsTest {
  private static final int SCENARIOS = 120;
  private static final int STEPS = 500;
  private static final EngineLimits LIMITS = new EngineLimits(64, 500, 100, 10_000, 200);

  @Test
  @DisplayName("LAW-008 holds after every entry")
  void noKeyCostsMoreThanItsMandate() {
    int uses = 0;
    for (int seed = 1; seed <= SCENARIOS; seed++) {
      uses += runMandates(seed);
    }
    assertThat(uses).as("commands of keys that were obeyed").isGreaterThan(100);
  }

  private static int runMandates(long seed) {
    Scenario scenario = new Scenario(seed, new KeccakHash());
    RecordedEvents recorded = new RecordedEvents();
    Engine engine =
        new Engine(
            scenario.genesis(), scenario.genesisHash(), new KeccakHash(), recorded.sink(), LIMITS);
    MandateLaws laws = new MandateLaws(scenario.genesis().parameters());
    for (int seq = 1; seq <= STEPS; seq++) {
      Step step = scenario.next();
      int code = step.applyTo(engine, seq).code();
      List<Event> events = recorded.take();
      scenario.observe(events);
      laws.check("seed " + seed + ", entry " + seq + ": " + step, step, code, events);
    }
    return laws.uses();
  }

  @Test
  @DisplayName("LAW-001 to LAW-007 hold after every entry")
  void theLawsHoldAfterEveryEntry() {
    int settled = 0;
    int untaken = 0;
    for (int seed = 1; seed <= SCENARIOS; seed++) {
      Laws laws = run(seed);
      settled += laws.jobsSettled();
      untaken += laws.jobsUntaken();
    }
    assertThat(settled).as("jobs that were taken and ended").isGreaterThan(250);
    assertThat(untaken).as("jobs that ended untaken").isGreaterThan(250);
  }

  private static Laws run(long seed) {
    Scenario scenario = new Scenario(seed, new KeccakHash());
    RecordedEvents recorded = new RecordedEvents();
    Engine engine =
        new Engine(
            scenario.genesis(), scenario.genesisHash(), new KeccakHash(), recorded.sink(), LIMITS);
    Laws laws = new Laws(scenario.genesis().allocations());
    for (int seq = 1; seq <= STEPS; seq++) {
      Step step = scenario.next();
      step.applyTo(engine, seq);
      List<Event> events = recorded.take();
      scenario.observe(events);
      String where = "seed " + seed + ", entry " + seq + ": " + step;
      laws.check(where, submission(step), events, engine);
    }
    return laws;
  }

  private static Command.SubmitJob submission(Step step) {
    boolean isSubmission =
        step.call() instanceof Step.Signed signed && signed.command() instanceof Command.SubmitJob;
    return isSubmission
        ? (Command.SubmitJob) ((Step.Signed) step.call()).command()
        : JobRig.plainJob();
  }
}

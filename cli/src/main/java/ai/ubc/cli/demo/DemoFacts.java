package ai.ubc.cli.demo;

import ai.ubc.api.JobView;
import ai.ubc.cli.text.Checks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What happened in the demonstration, for programs. One thread. */
final class DemoFacts {
  /**
   * A refusal.
   *
   * @param attempt what was tried
   * @param number the refusal's permanent number
   * @param name its name
   */
  record Refused(String attempt, int number, String name) {}

  /**
   * An account before and after.
   *
   * @param account its number
   * @param beforeMicros what it had, micro-COMPUTE, free, bonded or held
   * @param afterMicros what it has
   */
  record Balance(int account, long beforeMicros, long afterMicros) {}

  private final Map<String, Object> facts = new LinkedHashMap<>();
  private final List<JobView> jobs = new ArrayList<>();
  private final List<Refused> refusals = new ArrayList<>();
  private final Map<String, Balance> balances = new LinkedHashMap<>();

  void network(String gateway, String genesisHash, long seed) {
    facts.put("seed", seed);
    facts.put("gateway", gateway);
    facts.put("genesisHash", genesisHash);
  }

  void job(JobView job) {
    jobs.add(job);
  }

  void refused(String attempt, int number, String name) {
    refusals.add(new Refused(attempt, number, name));
  }

  void balance(String name, Balance balance) {
    balances.put(name, balance);
  }

  void end(Checks checks, String stateHash, long seq) {
    facts.put("jobs", jobs);
    facts.put("refusals", refusals);
    facts.put("balances", balances);
    facts.put("checks", checks.all());
    facts.put("stateHash", stateHash);
    facts.put("seq", seq);
    facts.put("holds", checks.failed() == 0);
  }

  String json() {
    return JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build()
            .writeValueAsString(facts)
        + "\n";
  }
}

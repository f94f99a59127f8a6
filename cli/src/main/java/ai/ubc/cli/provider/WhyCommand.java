package ai.ubc.cli.provider;

import ai.ubc.api.JobView;
import ai.ubc.cli.client.Answer;
import ai.ubc.sdk.Read;
import ai.ubc.sdk.Session;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.UbcException;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Explains a job to a provider. */
@Command(
    name = "why",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Say why a job went as it did for your provider: won or lost, paid or not, slashed or not.",
      "It goes by what the ledger holds; of a lost job also by your offers and your bond as they stood at that moment."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  ubc provider why 1"})
public final class WhyCommand extends OwnProvider {
  @Parameters(paramLabel = "JOB", description = "The job's number.")
  private long job;

  @Override
  Answer answer(UbcClient client, Session provider) throws UbcException, InterruptedException {
    Read<JobView> view = client.job(job, 0);
    WhyMapper why = WhyMapper.of(client, view, provider.account());
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("account", provider.account());
    facts.put("part", why.part());
    facts.put("why", why.lines());
    facts.put("job", view.value());
    return Answer.done(
        facts,
        out -> {
          out.println("job " + job);
          why.lines().forEach(line -> out.println("  " + line));
        });
  }
}

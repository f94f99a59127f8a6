package ai.ubc.cli.job;

import ai.ubc.cli.command.CommandFailure;
import ai.ubc.sdk.Session;
import ai.ubc.sdk.UbcException;
import ai.ubc.sdk.job.JobOrder;
import ai.ubc.sdk.job.WaitTerms;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Orders for the jobs of a map.
 *
 * @param session who buys
 * @param launch what every item runs; {@code {}} in an argument stands for the file's name
 * @param input variables and directory of every item
 * @param validators validators to draw; 0 without a check
 * @param terms how each goes to the market; another run of the map may choose otherwise
 */
record MapOrders(
    Session session, Launch launch, InputOptions input, int validators, MarketTerms terms) {
  /** The order of a job. */
  JobOrder order(MapPlan.Batch batch) throws CommandFailure, UbcException, InterruptedException {
    JobOrder.Builder order =
        terms.applyTo(JobOrder.of(launch.module(), batch.maxCostMicros()).quorum(validators));
    for (Path file : batch.files()) {
      String name = String.valueOf(file.getFileName());
      order.item(
          new JobOrder.Run(
              launch.args().stream().map(arg -> arg.equals("{}") ? name : arg).toList(),
              input.env(),
              Optional.of(file)));
    }
    input.directory().ifPresent(order::input);
    WaitTerms.Ask ask =
        new WaitTerms.Ask(
            session.account(),
            validators,
            batch.maxCostMicros(),
            OptionalLong.empty(),
            terms.limitPriceMicros());
    OrderMapper.mostUnits(session.client(), ask).ifPresent(order::maxUnits);
    return order.build();
  }
}

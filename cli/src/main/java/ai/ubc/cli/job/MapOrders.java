package ai.ubc.cli.job;

import ai.ubc.cli.command.CommandFailure;
import ai.ubc.sdk.Session;
import ai.ubc.sdk.UbcException;
import ai.ubc.sdk.job.JobOrder;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Orders for the jobs of a map.
 *
 * @param session who buys
 * @param launch what every item runs; {@code {}} in an argument stands for the file's name
 * @param input variables and directory of every item
 * @param validators validators to draw; 0 without a check
 */
record MapOrders(Session session, Launch launch, InputOptions input, int validators) {
  /** The order of a job. */
  JobOrder order(MapPlan.Batch batch) throws CommandFailure, UbcException, InterruptedException {
    JobOrder.Builder order = JobOrder.of(launch.module(), batch.maxCostMicros()).quorum(validators);
    for (Path file : batch.files()) {
      String name = String.valueOf(file.getFileName());
      order.item(
          new JobOrder.Run(
              launch.args().stream().map(arg -> arg.equals("{}") ? name : arg).toList(),
              input.env(),
              Optional.of(file)));
    }
    input.directory().ifPresent(order::input);
    OrderMapper.mostUnits(session.client(), session.account(), batch.maxCostMicros(), validators)
        .ifPresent(order::maxUnits);
    return order.build();
  }
}

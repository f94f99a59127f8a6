package ai.ubc.gateway.http;

import ai.ubc.api.JobPage;
import ai.ubc.api.JobView;
import ai.ubc.gateway.database.JobReads;
import ai.ubc.gateway.problem.ProblemCode;
import ai.ubc.gateway.problem.RequestFailure;
import ai.ubc.gateway.projection.JobStates;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Jobs. */
@RestController
class JobController {
  private final Supplier<Cores> cores;

  JobController(Supplier<Cores> cores) {
    this.cores = cores;
  }

  @Operation(operationId = "job", summary = "Everything about a job")
  @GetMapping(path = "/v1/jobs/{job}", produces = MediaType.APPLICATION_JSON_VALUE)
  JobView job(
      @PathVariable long job,
      @RequestParam(defaultValue = "0") long after,
      HttpServletResponse response) {
    return Reads.read(
            cores.get(), response, after, Reads.JOBS, connection -> JobReads.job(connection, job))
        .orElseThrow(() -> Refusals.unknownJob(job));
  }

  @Operation(operationId = "jobs", summary = "Jobs, newest first")
  @GetMapping(path = "/v1/jobs", produces = MediaType.APPLICATION_JSON_VALUE)
  JobPage jobs(
      @Parameter(description = "as requester, provider or drawn validator") @RequestParam
          Optional<Integer> account,
      @Parameter(description = "a state, or OPEN for all but CLOSED") @RequestParam
          Optional<String> state,
      @RequestParam(defaultValue = "20") int limit,
      @Parameter(description = "from the last page") @RequestParam Optional<Long> before,
      @RequestParam(defaultValue = "0") long after,
      HttpServletResponse response) {
    requireState(state);
    int pageMax = cores.get().limits().jobsPageMax();
    if (limit < 1 || limit > pageMax) {
      throw RequestFailure.of(
          ProblemCode.INVALID_REQUEST, "limit must be 1 to " + pageMax + ", not " + limit + ".");
    }
    JobReads.Filter filter =
        new JobReads.Filter(account, state, before.orElse(Long.MAX_VALUE), limit + 1);
    return Reads.read(
        cores.get(),
        response,
        after,
        Reads.JOBS,
        connection -> {
          List<Long> found = JobReads.numbers(connection, filter);
          List<Long> page = found.subList(0, Math.min(limit, found.size()));
          return new JobPage(
              JobReads.jobs(connection, page), found.size() > limit ? page.getLast() : null);
        });
  }

  private static void requireState(Optional<String> state) {
    if (state.isPresent()
        && !state.get().equals("OPEN")
        && !JobStates.names().contains(state.get())) {
      throw RequestFailure.of(
          ProblemCode.INVALID_REQUEST,
          "state must be OPEN or one of " + new TreeSet<>(JobStates.names()) + ".");
    }
  }
}

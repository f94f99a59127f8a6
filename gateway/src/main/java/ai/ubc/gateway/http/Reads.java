package ai.ubc.gateway.http;

import ai.ubc.gateway.database.Database;
import ai.ubc.gateway.problem.RequestFailure;
import ai.ubc.gateway.projection.Projection;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;

/** A read of the projections as an answer with its position. */
final class Reads {
  /** Names the position at which an answer stands. */
  static final String SEQ_HEADER = "UBC-Seq";

  static final Set<Projection> ACCOUNTS = Set.of(Projection.ACCOUNTS);
  static final Set<Projection> JOBS = Set.of(Projection.JOBS);
  static final Set<Projection> MARKET = Set.of(Projection.MARKET);
  static final Set<Projection> ACCOUNTS_AND_JOBS = Set.of(Projection.ACCOUNTS, Projection.JOBS);
  static final Set<Projection> ACCOUNTS_AND_STANDINGS =
      Set.of(Projection.ACCOUNTS, Projection.STANDINGS);
  static final Set<Projection> ACCOUNTS_AND_MARKET = Set.of(Projection.ACCOUNTS, Projection.MARKET);

  private Reads() {}

  /**
   * Reads in one snapshot and says on the response where it stands.
   *
   * @param after position to wait for; 0 for none
   * @throws RequestFailure {@code BEHIND} or {@code STORE_UNAVAILABLE}
   */
  static <T> T read(
      Cores cores,
      HttpServletResponse response,
      long after,
      Set<Projection> projections,
      Database.Query<T> query) {
    Database.Read<T> read =
        cores.database().read(after, cores.limits().readWait(), projections, query);
    response.setHeader(SEQ_HEADER, Long.toString(read.seq()));
    response.setHeader("Cache-Control", "no-store");
    return read.value();
  }
}

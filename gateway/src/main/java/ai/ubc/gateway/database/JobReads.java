package ai.ubc.gateway.database;

import ai.ubc.api.JobView;
import ai.ubc.api.WorkView;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads of the projection "jobs". */
public final class JobReads {
  private static final String JOBS =
      "select job.*, job.ending as j_ending, c.seq as c_seq, c.salted_result, c.items_root,"
          + " r.seq as r_seq, r.result_root, r.units as r_units, r.salt, r.body,"
          + " g.seq as g_seq, g.ending as g_ending, g.units as g_units, g.agreed_micros, g.drawn_micros,"
          + " s.seq as s_seq, s.pay_micros, s.fee_micros, s.burned_micros, s.checking_micros"
          + " from job left join job_commitment c using (job) left join job_result r using (job)"
          + " left join job_judgement g using (job) left join job_settlement s using (job)"
          + " where job = any(?) order by job desc";

  private static final String WORK =
      "select job, action, deadline_ms, round from ("
          + "select job, 'RUN' as action, deadline_ms, null::integer as round from job"
          + " where provider = ? and state = 'LEASED'"
          + " union all select job, 'REVEAL_SECRET', deadline_ms, null from job"
          + " where requester = ? and state = 'AWAITING_SECRET'"
          + " union all select job, 'OPEN_RESULT', deadline_ms, null from job"
          + " where provider = ? and state in ('OPENING', 'AWAITING_RESULT')"
          + " and not exists (select 1 from job_result r where r.job = job.job)"
          + " union all select j.job, case j.state when 'SEALING' then 'SEAL_VERDICT'"
          + " else 'OPEN_VERDICT' end, j.deadline_ms, v.round"
          + " from job_validator v join job j on j.job = v.job where v.validator = ?"
          + " and (j.state = 'SEALING' and v.seal is null"
          + " or j.state = 'OPENING' and v.seal is not null and v.verdict is null)"
          + " and v.round = (select max(m.round) from job_round m where m.job = j.job)"
          + ") duty where deadline_ms > ? order by deadline_ms, job limit ?";

  private static final int DUTIES_MAX = 256;

  private JobReads() {}

  /**
   * Which jobs to list.
   *
   * @param account party or drawn validator; empty for any
   * @param state a state, {@code OPEN} for all but {@code CLOSED}; empty for any
   * @param before jobs with smaller numbers only
   * @param limit the most jobs
   */
  public record Filter(Optional<Integer> account, Optional<String> state, long before, int limit) {}

  /** One job. */
  public static Optional<JobView> job(Connection connection, long job) throws SQLException {
    return jobs(connection, List.of(job)).stream().findFirst();
  }

  /** Numbers of the jobs that pass the filter, newest first. */
  public static List<Long> numbers(Connection connection, Filter filter) throws SQLException {
    if (filter.account().isEmpty()) {
      List<Object> parameters = new ArrayList<>();
      String sql = newest("from job j where true", List.of(), filter, parameters);
      return Sql.list(connection, sql, row -> row.getLong(1), parameters.toArray());
    }
    // One way of being concerned at a time, so that each is a short walk along its own index.
    List<Object> account = List.of(filter.account().get());
    List<Object> parameters = new ArrayList<>();
    String sql =
        "select job from (("
            + newest("from job j where requester = ?", account, filter, parameters)
            + ") union ("
            + newest("from job j where provider = ?", account, filter, parameters)
            + ") union ("
            + newest(
                "from job j where job in (select v.job from job_validator v where v.validator = ?)",
                account,
                filter,
                parameters)
            + ")) found order by job desc limit ?";
    parameters.add(filter.limit());
    return Sql.list(connection, sql, row -> row.getLong(1), parameters.toArray());
  }

  private static String newest(
      String from, List<Object> values, Filter filter, List<Object> parameters) {
    parameters.addAll(values);
    parameters.add(filter.before());
    StringBuilder sql = new StringBuilder("select job ").append(from).append(" and job < ?");
    if (filter.state().isPresent()) {
      boolean open = filter.state().get().equals("OPEN");
      sql.append(open ? " and state <> 'CLOSED'" : " and state = ?");
      if (!open) {
        parameters.add(filter.state().get());
      }
    }
    parameters.add(filter.limit());
    return sql.append(" order by job desc limit ?").toString();
  }

  /** The jobs with these numbers, newest first. */
  public static List<JobView> jobs(Connection connection, List<Long> numbers) throws SQLException {
    if (numbers.isEmpty()) {
      return List.of();
    }
    Array keys = connection.createArrayOf("bigint", numbers.toArray());
    Map<Long, List<JobView.Round>> rounds = rounds(connection, keys);
    Map<Long, List<JobView.StateChange>> history = history(connection, keys);
    Map<Long, List<JobView.Posting>> postings = postings(connection, keys);
    return Sql.list(
        connection,
        JOBS,
        row -> {
          long job = row.getLong("job");
          return view(
              row,
              rounds.getOrDefault(job, List.of()),
              history.getOrDefault(job, List.of()),
              postings.getOrDefault(job, List.of()));
        },
        keys);
  }

  private static JobView view(
      ResultSet row,
      List<JobView.Round> rounds,
      List<JobView.StateChange> history,
      List<JobView.Posting> postings)
      throws SQLException {
    return new JobView(
        row.getLong("job"),
        (Long) row.getObject("lease"),
        row.getString("state"),
        row.getLong("deadline_ms"),
        row.getInt("requester"),
        present(row, "provider") ? row.getInt("provider") : null,
        row.getString("program"),
        row.getString("input"),
        row.getString("secret_hash"),
        row.getInt("items"),
        row.getString("tier"),
        row.getInt("validators"),
        row.getString("input_policy"),
        row.getLong("max_units"),
        (Long) row.getObject("price_micros"),
        present(row, "lease") ? held(row) : null,
        present(row, "limit_price_micros") ? queued(row, history) : null,
        row.getLong("submitted_seq"),
        row.getLong("submitted_ms"),
        row.getLong("updated_seq"),
        present(row, "c_seq") ? commitment(row) : null,
        row.getString("secret"),
        rounds,
        present(row, "r_seq") ? result(row) : null,
        present(row, "g_seq") ? judgement(row) : null,
        present(row, "s_seq") ? settlement(row) : null,
        row.getString("j_ending"),
        history,
        postings);
  }

  private static boolean present(ResultSet row, String column) throws SQLException {
    return row.getObject(column) != null;
  }

  private static JobView.Held held(ResultSet row) throws SQLException {
    return new JobView.Held(
        row.getLong("price_held_micros"),
        row.getLong("fee_held_micros"),
        row.getLong("checking_held_micros"),
        row.getLong("deposit_held_micros"),
        row.getLong("provider_bond_micros"));
  }

  private static JobView.Queued queued(ResultSet row, List<JobView.StateChange> history)
      throws SQLException {
    long untilMs =
        history.stream()
            .filter(change -> change.state().equals(JobView.WAITING))
            .mapToLong(JobView.StateChange::deadlineMs)
            .findFirst()
            .orElse(0);
    return new JobView.Queued(
        row.getLong("limit_price_micros"), row.getLong("order_held_micros"), untilMs);
  }

  private static JobView.Commitment commitment(ResultSet row) throws SQLException {
    return new JobView.Commitment(
        row.getLong("c_seq"), row.getString("salted_result"), row.getString("items_root"));
  }

  private static JobView.Result result(ResultSet row) throws SQLException {
    return new JobView.Result(
        row.getLong("r_seq"),
        row.getString("result_root"),
        row.getLong("r_units"),
        row.getString("salt"),
        row.getString("body"));
  }

  private static JobView.Judgement judgement(ResultSet row) throws SQLException {
    return new JobView.Judgement(
        row.getLong("g_seq"),
        row.getString("g_ending"),
        row.getLong("g_units"),
        row.getLong("agreed_micros"),
        row.getLong("drawn_micros"));
  }

  private static JobView.Settlement settlement(ResultSet row) throws SQLException {
    return new JobView.Settlement(
        row.getLong("s_seq"),
        row.getLong("pay_micros"),
        row.getLong("fee_micros"),
        row.getLong("burned_micros"),
        row.getLong("checking_micros"));
  }

  private record OfJob<T>(long job, T value) {}

  private static <T> Map<Long, List<T>> byJob(List<OfJob<T>> rows) {
    Map<Long, List<T>> map = new HashMap<>();
    rows.forEach(row -> map.computeIfAbsent(row.job(), _ -> new ArrayList<>()).add(row.value()));
    return map;
  }

  private static Map<Long, List<JobView.Round>> rounds(Connection connection, Array keys)
      throws SQLException {
    record Key(long job, int round) {}
    Map<Key, List<JobView.Drawn>> drawn = new HashMap<>();
    Sql.list(
        connection,
        "select job, round, validator, weight_micros, seal, verdict, result_root, units"
            + " from job_validator where job = any(?) order by job, round, place",
        row ->
            drawn
                .computeIfAbsent(new Key(row.getLong(1), row.getInt(2)), _ -> new ArrayList<>())
                .add(
                    new JobView.Drawn(
                        row.getInt(3),
                        row.getLong(4),
                        row.getString(5),
                        row.getString(6),
                        row.getString(7),
                        (Long) row.getObject(8))),
        keys);
    return byJob(
        Sql.list(
            connection,
            "select job, round, seed, secret_known from job_round where job = any(?)"
                + " order by job, round",
            row ->
                new OfJob<>(
                    row.getLong(1),
                    new JobView.Round(
                        row.getInt(2),
                        row.getString(3),
                        row.getBoolean(4),
                        drawn.getOrDefault(new Key(row.getLong(1), row.getInt(2)), List.of()))),
            keys));
  }

  private static Map<Long, List<JobView.StateChange>> history(Connection connection, Array keys)
      throws SQLException {
    return byJob(
        Sql.list(
            connection,
            "select job, seq, log_time_ms, state, deadline_ms from job_state_change"
                + " where job = any(?) order by job, seq, place",
            row ->
                new OfJob<>(
                    row.getLong(1),
                    new JobView.StateChange(
                        row.getLong(2), row.getLong(3), row.getString(4), row.getLong(5))),
            keys));
  }

  private static Map<Long, List<JobView.Posting>> postings(Connection connection, Array keys)
      throws SQLException {
    return byJob(
        Sql.list(
            connection,
            "select job, seq, asset, amount_micros, from_kind, from_id, to_kind, to_id, cause"
                + " from job_posting where job = any(?) order by job, seq, place",
            row ->
                new OfJob<>(
                    row.getLong(1),
                    new JobView.Posting(
                        row.getLong(2),
                        row.getInt(3),
                        row.getLong(4),
                        row.getString(5),
                        row.getLong(6),
                        row.getString(7),
                        row.getLong(8),
                        row.getString(9))),
            keys));
  }

  private record Found(long job, String action, long deadlineMs, @Nullable Integer round) {}

  /** What an account has to do at log time {@code nowMs}, most urgent first. */
  public static WorkView work(Connection connection, int account, long nowMs) throws SQLException {
    List<Found> found =
        Sql.list(
            connection,
            WORK,
            row ->
                new Found(
                    row.getLong(1), row.getString(2), row.getLong(3), (Integer) row.getObject(4)),
            account,
            account,
            account,
            account,
            nowMs,
            DUTIES_MAX);
    Map<Long, JobView> jobs = new HashMap<>();
    jobs(connection, found.stream().map(Found::job).distinct().toList())
        .forEach(job -> jobs.put(job.job(), job));
    Function<Found, WorkView.Duty> duty =
        f ->
            new WorkView.Duty(
                f.action(),
                f.deadlineMs(),
                f.round(),
                java.util.Objects.requireNonNull(jobs.get(f.job())));
    return new WorkView(account, nowMs, found.stream().map(duty).toList());
  }

  /** Parties and drawn validators of a job. */
  public static List<Integer> concerned(Connection connection, long job) throws SQLException {
    return Sql.list(
        connection,
        "select requester from job where job = ?"
            + " union select provider from job where job = ? and provider is not null union select validator from job_validator where job = ?",
        row -> row.getInt(1),
        job,
        job,
        job);
  }

  /** The parties and drawn validators of a job whose input is not public; none of one that is. */
  public static List<Integer> notPublic(Connection connection, long job) throws SQLException {
    boolean isOpenToAll =
        Sql.one(
                connection,
                "select input_policy from job where job = ?",
                row -> row.getString(1),
                job)
            .filter("PUBLIC"::equals)
            .isPresent();
    return isOpenToAll ? List.of() : concerned(connection, job);
  }

  /**
   * Who may read a body by the jobs that name it.
   *
   * @param inputPolicy the job's policy
   * @param isParty whether the account is requester or provider
   * @param isDrawn whether the account was drawn
   */
  public record BodyUse(String inputPolicy, boolean isParty, boolean isDrawn) {}

  /**
   * Who opens a job's result.
   *
   * @param provider the job's provider; 0 while it has none
   * @param isCommitted whether a result was committed to, and the job is not judged yet
   * @param input the name of its input
   */
  public record Opener(int provider, boolean isCommitted, String input) {}

  /** Who opens a job's result; empty when there is no such job. */
  public static Optional<Opener> opener(Connection connection, long job) throws SQLException {
    return Sql.list(
            connection,
            "select provider, provider is not null and state not in ('WAITING', 'LEASED', 'HELD',"
                + " 'CLOSED'), input from job where job = ?",
            row -> new Opener(row.getInt(1), row.getBoolean(2), row.getString(3)),
            job)
        .stream()
        .findFirst();
  }

  /**
   * How a job concerns two accounts that exchange its key.
   *
   * @param isParty whether the sender is requester or provider
   * @param isDrawn whether the reader was drawn
   * @param isOpen whether the job is open
   */
  public record KeyUse(boolean isParty, boolean isDrawn, boolean isOpen) {}

  /** How a job concerns two accounts that exchange its key; empty when there is no such job. */
  public static Optional<KeyUse> keyUse(Connection connection, long job, int sender, int reader)
      throws SQLException {
    return Sql.one(
        connection,
        "select requester = ? or provider = ?, exists (select 1 from job_validator v where v.job ="
            + " job.job and v.validator = ?), state <> 'CLOSED' from job where job = ?",
        row -> new KeyUse(row.getBoolean(1), row.getBoolean(2), row.getBoolean(3)),
        sender,
        sender,
        reader,
        job);
  }

  /** The name of a job's input; empty when there is no such job. */
  public static Optional<String> input(Connection connection, long job) throws SQLException {
    return Sql.one(connection, "select input from job where job = ?", row -> row.getString(1), job);
  }

  /**
   * Log time at which the last job that names a body was closed, milliseconds: 0 when none names
   * it, the greatest number while one is open.
   */
  public static long neededUntilMs(Connection connection, String body) throws SQLException {
    return Sql.list(
            connection,
            "select coalesce(max(case when state <> 'CLOSED' then 9223372036854775807 else"
                + " (select max(log_time_ms) from job_state_change c where c.job = job.job) end), 0)"
                + " from job where job in (select job from job where program = ? union select job"
                + " from job where input = ? union select job from job_result where body = ?)",
            row -> row.getLong(1),
            body,
            body,
            body)
        .getFirst();
  }

  /** How the jobs that name a body concern an account; 0 for nobody. */
  public static List<BodyUse> bodyUses(Connection connection, String body, int account)
      throws SQLException {
    return Sql.list(
        connection,
        "select distinct input_policy, requester = ? or provider = ?, exists (select 1 from"
            + " job_validator v where v.job = job.job and v.validator = ?) from job where job in ("
            + "select job from job where program = ? union select job from job where input = ?"
            + " union select job from job_result where body = ?)",
        row -> new BodyUse(row.getString(1), row.getBoolean(2), row.getBoolean(3)),
        account,
        account,
        account,
        body,
        body,
        body);
  }
}

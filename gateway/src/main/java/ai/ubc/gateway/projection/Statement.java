package ai.ubc.gateway.projection;

/**
 * The writes that projections make. Within one batch they run in this order: rows are added before
 * they are changed, and two statements never set the same column of a row, so grouping by statement
 * changes nothing.
 */
public enum Statement {
  /** Adds an account. */
  ACCOUNT_ADDED("insert into account (account, owner, registered_seq) values (?, ?, ?)"),
  /** Sets an account's owner; that owners are distinct is checked at the end of the batch. */
  OWNER_SET("update account set owner = ? where account = ?"),
  /** Adds a lock of an escrow. */
  LOCK_ADDED(
      "insert into escrow_lock (lock, job, kind, payer, beneficiary, amount_micros)"
          + " values (?, ?, ?, ?, ?, 0)"),
  /** Names another beneficiary. */
  LOCK_REASSIGNED(
      "update escrow_lock l set beneficiary = v.beneficiary"
          + " from (values (?::bigint, ?::bigint)) v (lock, beneficiary) where l.lock = v.lock"),
  /** Adds to what a lock holds; a sum. */
  LOCK_MOVED(
      "update escrow_lock l set amount_micros = l.amount_micros + v.delta"
          + " from (values (?::bigint, ?::bigint)) v (lock, delta) where l.lock = v.lock"),
  /** Adds to a balance; a sum. */
  BALANCE_MOVED(
      "insert into balance as b (account, kind, asset, amount_micros) values (?, ?, ?, ?)"
          + " on conflict (account, kind, asset)"
          + " do update set amount_micros = b.amount_micros + excluded.amount_micros"),
  /** Adds to what was burned. */
  BURNED(
      "insert into burn as b (asset, cause, amount_micros, burns) values (?, ?, ?, 1)"
          + " on conflict (asset, cause)"
          + " do update set amount_micros = b.amount_micros + excluded.amount_micros,"
          + " burns = b.burns + 1"),
  /** Adds a mandate. */
  MANDATE_ADDED(
      "insert into mandate (mandate, account, key, amount_micros, spent_micros, expires_ms,"
          + " classes, revoked, granted_seq) values (?, ?, ?, ?, 0, ?, ?, false, ?)"),
  /** Adds to whom a mandate's key may pay. */
  PAYEE_ADDED("insert into mandate_payee (mandate, payee, seq) values (?, ?, ?)"),
  /** Sets what is spent of a mandate. */
  MANDATE_SPENT_SET(
      "update mandate m set spent_micros = v.spent"
          + " from (values (?::bigint, ?::bigint)) v (mandate, spent)"
          + " where m.mandate = v.mandate"),
  /** Ends a mandate. */
  MANDATE_REVOKED("update mandate set revoked = true where mandate = ?"),
  /** Sets the version of the rules. */
  RULES_SET("update network set rules_version = ?"),
  /** Adds an outage; a sum. */
  OUTAGE_ADDED("update network set outages_ms = outages_ms + ?"),
  /**
   * Notes a command's outcome. A refusal at admission (numbers 1 to 19) is not remembered by the
   * ledger, so a later run of the same command counts instead.
   */
  COMMAND_NOTED(
      "insert into command as c (hash, seq, code) values (?, ?, ?)"
          + " on conflict (hash) do update set seq = excluded.seq, code = excluded.code"
          + " where c.code between 1 and 19"),

  /** Adds a job that waits for an offer. */
  JOB_QUEUED(
      "insert into job (job, state, deadline_ms, requester, program, input, secret_hash, items,"
          + " tier, validators, input_policy, max_units, limit_price_micros, order_held_micros,"
          + " submitted_seq, submitted_ms, updated_seq)"
          + " values (?, '', 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)"),
  /** Adds a job with its lease, or gives the lease to one that has waited for it. */
  JOB_ADDED(
      "insert into job (job, lease, state, deadline_ms, requester, provider, program, input,"
          + " secret_hash, items, tier, validators, input_policy, max_units, price_micros,"
          + " price_held_micros, fee_held_micros, checking_held_micros, deposit_held_micros,"
          + " provider_bond_micros, submitted_seq, submitted_ms, updated_seq)"
          + " values (?, ?, '', 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)"
          + " on conflict (job) do update set lease = excluded.lease, provider = excluded.provider,"
          + " price_micros = excluded.price_micros, price_held_micros = excluded.price_held_micros,"
          + " fee_held_micros = excluded.fee_held_micros,"
          + " checking_held_micros = excluded.checking_held_micros,"
          + " deposit_held_micros = excluded.deposit_held_micros,"
          + " provider_bond_micros = excluded.provider_bond_micros"),
  /** Sets a job's state and deadline. */
  JOB_STATE_SET(
      "update job j set state = v.state, deadline_ms = v.deadline"
          + " from (values (?::bigint, ?, ?::bigint)) v (job, state, deadline)"
          + " where j.job = v.job"),
  /** Sets how a job has ended. */
  JOB_ENDED(
      "update job j set ending = v.ending"
          + " from (values (?::bigint, ?)) v (job, ending) where j.job = v.job"),
  /** Sets the requester's secret. */
  JOB_SECRET_SET(
      "update job j set secret = v.secret"
          + " from (values (?::bigint, ?)) v (job, secret) where j.job = v.job"),
  /** Sets the last entry that changed a job. */
  JOB_TOUCHED(
      "update job j set updated_seq = v.seq"
          + " from (values (?::bigint, ?::bigint)) v (job, seq) where j.job = v.job"),
  /** Adds a commitment. */
  COMMITMENT_ADDED(
      "insert into job_commitment (job, seq, salted_result, items_root) values (?, ?, ?, ?)"),
  /** Adds an opened result. */
  RESULT_ADDED(
      "insert into job_result (job, seq, result_root, units, salt, body)"
          + " values (?, ?, ?, ?, ?, ?)"),
  /** Adds a judgement. */
  JUDGEMENT_ADDED(
      "insert into job_judgement (job, seq, ending, units, agreed_micros, drawn_micros)"
          + " values (?, ?, ?, ?, ?, ?)"),
  /** Adds a settlement. */
  SETTLEMENT_ADDED(
      "insert into job_settlement (job, seq, pay_micros, fee_micros, burned_micros,"
          + " checking_micros) values (?, ?, ?, ?, ?, ?)"),
  /** Adds a round. */
  ROUND_ADDED("insert into job_round (job, round, seed, secret_known) values (?, ?, ?, ?)"),
  /** Adds a drawn validator. */
  VALIDATOR_ADDED(
      "insert into job_validator (job, round, validator, place, weight_micros)"
          + " values (?, ?, ?, ?, ?)"),
  /** Sets a validator's seal. */
  SEAL_SET(
      "update job_validator j set seal = v.seal"
          + " from (values (?::bigint, ?::integer, ?::bigint, ?)) v (job, round, validator, seal)"
          + " where j.job = v.job and j.round = v.round and j.validator = v.validator"),
  /** Sets a validator's opened verdict. */
  VERDICT_SET(
      "update job_validator j set verdict = v.verdict, result_root = v.root, units = v.units"
          + " from (values (?::bigint, ?::integer, ?::bigint, ?, ?, ?::bigint))"
          + " v (job, round, validator, verdict, root, units)"
          + " where j.job = v.job and j.round = v.round and j.validator = v.validator"),
  /** Adds a change of state to a job's history. */
  STATE_CHANGE_ADDED(
      "insert into job_state_change (job, seq, place, log_time_ms, state, deadline_ms)"
          + " values (?, ?, ?, ?, ?, ?)"),
  /** Adds a movement of a job's money. */
  POSTING_ADDED(
      "insert into job_posting (job, seq, place, asset, amount_micros, from_kind, from_id,"
          + " to_kind, to_id, cause) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),

  /** Adds an offer. */
  OFFER_ADDED(
      "insert into offer (number, account, resource_class, price_micros, quantity_units,"
          + " remaining_units, placed_seq, open) values (?, ?, ?, ?, ?, ?, ?, true)"),
  /** Sets what is left of an offer, and whether it is open. */
  OFFER_SET(
      "update offer o set remaining_units = v.remaining, open = v.open"
          + " from (values (?::bigint, ?::bigint, ?::boolean)) v (number, remaining, open)"
          + " where o.number = v.number"),

  /** Adds what a job that waits asks for. */
  BID_ADDED(
      "insert into bid (job, resource_class, limit_price_micros, units, open)"
          + " values (?, ?, ?, ?, true)"),
  /** Takes a job that waits no more off the book. */
  BID_CLOSED("update bid set open = false where job = ?"),
  /** Sets the lease that was given last. */
  LAST_LEASE_SET(
      "insert into last_lease (resource_class, lease, price_micros) values (?, ?, ?)"
          + " on conflict (resource_class)"
          + " do update set lease = excluded.lease, price_micros = excluded.price_micros"),

  /** Keeps a record of the log. */
  RECORD_ADDED("insert into record (seq, log_time_ms, entry, events) values (?, ?, ?, ?)"),
  /** Names what a record is asked for by. */
  RECORD_NAMED("insert into record_key (kind, id, seq) values (?, ?, ?)"),
  /** Names whom the mandate in a record is for. */
  RECORD_GRANTED("insert into record_grant (account, key, seq) values (?, ?, ?)"),

  /** Adds to a free validator bond; a sum. */
  DRAW_BOND_MOVED(
      "insert into draw_bond as b (account, bond_micros) values (?, ?)"
          + " on conflict (account) do update set bond_micros = b.bond_micros + excluded.bond_micros"),
  /** Adds a job that validators are drawn for. */
  DRAW_JOB_ADDED(
      "insert into draw_job (job, requester, provider, duty_bond_micros) values (?, ?, ?, ?)"),
  /** Adds who was drawn for a job. */
  DRAW_PICK_ADDED("insert into draw_pick (job, validator) values (?, ?)"),
  /** Adds who could be drawn in a round. */
  DRAW_POOL_ADDED("insert into draw_pool (job, round, eligible) values (?, ?, ?)"),
  /** Forgets a job that nobody is drawn for any more, with who was. */
  DRAW_JOB_CLOSED("delete from draw_job where job = ?"),
  /** Notes that an offer stands from an entry on. */
  STANDING_PLACED(
      "insert into standing_offer (number, account, price_micros, quantity_units, placed_seq)"
          + " values (?, ?, ?, ?, ?)"),
  /** Notes what is left of an offer from an entry on; the last of an entry counts. */
  STANDING_FILLED(
      "insert into standing_fill (number, seq, remaining_units) values (?, ?, ?)"
          + " on conflict (number, seq) do update set remaining_units = excluded.remaining_units"),
  /** Notes that an offer does not stand from an entry on. */
  STANDING_ENDED("update standing_offer set ended_seq = ? where number = ?"),
  /** Adds to an account's free provider bond from an entry on. */
  STANDING_BONDED(
      "insert into standing_bond (account, seq, bond_micros) values (?, ?,"
          + " coalesce((select bond_micros from standing_bond where account = ?"
          + " order by seq desc limit 1), 0) + ?)"
          + " on conflict (account, seq) do update set bond_micros = excluded.bond_micros");

  private final String sql;

  Statement(String sql) {
    this.sql = sql;
  }

  /** The statement with its parameters as question marks. */
  public String sql() {
    return sql;
  }

  /** Whether the last parameter is added to a row known by the others. */
  boolean isSum() {
    return this == LOCK_MOVED
        || this == BALANCE_MOVED
        || this == OUTAGE_ADDED
        || this == DRAW_BOND_MOVED;
  }
}

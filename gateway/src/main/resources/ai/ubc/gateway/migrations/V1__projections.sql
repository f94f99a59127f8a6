-- Three projections of the journal. Each row is derived from events; nothing here is the only copy of anything.
-- A projection's rows and its position are written in one transaction.

create table projection (
  name text primary key,
  seq bigint not null,
  genesis_hash text not null
);

create table asset (
  asset smallint primary key,
  symbol text not null,
  decimals smallint not null
);
insert into asset values (1, 'UBC', 6), (2, 'COMPUTE', 6);

-- Projection "accounts".

create table network (
  one boolean primary key default true check (one),
  rules_version integer not null,
  outages_ms bigint not null
);
insert into network values (true, 0, 0);

create table account (
  account bigint primary key,
  owner text not null unique,
  registered_seq bigint not null
);

-- Free balances and bonds; holder kinds are the ledger's names.
create table balance (
  account bigint not null,
  kind text not null,
  asset smallint not null,
  amount_micros bigint not null,
  primary key (account, kind, asset)
);
create index balance_bonds on balance (kind, account) where kind <> 'FREE';

create table escrow_lock (
  lock bigint primary key,
  job bigint not null,
  kind text not null,
  payer bigint not null,
  beneficiary bigint not null,
  amount_micros bigint not null
);
create index lock_payer on escrow_lock (payer) where amount_micros > 0;
create index lock_beneficiary on escrow_lock (beneficiary) where amount_micros > 0;

create table burn (
  asset smallint not null,
  cause text not null,
  amount_micros bigint not null,
  burns bigint not null,
  primary key (asset, cause)
);

create table command (
  hash text primary key,
  seq bigint not null,
  code integer not null
);

-- Projection "jobs".

create table job (
  job bigint primary key,
  lease bigint not null,
  state text not null,
  deadline_ms bigint not null,
  requester bigint not null,
  provider bigint not null,
  program text not null,
  input text not null,
  secret_hash text not null,
  items integer not null,
  tier text not null,
  validators integer not null,
  input_policy text not null,
  max_units bigint not null,
  price_micros bigint not null,
  price_held_micros bigint not null,
  fee_held_micros bigint not null,
  checking_held_micros bigint not null,
  deposit_held_micros bigint not null,
  provider_bond_micros bigint not null,
  submitted_seq bigint not null,
  submitted_ms bigint not null,
  updated_seq bigint not null,
  secret text
);
create index job_requester on job (requester, job);
create index job_provider on job (provider, job);
create index job_state on job (state, job);
create index job_program on job (program);
create index job_input on job (input);

create table job_commitment (
  job bigint primary key,
  seq bigint not null,
  salted_result text not null,
  items_root text not null
);

create table job_result (
  job bigint primary key,
  seq bigint not null,
  result_root text not null,
  units bigint not null,
  salt text not null,
  body text not null
);
create index job_result_body on job_result (body);

create table job_judgement (
  job bigint primary key,
  seq bigint not null,
  ending text not null,
  units bigint not null,
  agreed_micros bigint not null,
  drawn_micros bigint not null
);

create table job_settlement (
  job bigint primary key,
  seq bigint not null,
  pay_micros bigint not null,
  fee_micros bigint not null,
  burned_micros bigint not null,
  checking_micros bigint not null
);

create table job_round (
  job bigint not null,
  round integer not null,
  seed text not null,
  secret_known boolean not null,
  primary key (job, round)
);

create table job_validator (
  job bigint not null,
  round integer not null,
  validator bigint not null,
  place integer not null,
  weight_micros bigint not null,
  seal text,
  verdict text,
  result_root text,
  units bigint,
  primary key (job, round, validator)
);
create index job_validator_account on job_validator (validator, job);

create table job_state_change (
  job bigint not null,
  seq bigint not null,
  place integer not null,
  log_time_ms bigint not null,
  state text not null,
  deadline_ms bigint not null,
  primary key (job, seq, place)
);

create table job_posting (
  job bigint not null,
  seq bigint not null,
  place integer not null,
  asset smallint not null,
  amount_micros bigint not null,
  from_kind text not null,
  from_id bigint not null,
  to_kind text not null,
  to_id bigint not null,
  cause text not null,
  primary key (job, seq, place)
);

-- Projection "market".

create table offer (
  number bigint primary key,
  account bigint not null,
  resource_class text not null,
  price_micros bigint not null,
  quantity_units bigint not null,
  remaining_units bigint not null,
  placed_seq bigint not null,
  open boolean not null
);
create index offer_book on offer (resource_class, price_micros, number) where open;
create index offer_account on offer (account) where open;

-- Projection "draws": who could be drawn in each round of a job, as receipts list them, and what it takes to know that at the next draw.
-- It is a projection of its own so that it begins with the first entry where the others stand further on.

-- Free validator bonds.
create table draw_bond (
  account bigint primary key,
  bond_micros bigint not null
);
-- Open jobs that are checked, and who was drawn for them.
create table draw_job (
  job bigint primary key,
  requester bigint not null,
  provider bigint not null,
  duty_bond_micros bigint not null
);
create table draw_pick (
  job bigint not null references draw_job on delete cascade,
  validator bigint not null,
  primary key (job, validator)
);
-- Account u32 and bond u64 of each who could be drawn, as the ledger hashes them; no row where they are more than a receipt lists.
create table draw_pool (
  job bigint not null,
  round integer not null,
  eligible bytea not null,
  primary key (job, round)
);

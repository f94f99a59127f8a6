-- Part of the projection "jobs": a job may wait for an offer. What it gets with its lease is absent until then, and for ever when it ends before.
alter table job alter column lease drop not null;
alter table job alter column provider drop not null;
alter table job alter column price_micros drop not null;
alter table job alter column price_held_micros drop not null;
alter table job alter column fee_held_micros drop not null;
alter table job alter column checking_held_micros drop not null;
alter table job alter column deposit_held_micros drop not null;
alter table job alter column provider_bond_micros drop not null;
-- Absent for a job that got a lease at once.
alter table job add column limit_price_micros bigint;
alter table job add column order_held_micros bigint;
-- Absent until it is closed.
alter table job add column ending text;
update job set ending = g.ending from job_judgement g where g.job = job.job and job.state = 'CLOSED';

-- Part of the projection "market": what waits for an offer, and the lease that was given last.
create table bid (
  job bigint primary key,
  resource_class text not null,
  limit_price_micros bigint not null,
  units bigint not null,
  open boolean not null
);
create index bid_book on bid (resource_class, limit_price_micros) where open;
create table last_lease (
  resource_class text primary key,
  lease bigint not null,
  price_micros bigint not null
);
insert into last_lease select 'wasi', lease, price_micros from job order by lease desc limit 1;

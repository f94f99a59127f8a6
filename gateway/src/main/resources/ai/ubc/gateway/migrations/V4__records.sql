-- Projection "records": the records of the log that receipts are made of, whole, and what they are asked for by.
-- It is a projection of its own so that it begins with the first entry where the others stand further on.
create table record (
  seq bigint primary key,
  log_time_ms bigint not null,
  entry bytea not null,
  events bytea not null
);
create table record_key (
  kind text not null,
  id bigint not null,
  seq bigint not null,
  primary key (kind, id, seq)
);

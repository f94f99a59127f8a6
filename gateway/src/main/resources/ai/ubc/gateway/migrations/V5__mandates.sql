-- Part of the projection "accounts": what session keys may do, and what they have spent. A mandate that the ledger has forgotten stays here.
create table mandate (
  mandate bigint primary key,
  account bigint not null,
  key text not null,
  amount_micros bigint not null,
  spent_micros bigint not null,
  expires_ms bigint not null,
  classes bigint not null,
  revoked boolean not null,
  granted_seq bigint not null
);
create index mandate_account on mandate (account, mandate);
create table mandate_payee (
  mandate bigint not null,
  payee bigint not null,
  seq bigint not null,
  primary key (mandate, payee)
);

-- Part of the projection "records": the records that gave a key its mandate.
create table record_grant (
  account bigint not null,
  key text not null,
  seq bigint not null,
  primary key (account, key, seq)
);

-- Projection "standings": what providers had on the book and behind it, entry by entry, so that it can be asked for as of any.
-- It is a projection of its own so that it begins with the first entry where the others stand further on.
create table standing_offer (
  number bigint primary key,
  account bigint not null,
  price_micros bigint not null,
  quantity_units bigint not null,
  placed_seq bigint not null,
  ended_seq bigint
);
create index standing_offer_account on standing_offer (account, ended_seq);

-- What is left of an offer from an entry on.
create table standing_fill (
  number bigint not null,
  seq bigint not null,
  remaining_units bigint not null,
  primary key (number, seq)
);

-- An account's free provider bond from an entry on.
create table standing_bond (
  account bigint not null,
  seq bigint not null,
  bond_micros bigint not null,
  primary key (account, seq)
);

-- An account's owner changes, and the address that was one may own another account: within a batch, rows are added before they are changed.
alter table account drop constraint account_owner_key;
alter table account add constraint account_owner_key unique (owner) deferrable initially deferred;

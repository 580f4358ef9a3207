-- Up to which line of the ledger this database goes: one that was set back in time, by whomever, is
-- known by it, and brought to the ledger's end before it serves.
create table ledger_heads (
  only_row boolean primary key default true check (only_row),
  seq bigint not null,
  hash text not null
);
select replicate('ledger_heads');

-- A restored backup must not bring back a consent that was withdrawn since (Art. 7(3) GDPR).
alter table ledger_entries drop constraint ledger_entries_kind_check;
alter table ledger_entries add constraint ledger_entries_kind_check check (kind in (
  'deleted', 'restricted', 'unrestricted', 'objected', 'unobjected', 'suppressed', 'unsuppressed',
  'corrected', 'retained', 'masked', 'withdrawn', 'unwithdrawn'
));

create function note_withdrawal() returns trigger
language plpgsql
as $$
begin
  insert into ledger_entries (tenant_id, kind, table_name, record_ids)
  values (
    new.tenant_id, case when new.withdrawn_at is null then 'unwithdrawn' else 'withdrawn' end,
    'consents', array[new.id]
  );
  return null;
end $$;
create trigger note_withdrawal after update on consents
for each row when ((old.withdrawn_at is null) <> (new.withdrawn_at is null))
execute function note_withdrawal();

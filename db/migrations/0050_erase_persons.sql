-- The erasure of a person (Art. 17 GDPR): its plan, what is left to prove, what stays until when.
create table erasures (
  tenant_id uuid not null,
  item_id uuid not null,
  case_id uuid not null,
  contact_ids uuid[] not null,
  -- Addresses and numbers that the search afterwards looks for; emptied when it is over.
  words jsonb not null default '[]',
  -- Counts by table, and what the law keeps.
  plan jsonb not null,
  -- Bytes in the storage that go once the rows are gone for good.
  objects text[] not null default '{}',
  -- Traces that were found before.
  traces int not null default 0,
  -- Those that the law keeps, restricted, until this day.
  retained_ids uuid[] not null default '{}',
  retained_until date,
  erased_at timestamptz not null,
  finished_at timestamptz,
  primary key (tenant_id, item_id),
  foreign key (tenant_id, item_id) references case_items (tenant_id, id) on delete cascade
);
create index erasures_retained on erasures (tenant_id, retained_until) where retained_until is not null;
select distribute('erasures');
select isolate('erasures');
select keep_out_of_statistics('erasures', 'words');

-- History is only added to; of what is erased stays that something happened, and nothing of whom.
create function erase_history(ids uuid[]) returns void
language sql security definer set search_path = public, pg_temp
as $$
  update changes c
  set reason = '', fields = '[]'
  where c.tenant_id = current_tenant()
    and c.record_id = any (ids)
$$;

-- A day after its end a request that erased a person names nobody either, nor do earlier ones of the
-- same address: the keyed hash and what was decided are the evidence. How many.
create function mask_erased_cases(before timestamptz, bound int) returns int
language plpgsql security definer set search_path = public, pg_temp
as $$
declare
  done record;
  total int := 0;
begin
  for done in
    select c.tenant_id, c.id
    from cases c
    where c.status = 'closed'
      and c.closed_at < before
      and (c.person_name, c.person_email, c.person_address, c.body) is distinct from ('', '', '', '')
      and exists (
        select
        from case_items i
        join cases e on e.tenant_id = i.tenant_id and e.id = i.case_id
        where i.tenant_id = c.tenant_id
          and (i.case_id = c.id or e.person_hash = c.person_hash)
          and i.claimed_right = 'erasure'
          and i.status in ('done', 'partial')
          and i.closed_at < before
      )
    limit least(bound, 1000)
  loop
    update cases c
    set person_name = '', person_email = '', person_address = '', body = ''
    where c.tenant_id = done.tenant_id and c.id = done.id;
    update case_items i set sentence = '', reason = case when i.status = 'refused' then i.reason else '' end
    where i.tenant_id = done.tenant_id and i.case_id = done.id;
    update case_findings f set terms = '{"emails":[],"phones":[],"names":[],"numbers":[]}'
    where f.tenant_id = done.tenant_id and f.case_id = done.id;
    update person_letters l set subject = '', body = ''
    where l.tenant_id = done.tenant_id and l.case_id = done.id and l.sent_at is not null;
    total := total + 1;
  end loop;
  return total;
end $$;

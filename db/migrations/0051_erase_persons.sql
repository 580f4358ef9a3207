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

-- When a request that erased a person is nameless, what was looked for and written goes, too, and so
-- does the name in earlier requests of the same address. How many.
create function mask_erased_cases(bound int) returns int
language plpgsql security definer set search_path = public, pg_temp
as $$
declare
  done record;
  total int := 0;
begin
  for done in
    select c.tenant_id, c.id
    from cases c
    where c.masked_on is not null
      and exists (
        select
        from case_items i
        join cases e on e.tenant_id = i.tenant_id and e.id = i.case_id
        where i.tenant_id = c.tenant_id
          and (i.case_id = c.id or e.person_hash = c.person_hash)
          and e.masked_on is not null
          and i.claimed_right = 'erasure'
          and i.status in ('done', 'partial')
      )
      and (
        (c.person_name, c.person_email, c.person_address) is distinct from ('', '', '')
        or exists (
          select
          from case_findings f
          where f.tenant_id = c.tenant_id and f.case_id = c.id and f.terms <> '{}'
        )
        or exists (
          select
          from person_letters l
          where l.tenant_id = c.tenant_id and l.case_id = c.id and l.sent_at is not null and l.body <> ''
        )
      )
    limit least(bound, 1000)
  loop
    update cases c
    set person_name = '', person_email = '', person_address = ''
    where c.tenant_id = done.tenant_id and c.id = done.id;
    update case_items i
    set sentence = ''
    where i.tenant_id = done.tenant_id and i.case_id = done.id;
    update case_findings f
    set terms = '{}'
    where f.tenant_id = done.tenant_id and f.case_id = done.id;
    update person_letters l
    set body = ''
    where l.tenant_id = done.tenant_id and l.case_id = done.id and l.sent_at is not null;
    total := total + 1;
  end loop;
  return total;
end $$;

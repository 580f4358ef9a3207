-- The day after a case is closed its letter goes; of who was erased the keyed hash alone stays.
alter table cases add column masked_on date;
create index cases_unmasked on cases (closed_at) where status = 'closed' and masked_on is null;

create function mask_cases(day date, bound int) returns int
language plpgsql security definer set search_path = public, pg_temp
as $$
declare
  done record;
  total int := 0;
begin
  for done in
    select c.tenant_id, c.id, exists (
        select
        from case_items i
        where i.tenant_id = c.tenant_id
          and i.case_id = c.id
          and i.claimed_right = 'erasure'
          and i.status in ('done', 'partial')
      ) as erased
    from cases c
    where c.status = 'closed'
      and c.masked_on is null
      and (c.closed_at at time zone 'Europe/Berlin')::date < day
      -- Whoever is still to be written to needs a name and an address.
      and not exists (
        select
        from person_letters l
        where l.tenant_id = c.tenant_id
          and l.case_id = c.id
          and l.sent_at is null
      )
      and not exists (
        select
        from deliveries d
        where d.tenant_id = c.tenant_id
          and d.case_id = c.id
          and d.destroyed_at is null
      )
      and not exists (
        select
        from case_items i
        where i.tenant_id = c.tenant_id
          and i.case_id = c.id
          and i.status = 'refused'
          and not exists (
            select
            from case_events e
            where e.tenant_id = i.tenant_id
              and e.case_id = i.case_id
              and e.item_id = i.id
              and e.action in ('told_refusal', 'written_refusal')
          )
      )
    order by c.closed_at
    limit least(bound, 1000)
  loop
    update cases c
    set body = '', masked_on = day,
      person_name = case when done.erased then '' else c.person_name end,
      person_email = case when done.erased then '' else c.person_email end,
      person_address = case when done.erased then '' else c.person_address end
    where c.tenant_id = done.tenant_id and c.id = done.id;
    if done.erased then
      update case_items i
      set sentence = ''
      where i.tenant_id = done.tenant_id and i.case_id = done.id;
    end if;
    total := total + 1;
  end loop;
  return total;
end $$;

-- Whose requests there are: identifiers, for the checks that go to each in its own Scope.
create function case_controllers(bound int) returns table (tenant_id uuid)
language sql stable security definer set search_path = public, pg_temp
as $$
  select distinct c.tenant_id from cases c limit bound
$$;

-- Certificates of persons whose search found something; names and files that should be gone from
-- closed cases: numbers only.
create function erasures_checked() returns table (certificates int, traces int, named int, files int)
language sql stable security definer set search_path = public, pg_temp
as $$
  select
    (select count(*)::int from certificates where subject = 'person'),
    (
      select count(*)::int
      from certificates
      where subject = 'person'
        and (content -> 'search' ->> 'after')::int > 0
    ),
    (
      select count(*)::int
      from cases c
      where c.masked_on is not null
        and (c.person_name <> '' or c.person_email <> '' or c.person_address <> '' or c.body <> '')
        and exists (
          select
          from case_items i
          where i.tenant_id = c.tenant_id
            and i.case_id = c.id
            and i.claimed_right = 'erasure'
            and i.status in ('done', 'partial')
        )
    ),
    (
      select count(*)::int
      from case_files f
      join cases c on c.tenant_id = f.tenant_id and c.id = f.case_id
      where c.status = 'closed'
    )
$$;

-- Requests to their very end: whom the officer means is said by mail, what is blacked out is chosen
-- before the approval, and at last only counters stay.

-- What remains of cases whose evidence is over: how many rights ended how, by the year of receipt.
create table case_counters (
  tenant_id uuid not null,
  year int not null,
  claimed_right text not null,
  channel text not null,
  outcome text not null,
  in_time boolean not null,
  count int not null check (count > 0),
  primary key (tenant_id, year, claimed_right, channel, outcome, in_time)
);
select distribute('case_counters');
select isolate('case_counters');

-- Where a controller's chain goes on: what lay before were steps of cases that are counted only.
create table case_chains (
  tenant_id uuid not null,
  seq bigint not null check (seq > 0),
  digest bytea not null,
  primary key (tenant_id)
);
select distribute('case_chains');
select isolate('case_chains');

-- With a house they go, as its requests do: a controller is no row of another table.
create function end_counters() returns trigger language plpgsql as $$
begin
  delete from case_counters where tenant_id in (select id from gone);
  delete from case_chains where tenant_id in (select id from gone);
  return null;
end $$;
create trigger end_counters after delete on tenants referencing old table as gone
for each statement execute function end_counters();

-- Takes cases away whose evidence is over: each right is counted, what was said and done goes. A
-- step stays as a bare digest only while an older case still stands before it in the chain.
create or replace function erase_cases(day date, bound int) returns int
language plpgsql security definer set search_path = public, pg_temp
as $$
declare
  gone record;
  controller uuid;
  controllers uuid[] := '{}';
  total int := 0;
begin
  for gone in
    select c.tenant_id, c.id from cases c where c.erase_after < day order by c.erase_after limit least(bound, 1000)
  loop
    insert into case_counters (tenant_id, year, claimed_right, channel, outcome, in_time, count)
    select c.tenant_id, extract(year from c.received_on)::int, i.claimed_right, c.channel, i.status,
      (i.closed_at at time zone 'Europe/Berlin')::date <= c.due_on, 1
    from cases c
    join case_items i on i.tenant_id = c.tenant_id and i.case_id = c.id
    where c.tenant_id = gone.tenant_id and c.id = gone.id and i.closed_at is not null
    on conflict (tenant_id, year, claimed_right, channel, outcome, in_time) do update
    set count = case_counters.count + 1;
    update case_events e
    set reason = '', actor_id = null, item_id = null, action = 'ended', from_status = null,
      to_status = null, actor_kind = 'system', at = date_trunc('year', e.at)
    where e.tenant_id = gone.tenant_id and e.case_id = gone.id;
    delete from cases c where c.tenant_id = gone.tenant_id and c.id = gone.id;
    if not gone.tenant_id = any (controllers) then
      controllers := controllers || gone.tenant_id;
    end if;
    total := total + 1;
  end loop;
  foreach controller in array controllers loop
    insert into case_chains (tenant_id, seq, digest)
    select e.tenant_id, e.seq, e.digest
    from case_events e
    where e.tenant_id = controller
      and e.case_id is null
      and not exists (
        select from case_events k
        where k.tenant_id = controller and k.case_id is not null and k.seq < e.seq
      )
    order by e.seq desc
    limit 1
    on conflict (tenant_id) do update set seq = excluded.seq, digest = excluded.digest;
    delete from case_events e
    using case_chains h
    where h.tenant_id = controller and e.tenant_id = controller and e.seq <= h.seq;
  end loop;
  return total;
end $$;

-- What of others is blacked out in an answer, as somebody chose it in the preview: gone with the
-- answer's making. `offered` is what was proposed then: what turns up later is covered in any case.
create table case_redactions (
  tenant_id uuid not null,
  item_id uuid not null,
  words text[] not null default '{}',
  offered text[] not null default '{}',
  left_out uuid[] not null default '{}',
  chosen_at timestamptz not null,
  chosen_by uuid,
  primary key (tenant_id, item_id),
  foreign key (tenant_id, item_id) references case_items (tenant_id, id) on delete cascade
);
select distribute('case_redactions');
select isolate('case_redactions');
select keep_out_of_statistics('case_redactions', 'words', 'offered');

-- A controller that does not answer is tried again, later each time.
alter table transfers add column attempts int not null default 0;
alter table transfers add column retry_at timestamptz;

-- What a restored backup must not undo: persons reduced to what the law keeps, and masked words.
alter table ledger_entries drop constraint ledger_entries_kind_check;
alter table ledger_entries add constraint ledger_entries_kind_check check (kind in (
  'deleted', 'restricted', 'unrestricted', 'objected', 'unobjected', 'suppressed', 'unsuppressed',
  'corrected', 'retained', 'masked'
));

-- Whether somebody has to say whom an approved request means: names alone, or mentions, were found.
create function case_person_open(controller uuid, of_case uuid) returns boolean
language sql stable
as $$
  select coalesce((
    select f.searched_at is not null
      and f.confirmed_at is null
      and jsonb_array_length(f.candidates) + jsonb_array_length(f.hits) > 0
      and (
        jsonb_array_length(f.candidates) = 0
        or exists (
          select from jsonb_array_elements(f.candidates) as each (one)
          where not one -> 'by' ? 'email'
        )
      )
    from case_findings f
    where f.tenant_id = controller and f.case_id = of_case
  ), false)
$$;

alter table case_letters drop constraint case_letters_kind_check;
alter table case_letters add constraint case_letters_kind_check check (kind in (
  'new', 'decision', 'approval', 'reminder', 'overdue', 'person'
));
alter table case_links drop constraint case_links_action_check;
alter table case_links add constraint case_links_action_check check (action in (
  'approve', 'refuse', 'extend', 'identity', 'identified', 'done', 'person'
));

-- As before; and what was approved but waits for a word on whom it means asks for that word.
create or replace function officer_letters_due(at timestamptz, day date, remind boolean, most int)
returns table (tenant_id uuid, case_id uuid, kind text, occasion text)
language sql stable security definer set search_path = public, pg_temp
as $$
  select d.tenant_id, d.case_id, d.kind, d.occasion
  from (
    select c.tenant_id, c.id as case_id,
      case
        when n.letters = 0 then 'new'
        when bool_or(i.status = 'approval') then 'approval'
        else 'decision'
      end as kind,
      format('%s %s', n.letters, coalesce(string_agg(format('%s.%s', i.id, i.version), ' ' order by i.id), '')) as occasion
    from cases c
    left join case_items i on i.tenant_id = c.tenant_id and i.case_id = c.id and i.closed_at is null
    cross join lateral (
      select count(*) as letters
      from case_letters l
      where l.tenant_id = c.tenant_id
        and l.case_id = c.id
    ) n
    where c.status = 'open'
      -- A letter in which no right was recognised is told once, for the officer to read it.
      and (i.id is not null or n.letters = 0)
      and coalesce(i.status, 'new') not in ('execution', 'proof')
      and (
        i.id is null
        or i.status in ('new', 'identity', 'approval')
        or (
          select e.actor_kind
          from case_events e
          where e.tenant_id = i.tenant_id
            and e.case_id = i.case_id
            and e.item_id = i.id
          order by e.seq desc
          limit 1
        ) not in ('user', 'operator')
      )
      and not exists (
        select
        from case_codes k
        join case_letters l on l.tenant_id = k.tenant_id and l.id = k.letter_id
        where k.tenant_id = i.tenant_id
          and k.item_id = i.id
          and k.state = i.version::text
          and l.expires_at > at
          and (l.failures < 3 or l.created_at > at - interval '1 hour')
      )
    group by c.tenant_id, c.id, n.letters
    union all
    select c.tenant_id, c.id, 'person', format('person %s', f.searched_at)
    from case_findings f
    join cases c on c.tenant_id = f.tenant_id and c.id = f.case_id
    where c.status = 'open'
      and f.confirmed_at is null
      and case_person_open(c.tenant_id, c.id)
      and exists (
        select
        from case_items i
        where i.tenant_id = c.tenant_id
          and i.case_id = c.id
          and i.status = 'execution'
      )
    union all
    select c.tenant_id, c.id,
      case when c.due_on < day then 'overdue' else 'reminder' end,
      case
        when c.due_on < day then format('overdue %s', day)
        else format('reminder %s %s', c.unshifted_on, t.days)
      end
    from cases c
    cross join lateral (
      select min(n) as days
      from unnest(array[1, 3, 7, 14]) as n
      where n >= c.unshifted_on - day
    ) t
    where remind
      and c.status = 'open'
      and c.paused_at is null
      and t.days is not null
      and c.received_on < day
  ) d
  where not exists (
    select
    from case_letters l
    where l.tenant_id = d.tenant_id
      and l.case_id = d.case_id
      and l.occasion = d.occasion
  )
  order by d.case_id, d.kind
  limit least(most, 500)
$$;
create index case_findings_open on case_findings (tenant_id, case_id) where confirmed_at is null;
create index contacts_retained on contacts (tenant_id, restricted_until) where restricted_reason = 'retention';

-- A deputy is written to on the first day of standing in, and the officer on the first day back.
create or replace function officer_letters_due(at timestamp with time zone, day date, remind boolean, most integer)
returns table(tenant_id uuid, case_id uuid, kind text, occasion text)
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
          -- Who is away, or back, leaves the other one's letter to lie: today's decides.
          and l.recipient = coalesce(
            (
              select case
                when o.deputy_email <> '' and day between o.away_from and o.away_until then 'deputy'
                else 'officer'
              end
              from officers o
              where o.tenant_id = i.tenant_id
            ),
            'officer'
          )
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

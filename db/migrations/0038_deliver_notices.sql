-- A notice that came back is none: it is written again, or the person is told by other means. What a
-- customer objects to waits until the objection is settled (Art. 28(2)).

alter table policy_notices drop constraint policy_notices_status_check;
alter table policy_notices
  add constraint policy_notices_status_check
  check (status in ('queued', 'sent', 'bounced', 'told')),
  add column attempts int not null default 1,
  -- When a notice that came back is written again; null: no more.
  add column retry_at timestamptz;
update policy_notices
set retry_at = '-infinity'
where status = 'bounced';

alter table processor_notices drop constraint processor_notices_status_check;
alter table processor_notices
  add constraint processor_notices_status_check
  check (status in ('queued', 'sent', 'bounced', 'told')),
  add column attempts int not null default 1,
  add column retry_at timestamptz;
update processor_notices
set retry_at = '-infinity'
where status = 'bounced';

-- Taken back by the customer, or answered by the provider with a reason; null: it stands.
alter table processor_objections
  add column settled_at timestamptz,
  add column settled_by text check (settled_by in ('customer', 'provider')),
  add column answer text not null default '',
  add constraint processor_objections_settled check (
    (settled_at is null) = (settled_by is null) and (settled_by <> 'provider' or answer <> '')
  );
select keep_out_of_statistics('processor_objections', 'answer');

-- Who works somewhere and was not told of a version: no notice, or one that came back and was not
-- confirmed in the app either. With an instant: only whom a mail is to be written to by then.
drop function active_identities(uuid, integer);
create function untold_identities(policy uuid, due timestamptz, bound integer)
returns table (id uuid, email text, name text, locale text, bounced boolean)
language sql stable security definer
set search_path = public, pg_temp
as $$
  select i.id, i.email, i.name, i.locale, n.status is not null
  from identities i
  left join policy_notices n on n.policy_id = policy and n.identity_id = i.id
  where (i.operator or exists (
      select from users u where u.identity_id = i.id and u.deactivated_at is null
    ))
    and (
      n.status is null
      or n.status = 'bounced' and n.acknowledged_at is null
        and (due is null or n.retry_at <= due)
    )
  order by n.status is not null, i.id
  limit least(bound, 1000)
$$;

-- The same for the owners of all tenants. A customer of whom another owner was told is told.
drop function processor_notice_tally(uuid);
drop function untold_owners(uuid, int);
create function untold_owners(change uuid, due timestamptz, bound int)
returns table (
  tenant_id uuid, user_id uuid, email text, name text, locale text, tenant_name text,
  bounced boolean
)
language sql stable security definer set search_path = public, pg_temp
as $$
  select u.tenant_id, u.id, i.email, i.name, i.locale, t.name, n.status is not null
  from users u
  join identities i on i.id = u.identity_id
  join tenants t on t.id = u.tenant_id
  left join processor_notices n
    on n.tenant_id = u.tenant_id and n.change_id = change and n.user_id = u.id
  where u.role = 'owner'
    and u.deactivated_at is null
    and (
      n.status is null
      or n.status = 'bounced' and case
        when due is not null then n.retry_at <= due
        else not exists (
          select
          from users o
          join processor_notices m on m.tenant_id = o.tenant_id and m.user_id = o.id
          where o.tenant_id = u.tenant_id
            and o.role = 'owner'
            and o.deactivated_at is null
            and m.change_id = change
            and m.status in ('sent', 'told')
        )
      end
    )
  order by n.status is not null, u.tenant_id, u.id
  limit least(bound, 1000)
$$;

-- How far a change is told; `told_on` is the day on which the last of those who were there was, and
-- `answered_on` the day on which the last objection was answered.
create function processor_notice_tally(change uuid)
returns table (
  untold int, undelivered int, queued int, sent int, bounced int, told_on date, objected int,
  answered_on date
)
language sql stable security definer set search_path = public, pg_temp
as $$
  select
    (select count(*)::int from untold_owners(change, null, 1000) u where not u.bounced),
    (select count(*)::int from untold_owners(change, null, 1000) u where u.bounced),
    count(*) filter (where n.status = 'queued')::int,
    count(*) filter (where n.status in ('sent', 'told'))::int,
    count(*) filter (where n.status = 'bounced')::int,
    (
      max(n.settled_at) filter (where n.status in ('sent', 'told') and u.created_at <= c.at)
        at time zone 'Europe/Berlin'
    )::date,
    (
      select count(*)::int
      from processor_objections o
      where o.change_id = change
        and o.settled_at is null
    ),
    (
      select (max(o.settled_at) at time zone 'Europe/Berlin')::date
      from processor_objections o
      where o.change_id = change
        and o.settled_by = 'provider'
    )
  from processor_changes c
  left join processor_notices n on n.change_id = c.id
  left join users u on u.tenant_id = n.tenant_id and u.id = n.user_id
  where c.id = change
$$;

-- What came back is written again a day later, three times at most; a mail that the operator sent
-- again and that arrived counts.
create or replace function settle_processor_notices(oldest timestamptz) returns void
language sql security definer set search_path = public, pg_temp
as $$
  update processor_notices n
  set status = case when m.status = 'failed' then 'bounced' else 'sent' end,
    settled_at = m.finished_at,
    retry_at = case
      when m.status = 'failed' and n.attempts < 3 then m.finished_at + interval '1 day'
    end
  from mails m
  where m.id = n.mail_id
    and (
      n.status = 'queued' and m.status in ('sent', 'kept', 'failed')
      or n.status = 'bounced' and m.status in ('sent', 'kept')
    );
  delete from processor_notices
  where queued_at < oldest;
  delete from processor_objections
  where objected_at < oldest;
$$;

-- A new address is written to at once, whatever came back from the old one.
create function renew_notices(identity uuid) returns void
language sql security definer set search_path = public, pg_temp
as $$
  update policy_notices
  set attempts = 0, retry_at = '-infinity'
  where identity_id = identity
    and status = 'bounced';
  update processor_notices n
  set attempts = 0, retry_at = '-infinity'
  from users u
  where u.identity_id = identity
    and u.tenant_id = n.tenant_id
    and u.id = n.user_id
    and n.status = 'bounced';
$$;

drop function processor_objections_to(uuid, int);
create function processor_objections_to(processor uuid, bound int)
returns table (
  tenant_id uuid, change_id uuid, takes_effect_on date, tenant_name text, name text, reason text,
  objected_at timestamptz, settled_at timestamptz, settled_by text, answer text, open boolean
)
language sql stable security definer set search_path = public, pg_temp
as $$
  select o.tenant_id, o.change_id, c.takes_effect_on, t.name, o.name, o.reason, o.objected_at,
    o.settled_at, o.settled_by, o.answer,
    o.settled_at is null and exists (select from processor_plans p where p.change_id = c.id)
  from processor_changes c
  join processor_objections o on o.change_id = c.id
  join tenants t on t.id = o.tenant_id
  where c.processor_id = processor
  order by o.objected_at desc
  limit bound
$$;

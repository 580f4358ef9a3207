-- A new recipient, place or kind of customers' data waits until each customer was told (Art. 28(2)).

alter table processor_changes drop constraint processor_changes_action_check;
alter table processor_changes add constraint processor_changes_action_check check (
  action in (
    'listed', 'changed', 'enabled', 'disabled', 'evidence_approved', 'removed', 'withdrawn'
  )
);

-- What is announced and has no effect yet, at most one for each processor; `input` is the entry as
-- it will be, and null where it is the switch that waits.
create table processor_plans (
  change_id uuid primary key references processor_changes (id) on delete cascade,
  processor_id uuid not null unique references processors (id) on delete cascade,
  input jsonb
);
select replicate('processor_plans');

create table processor_notices (
  tenant_id uuid not null,
  change_id uuid not null references processor_changes (id) on delete cascade,
  user_id uuid not null,
  mail_id uuid,
  status text not null default 'queued' check (status in ('queued', 'sent', 'bounced')),
  queued_at timestamptz not null,
  settled_at timestamptz,
  primary key (tenant_id, change_id, user_id),
  foreign key (tenant_id, user_id) references users (tenant_id, id) on delete cascade
);
select distribute('processor_notices');
select isolate('processor_notices');
create index processor_notices_queued on processor_notices (queued_at) where status = 'queued';

-- A customer says no, once for each change; who said it stays with the reason.
create table processor_objections (
  tenant_id uuid not null references tenants (id) on delete cascade,
  change_id uuid not null references processor_changes (id) on delete cascade,
  user_id uuid,
  name text not null check (name <> ''),
  reason text not null check (reason <> ''),
  objected_at timestamptz not null,
  primary key (tenant_id, change_id)
);
select distribute('processor_objections');
select isolate('processor_objections');
select keep_out_of_statistics('processor_objections', 'name', 'reason');

-- The owners of all tenants who have no record of a change yet.
create function untold_owners(change uuid, bound int)
returns table (tenant_id uuid, user_id uuid, email text, name text, locale text)
language sql stable security definer set search_path = public, pg_temp
as $$
  select u.tenant_id, u.id, i.email, i.name, i.locale
  from users u
  join identities i on i.id = u.identity_id
  where u.role = 'owner'
    and u.deactivated_at is null
    and not exists (
      select
      from processor_notices n
      where n.tenant_id = u.tenant_id
        and n.change_id = change
        and n.user_id = u.id
    )
  order by u.tenant_id, u.id
  limit least(bound, 1000)
$$;

-- How far a change is told; `told_on` is the day on which the last of those who were there was.
create function processor_notice_tally(change uuid)
returns table (untold int, queued int, sent int, bounced int, told_on date)
language sql stable security definer set search_path = public, pg_temp
as $$
  select
    (select count(*)::int from untold_owners(change, 1000)),
    count(*) filter (where n.status = 'queued')::int,
    count(*) filter (where n.status = 'sent')::int,
    count(*) filter (where n.status = 'bounced')::int,
    (max(n.settled_at) filter (where u.created_at <= c.at) at time zone 'Europe/Berlin')::date
  from processor_changes c
  left join processor_notices n on n.change_id = c.id
  left join users u on u.tenant_id = n.tenant_id and u.id = n.user_id
  where c.id = change
$$;

-- Takes over what became of the mails, while these are still kept, and removes what is old.
create function settle_processor_notices(oldest timestamptz) returns void
language sql security definer set search_path = public, pg_temp
as $$
  update processor_notices n
  set status = case when m.status = 'failed' then 'bounced' else 'sent' end,
    settled_at = m.finished_at
  from mails m
  where n.status = 'queued'
    and m.id = n.mail_id
    and m.status in ('sent', 'kept', 'failed');
  delete from processor_notices
  where queued_at < oldest;
  delete from processor_objections
  where objected_at < oldest;
$$;

-- What customers object to a processor's changes, for the provider.
create function processor_objections_to(processor uuid, bound int)
returns table (
  change_id uuid, takes_effect_on date, tenant_name text, name text, reason text,
  objected_at timestamptz
)
language sql stable security definer set search_path = public, pg_temp
as $$
  select o.change_id, c.takes_effect_on, t.name, o.name, o.reason, o.objected_at
  from processor_changes c
  join processor_objections o on o.change_id = c.id
  join tenants t on t.id = o.tenant_id
  where c.processor_id = processor
  order by o.objected_at desc
  limit bound
$$;

-- Customers who were told of a change of processors are told as well when it is withdrawn.
alter table processor_notices
  add column withdrawal_due_at timestamptz,
  add column withdrawal_told_at timestamptz;
create index processor_notices_withdrawn on processor_notices (change_id)
  where withdrawal_due_at is not null and withdrawal_told_at is null;

-- Takes back the mails about a change that no server has seen yet; all others told of it are due for
-- word of its withdrawal.
create function withdraw_processor_notices(change uuid, at timestamptz) returns void
language sql security definer set search_path = public, pg_temp
as $$
  with unsent as (
    delete from mails m
    using processor_notices n
    where n.change_id = change
      and n.status = 'queued'
      and m.id = n.mail_id
      and m.status = 'queued'
      and m.attempts = 0
    returning n.tenant_id, n.user_id
  )
  delete from processor_notices n
  using unsent u
  where n.change_id = change
    and n.tenant_id = u.tenant_id
    and n.user_id = u.user_id;
  update processor_notices
  set withdrawal_due_at = at
  where change_id = change
    and status <> 'bounced';
$$;

-- The next owners, of all tenants, who do not know yet that a change was withdrawn.
create function untold_withdrawals(bound integer)
 returns table(tenant_id uuid, change_id uuid, user_id uuid, email text, name text, locale text)
language sql stable security definer set search_path = public, pg_temp
as $$
  select n.tenant_id, n.change_id, n.user_id, i.email, i.name, i.locale
  from processor_notices n
  join users u on u.tenant_id = n.tenant_id and u.id = n.user_id
  join identities i on i.id = u.identity_id
  where n.withdrawal_due_at is not null
    and n.withdrawal_told_at is null
    and u.deactivated_at is null
  order by n.change_id, n.tenant_id, n.user_id
  limit least(bound, 1000)
$$;

-- How long a tenant keeps its history of changes and exports, in months: the policy's year, or less.
alter table retention_settings
  add column history int not null default 12 check (history between 3 and 12);

-- As before, by each tenant's months.
create or replace function retention_overdue(at timestamptz) returns table (store text, overdue int)
language plpgsql stable security definer set search_path = public, pg_temp
as $$
declare
  trash text;
  late constant timestamptz := at - interval '1 day';
begin
  for trash in
    select c.table_name::text
    from information_schema.columns c
    where c.table_schema = 'public' and c.column_name = 'erase_after'
    order by 1
  loop
    return query execute format('select %L::text, count(*)::int from %I where erase_after <= $1', trash, trash)
      using late;
  end loop;
  return query select 'sessions', count(*)::int from sessions where expires_at <= late;
  return query select 'sessions.ip', count(*)::int from sessions
    where created_at <= late - interval '7 days' and ip ~ '^[0-9a-fA-F:.]+$' and ip !~ '(\.0|::)$';
  return query select 'tokens', count(*)::int from tokens where expires_at <= late;
  return query select 'rate_limits', count(*)::int from rate_limits where expires_at <= late;
  return query select 'mails', count(*)::int from mails
    where status <> 'queued' and finished_at <= late - interval '3 days';
  return query select 'imports', count(*)::int from imports i
    where i.kind = 'file' and i.options is not null
      and i.status in ('uploaded', 'checked', 'failed', 'done', 'undone')
      and coalesce(i.finished_at, i.created_at) <= late - interval '30 days';
  return query select 'exports', count(*)::int
    from exports e
    left join retention_settings s on s.tenant_id = e.tenant_id
    where e.created_at <= late - make_interval(months => coalesce(s.history, 12));
  -- How many tenants: the first row of each in its key is its oldest.
  return query select 'changes', count(*)::int
    from tenants t
    cross join lateral (
      select c.at from changes c where c.tenant_id = t.id order by c.id limit 1
    ) oldest
    left join retention_settings s on s.tenant_id = t.id
    where oldest.at <= late - make_interval(months => coalesce(s.history, 12));
end $$;

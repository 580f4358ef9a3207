-- Clause 5.1: the proof sees what lies in the trash without a day on which it is erased, too.
create or replace function retention_overdue(at timestamptz) returns table (store text, overdue int)
language plpgsql stable security definer set search_path = public, pg_temp
as $$
declare
  trash text;
  late constant timestamptz := at - interval '1 day';
  -- Before this day three years to the end of their year are over.
  barred constant timestamptz :=
    date_trunc('year', late at time zone 'Europe/Berlin') at time zone 'Europe/Berlin'
      - interval '3 years';
begin
  for trash in
    select c.table_name::text
    from information_schema.columns c
    where c.table_schema = 'public' and c.column_name = 'erase_after'
    order by 1
  loop
    return query execute format(
      'select %L::text, count(*)::int from %I where erase_after <= $1%s',
      trash,
      trash,
      -- What is discarded without a day is cleared by nobody.
      case when exists (
          select
          from information_schema.columns d
          where d.table_schema = 'public' and d.table_name = trash and d.column_name = 'deleted_at'
        ) then ' or (erase_after is null and deleted_at <= $1)' else '' end
    ) using late;
  end loop;
  return query select 'sessions', count(*)::int from sessions where expires_at <= late;
  return query select 'sessions.ip', count(*)::int from sessions
    where created_at <= late - interval '7 days' and ip ~ '^[0-9a-fA-F:.]+$' and ip !~ '(\.0|::)$';
  return query select 'tokens', count(*)::int from tokens where expires_at <= late;
  return query select 'api_tokens', count(*)::int from api_tokens where expires_at <= late;
  return query select 'directory_tokens', count(*)::int from directory_tokens where expires_at <= late;
  return query select 'api_requests', count(*)::int from api_requests
    where created_at <= late - interval '1 day';
  return query select 'rate_limits', count(*)::int from rate_limits where expires_at <= late;
  return query select 'mails', count(*)::int from mails
    where status <> 'queued' and finished_at <= late - interval '3 days';
  return query select 'raw_mails', count(*)::int from raw_mails
    where received_at <= late - interval '30 days';
  return query select 'imports', count(*)::int from imports i
    where i.kind = 'file' and i.options is not null
      and i.status in ('uploaded', 'checked', 'failed', 'done', 'undone')
      and coalesce(i.finished_at, i.created_at) <= late - interval '30 days';
  return query select 'bulk_changes', count(*)::int from bulk_changes
    where undo_until <= late and status in ('done', 'undone');
  return query select 'merges', count(*)::int from merges where undo_until <= late;
  return query select 'notifications', count(*)::int from notifications
    where read_at <= late - interval '90 days' or created_at <= late - interval '365 days';
  return query select 'looks', count(*)::int from looks
    where day <= (late at time zone 'Europe/Berlin')::date - interval '12 months';
  return query select 'consents', count(*)::int from consents where withdrawn_at < barred;
  return query select 'web_form_entries', count(*)::int from web_form_entries
    where created_at <= late - interval '7 days';
  return query select 'webhook_deliveries', count(*)::int from webhook_deliveries
    where created_at <= late - interval '30 days';
  return query select 'incoming_transfers', count(*)::int from incoming_transfers
    where expires_at <= late;
  return query select 'contacted_hosts', count(*)::int from contacted_hosts
    where last_at <= late - interval '30 days';
  return query select 'latenode_deliveries', count(*)::int from latenode_deliveries
    where created_at <= late - interval '30 days';
  return query select 'measure_looks', count(*)::int from measure_looks
    where day <= (late at time zone 'Europe/Berlin')::date - 30;
  return query select 'page_looks', count(*)::int from page_looks
    where day <= (late at time zone 'Europe/Berlin')::date - 30;
  return query select 'sign_in_failures', count(*)::int from sign_in_failures
    where day <= (late at time zone 'Europe/Berlin')::date - 30;
  return query select 'officer_probes', count(*)::int from officer_probes
    where queued_at <= late - interval '90 days';
  return query select 'log_runs', count(*)::int from log_runs l
    where l.at <= late - interval '90 days';
  return query select 'backup_runs', count(*)::int from backup_runs b
    where b.at <= late - interval '90 days';
  return query select 'customer_invoices', count(*)::int from customer_invoices
    where issued_on < (barred at time zone 'Europe/Berlin')::date - interval '5 years';
  return query select 'processor_evidence', count(*)::int from processor_evidence
    where removed_at < barred;
  return query select 'processor_notices', count(*)::int from processor_notices
    where queued_at < barred;
  return query select 'processor_objections', count(*)::int from processor_objections
    where objected_at < barred;
  return query select 'policy_notices', count(*)::int from policy_notices
    where queued_at < barred;
  return query select 'tenant_erasures', count(*)::int from tenant_erasures
    where status <> 'running' and finished_at < barred;
  return query select 'incidents', count(*)::int from incidents where closed_at < barred;
  return query select 'log_freezes', count(*)::int from log_freezes
    where until_on <= (late at time zone 'Europe/Berlin')::date and status <> 'removed'
      or removed_at < barred;
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

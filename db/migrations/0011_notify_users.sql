-- What users are told of, how they wish to be told, and since when each was away.

create table notifications (
  tenant_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  kind text not null check (kind in ('assigned', 'reminder', 'mail_received', 'import_done', 'bulk_change_done')),
  record_kind text not null check (record_kind in ('contact', 'company', 'deal', 'activity', 'message', 'import', 'bulk_change')),
  contact_id uuid,
  company_id uuid,
  import_id uuid,
  bulk_change_id uuid,
  -- Records meant; of several none is named.
  count int not null default 1 check (count > 0),
  actor_id uuid,
  in_app boolean not null,
  -- Waits for the next letter; false once it was told there, or read before.
  mail_due boolean not null,
  created_at timestamptz not null,
  read_at timestamptz,
  primary key (tenant_id, id),
  check (num_nonnulls(contact_id, company_id, import_id, bulk_change_id) <= 1),
  foreign key (tenant_id, user_id) references users (tenant_id, id) on delete cascade,
  foreign key (tenant_id, contact_id) references contacts (tenant_id, id) on delete cascade,
  foreign key (tenant_id, company_id) references companies (tenant_id, id) on delete cascade,
  foreign key (tenant_id, import_id) references imports (tenant_id, id) on delete cascade,
  foreign key (tenant_id, bulk_change_id) references bulk_changes (tenant_id, id) on delete cascade
);
create index notifications_user on notifications (tenant_id, user_id, id) where in_app;
create index notifications_unread on notifications (tenant_id, user_id, id) where in_app and read_at is null;
create index notifications_mail on notifications (created_at) where mail_due;
create index notifications_contact on notifications (tenant_id, contact_id) where contact_id is not null;
create index notifications_company on notifications (tenant_id, company_id) where company_id is not null;
create index notifications_import on notifications (tenant_id, import_id) where import_id is not null;
create index notifications_bulk_change on notifications (tenant_id, bulk_change_id) where bulk_change_id is not null;
select distribute('notifications');
select isolate('notifications');

-- A kind without a row is told as db/notification_kinds.ts says.
create table notification_preferences (
  tenant_id uuid not null,
  user_id uuid not null,
  kind text not null,
  in_app boolean not null,
  by_mail boolean not null,
  primary key (tenant_id, user_id, kind),
  foreign key (tenant_id, user_id) references users (tenant_id, id) on delete cascade
);
select distribute('notification_preferences');
select isolate('notification_preferences');

-- When a person was seen last by sessions that ended, and before the present stretch of work: the
-- start page tells what is new since then.
alter table identities add column seen_at timestamptz;
alter table identities add column away_since timestamptz;

-- The start page asks for the newest leads, and for what others did to one's own records.
create index contacts_leads on contacts (tenant_id, owner_id, created_at desc, id desc)
  where status = 'lead' and deleted_at is null;
create index contacts_own on contacts (tenant_id, owner_id, updated_at desc, id desc)
  where owner_id is not null and deleted_at is null;
create index companies_own on companies (tenant_id, owner_id, updated_at desc, id desc)
  where owner_id is not null and deleted_at is null;

-- A session by its token: reached before a tenant is known, so it runs as the owner. Of unread
-- notifications it counts a hundred at most.
drop function session_by_digest(bytea, timestamptz);
create function session_by_digest(digest bytea, at timestamptz)
returns table (
  id uuid, identity_id uuid, tenant_id uuid, user_id uuid, role text, name text, email text,
  locale text, theme text, flash jsonb, operator boolean, tenant_name text, tenant_slug text,
  tenant_country text, tenants int, unread int, away_since timestamptz, created_at timestamptz,
  last_seen_at timestamptz, expires_at timestamptz
)
language sql stable security definer set search_path = public, pg_temp
as $$
  select s.id, s.identity_id, u.tenant_id, u.id, u.role, i.name, i.email, i.locale, s.theme, s.flash,
    i.operator, t.name, t.slug, t.country,
    (select count(*)::int from users m where m.identity_id = i.id and m.deactivated_at is null),
    (
      select count(*)::int
      from (
        select
        from notifications n
        where n.tenant_id = u.tenant_id
          and n.user_id = u.id
          and n.in_app
          and n.read_at is null
        limit 100
      ) unread
    ),
    i.away_since, s.created_at, s.last_seen_at, s.expires_at
  from sessions s
  join identities i on i.id = s.identity_id
  left join users u
    on u.tenant_id = s.tenant_id and u.identity_id = s.identity_id and u.deactivated_at is null
  left join tenants t on t.id = u.tenant_id
  where s.token_digest = digest
    and s.expires_at > at
$$;

-- Whose letter is due: the house asks for all tenants at once, and is told identifiers only.
-- Reminders do not wait, the rest may be read in the app first.
create function notifications_to_mail(waited_until timestamptz, most int)
returns table (tenant_id uuid, user_id uuid)
language sql stable security definer set search_path = public, pg_temp
as $$
  select n.tenant_id, n.user_id
  from notifications n
  where n.mail_due
    and (n.kind = 'reminder' or n.created_at <= waited_until)
  group by n.tenant_id, n.user_id
  order by min(n.created_at), n.tenant_id, n.user_id
  limit most
$$;

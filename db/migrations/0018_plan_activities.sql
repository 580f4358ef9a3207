-- Calls, meetings, tasks and notes: when, whose, with whom, about what; and private calendars.

create table activities (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null,
  kind text not null check (kind in ('call', 'meeting', 'task', 'note')),
  subject text not null check (subject <> ''),
  body text not null default '',
  -- When it is due or begins, of whole days the first instant in Berlin; null for whenever.
  due_at timestamptz,
  -- When it ends, of whole days the first instant after the last; null where it takes no time.
  ends_at timestamptz,
  all_day boolean not null default false,
  done_at timestamptz,
  done_by uuid,
  priority text not null default 'normal' check (priority in ('low', 'normal', 'high')),
  owner_id uuid,
  -- RFC 5545. Of a series only the next one stands here; doing it makes the one after.
  rrule text,
  -- Which one of the series was done before this one.
  previous_id uuid,
  -- Minutes before it is due; of whole days counted from eight in the morning.
  remind_before int check (remind_before between 0 and 40320),
  -- Its place in time lines.
  at timestamptz not null,
  -- To sort by what may be missing.
  due_key timestamptz not null generated always as (coalesce(due_at, 'infinity')) stored,
  import_id uuid,
  version int not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  deleted_at timestamptz,
  deleted_by uuid,
  erase_after timestamptz,
  primary key (tenant_id, id),
  check (due_at is not null or (ends_at is null and not all_day and rrule is null and remind_before is null)),
  check (ends_at > due_at),
  check (kind <> 'note' or (done_at is not null and due_at is null)),
  foreign key (tenant_id, owner_id) references users (tenant_id, id),
  foreign key (tenant_id, previous_id) references activities (tenant_id, id) on delete set null (previous_id),
  foreign key (tenant_id, import_id) references imports (tenant_id, id)
);
create index activities_open on activities (tenant_id, owner_id, due_key, id)
  where done_at is null and deleted_at is null;
create index activities_open_all on activities (tenant_id, due_key, id)
  where done_at is null and deleted_at is null;
create index activities_done on activities (tenant_id, owner_id, done_at desc, id desc)
  where done_at is not null and deleted_at is null;
create index activities_done_all on activities (tenant_id, done_at desc, id desc)
  where done_at is not null and deleted_at is null;
create index activities_due on activities (tenant_id, due_at, id)
  where due_at is not null and deleted_at is null;
create index activities_own_due on activities (tenant_id, owner_id, due_at, id)
  where due_at is not null and deleted_at is null;
create index activities_series on activities (tenant_id, due_at, id)
  where rrule is not null and done_at is null and deleted_at is null;
create unique index activities_previous on activities (tenant_id, previous_id) where previous_id is not null;
create index activities_trash on activities (tenant_id, erase_after) where deleted_at is not null;
create index activities_import on activities (tenant_id, import_id) where import_id is not null;
select distribute('activities');
select isolate('activities');
select keep_out_of_statistics('activities', 'subject', 'body');

-- What an activity is about. Chosen by a person, or drawn along: the firm a contact worked for on
-- that day, a deal's firm and persons; so that the time lines of all of them keep it.
create table activity_links (
  tenant_id uuid not null,
  activity_id uuid not null,
  record_id uuid not null,
  contact_id uuid,
  company_id uuid,
  deal_id uuid,
  direct boolean not null,
  -- Copied: the place in time lines, and while it is open when it is due.
  at timestamptz not null,
  open_due timestamptz,
  primary key (tenant_id, activity_id, record_id),
  check (
    record_id = coalesce(contact_id, company_id, deal_id)
    and num_nonnulls(contact_id, company_id, deal_id) = 1
  ),
  foreign key (tenant_id, activity_id) references activities (tenant_id, id) on delete cascade,
  foreign key (tenant_id, contact_id) references contacts (tenant_id, id) on delete cascade,
  foreign key (tenant_id, company_id) references companies (tenant_id, id) on delete cascade,
  foreign key (tenant_id, deal_id) references deals (tenant_id, id) on delete cascade
);
create index activity_links_contact on activity_links (tenant_id, contact_id, at desc, activity_id desc)
  where contact_id is not null;
create index activity_links_company on activity_links (tenant_id, company_id, at desc, activity_id desc)
  where company_id is not null;
create index activity_links_deal on activity_links (tenant_id, deal_id, at desc, activity_id desc)
  where deal_id is not null;
create index activity_links_contact_open on activity_links (tenant_id, contact_id, open_due, activity_id)
  where contact_id is not null and open_due is not null;
create index activity_links_company_open on activity_links (tenant_id, company_id, open_due, activity_id)
  where company_id is not null and open_due is not null;
create index activity_links_deal_open on activity_links (tenant_id, deal_id, open_due, activity_id)
  where deal_id is not null and open_due is not null;
select distribute('activity_links');
select isolate('activity_links');

-- Who takes part beside the owner.
create table activity_participants (
  tenant_id uuid not null,
  activity_id uuid not null,
  person_id uuid not null,
  user_id uuid,
  contact_id uuid,
  primary key (tenant_id, activity_id, person_id),
  check (person_id = coalesce(user_id, contact_id) and num_nonnulls(user_id, contact_id) = 1),
  foreign key (tenant_id, activity_id) references activities (tenant_id, id) on delete cascade,
  foreign key (tenant_id, user_id) references users (tenant_id, id) on delete cascade,
  foreign key (tenant_id, contact_id) references contacts (tenant_id, id) on delete cascade
);
create index activity_participants_user on activity_participants (tenant_id, user_id, activity_id)
  where user_id is not null;
create index activity_participants_contact on activity_participants (tenant_id, contact_id)
  where contact_id is not null;
select distribute('activity_participants');
select isolate('activity_participants');

-- Whom to remind of what, once.
create table reminders (
  tenant_id uuid not null,
  activity_id uuid not null,
  user_id uuid not null,
  remind_at timestamptz not null,
  sent_at timestamptz,
  primary key (tenant_id, activity_id, user_id),
  foreign key (tenant_id, activity_id) references activities (tenant_id, id) on delete cascade,
  foreign key (tenant_id, user_id) references users (tenant_id, id) on delete cascade
);
create index reminders_due on reminders (remind_at) where sent_at is null;
create index reminders_user on reminders (tenant_id, user_id);
select distribute('reminders');
select isolate('reminders');

-- A user's own calendar for other programs; whoever knows the address reads it.
create table calendar_feeds (
  tenant_id uuid not null,
  user_id uuid not null,
  token_digest bytea not null,
  -- Whether subjects leave the house, or only that somebody is busy.
  detail text not null check (detail in ('subject', 'busy')),
  created_at timestamptz not null,
  primary key (tenant_id, user_id),
  foreign key (tenant_id, user_id) references users (tenant_id, id) on delete cascade
);
create index calendar_feeds_digest on calendar_feeds (token_digest);
select distribute('calendar_feeds');
select isolate('calendar_feeds');
select keep_out_of_statistics('calendar_feeds', 'token_digest');

-- Whose calendar it is: asked before a tenant is known, so it runs as the owner.
create function calendar_feed_by_digest(digest bytea)
returns table (tenant_id uuid, user_id uuid, locale text, detail text)
language sql stable security definer set search_path = public, pg_temp
as $$
  select f.tenant_id, f.user_id, i.locale, f.detail
  from calendar_feeds f
  join users u on u.tenant_id = f.tenant_id and u.id = f.user_id
  join identities i on i.id = u.identity_id
  where f.token_digest = digest
    and u.deactivated_at is null
$$;

-- Where somebody is to be reminded now: the house asks for all tenants at once.
create function tenants_to_remind(until timestamptz, most int)
returns table (tenant_id uuid)
language sql stable security definer set search_path = public, pg_temp
as $$
  select r.tenant_id
  from reminders r
  where r.sent_at is null
    and r.remind_at <= until
  group by r.tenant_id
  order by min(r.remind_at), r.tenant_id
  limit most
$$;

alter table notifications
  drop constraint notifications_check,
  add column activity_id uuid,
  add constraint notifications_check
    check (num_nonnulls(contact_id, company_id, activity_id, import_id, bulk_change_id) <= 1),
  add foreign key (tenant_id, activity_id) references activities (tenant_id, id) on delete cascade;
create index notifications_activity on notifications (tenant_id, activity_id) where activity_id is not null;

alter table exports
  drop constraint exports_kind_check,
  add constraint exports_kind_check check (kind in ('contacts', 'companies', 'deals', 'activities'));

alter table changes
  drop constraint changes_record_kind_check,
  add constraint changes_record_kind_check check (record_kind in (
    'contact', 'company', 'deal', 'activity', 'import', 'export', 'user', 'tenant', 'tag', 'pipeline',
    'lost_reason'
  ));

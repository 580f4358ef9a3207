-- Who else gets data: the register of processors, its evidence and changes, and whom we contacted.

create table processors (
  id uuid primary key,
  -- The connector that this program brings for it.
  adapter text unique check (adapter in ('ionos', 'latenode', 'documentero')),
  name text not null check (name <> ''),
  role text not null default 'processor' check (role in ('processor', 'controller')),
  service_de text not null,
  service_en text not null,
  data_categories text[] not null,
  processing_countries text[] not null default '{}',
  seat_country text check (seat_country ~ '^[A-Z]{2}$'),
  parent_country text check (parent_country ~ '^[A-Z]{2}$'),
  location text not null default '',
  agreement_on date,
  reviewed_on date,
  enabled boolean not null default false,
  -- Switched on, but not before those who may object have had their time.
  enabled_from timestamptz,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  removed_at timestamptz,
  check (enabled = (enabled_from is not null)),
  check (removed_at is null or not enabled)
);
select replicate('processors');

create table sub_processors (
  processor_id uuid not null references processors (id) on delete cascade,
  position int not null,
  name text not null check (name <> ''),
  service text not null default '',
  country text not null check (country ~ '^[A-Z]{2}$'),
  primary key (processor_id, position)
);
select replicate('sub_processors');

-- Where a processor is reached.
create table processor_hosts (
  processor_id uuid not null references processors (id) on delete cascade,
  host text not null check (host ~ '^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$' and host !~ '\.\.'),
  port int not null check (port between 1 and 65535),
  primary key (processor_id, host, port)
);
select replicate('processor_hosts');

-- How a processor is spoken to: what may be read, and the sealed rest that is never shown again.
create table processor_connections (
  processor_id uuid primary key references processors (id) on delete cascade,
  settings jsonb not null,
  secrets bytea not null,
  updated_at timestamptz not null
);
select replicate('processor_connections');

create table processor_evidence (
  id uuid primary key,
  processor_id uuid not null references processors (id) on delete cascade,
  covers text[] not null check (covers <@ '{agreement,location}' and covers <> '{}'),
  dated_on date not null,
  file_name text not null,
  media_type text not null,
  size int not null,
  sha256 bytea not null,
  -- Sealed with the installation's key.
  content bytea not null,
  uploaded_by uuid references identities (id) on delete set null,
  uploaded_at timestamptz not null,
  decision text check (decision in ('approved', 'refused')),
  decided_by text,
  decided_at timestamptz,
  decision_note text not null default '',
  removed_at timestamptz,
  check ((decision is null) = (decided_at is null))
);
create index processor_evidence_processor on processor_evidence (processor_id, uploaded_at);
select replicate('processor_evidence');
select keep_out_of_statistics(
  'processor_evidence',
  'file_name', 'content', 'decided_by', 'decision_note'
);
select keep_out_of_statistics('processor_connections', 'secrets');

-- What changed in the register, as tenants and the public are told; added to, never changed.
create table processor_changes (
  id uuid primary key,
  processor_id uuid not null,
  processor_name text not null,
  action text not null check (
    action in ('listed', 'changed', 'enabled', 'disabled', 'evidence_approved', 'removed')
  ),
  -- Field by field the old and the new value.
  differences jsonb not null default '{}',
  -- A new recipient, place or kind of data: tenants are told before it takes effect.
  material boolean not null,
  takes_effect_on date not null,
  reason text not null default '',
  actor_id uuid,
  at timestamptz not null
);
create index processor_changes_at on processor_changes (at, id);
select replicate('processor_changes');

-- What a live look at a processor's own answers showed.
create table processor_checks (
  id uuid primary key,
  processor_id uuid not null references processors (id) on delete cascade,
  kind text not null,
  passed boolean not null,
  figures jsonb not null default '{}',
  at timestamptz not null
);
create index processor_checks_processor on processor_checks (processor_id, at);
select replicate('processor_checks');

-- Events told to Latenode: a name, an identifier that means nothing elsewhere, a time.
create table latenode_deliveries (
  id uuid primary key,
  event text not null check (event ~ '^[a-z]+(_[a-z]+)*$'),
  status text not null default 'queued' check (status in ('queued', 'sent', 'confirmed', 'failed')),
  attempts int not null default 0,
  answer_code int,
  error_code text,
  created_at timestamptz not null,
  sent_at timestamptz,
  confirmed_at timestamptz
);
create index latenode_deliveries_created on latenode_deliveries (created_at, id);
select replicate('latenode_deliveries');

-- Every host that was contacted, counted by day, kept 30 days.
create table contacted_hosts (
  day date not null,
  host text not null,
  port int not null,
  purpose text not null check (purpose in ('provision', 'communication', 'security', 'legal')),
  processor_id uuid references processors (id) on delete set null,
  answered int not null default 0,
  failed int not null default 0,
  -- A server that a customer named for its own mail, not one that the house chose.
  named_by_customer boolean not null default false,
  last_at timestamptz not null,
  primary key (day, host, port, purpose)
);
select replicate('contacted_hosts');

-- A link may be about something else than a person.
alter table tokens add column subject_id uuid;
alter table tokens drop constraint tokens_kind_check;
alter table tokens add constraint tokens_kind_check check (
  kind in ('setup', 'invitation', 'password_reset', 'email_change', 'processor_evidence')
);
create index tokens_subject on tokens (subject_id) where subject_id is not null;

-- The three processors of clause 4.2 with what is publicly known of them. Nothing is sent to
-- Latenode and Documentero before the data protection officer has approved evidence of both.
insert into processors (
  id, adapter, name, service_de, service_en, data_categories, processing_countries, seat_country,
  parent_country, location, enabled, enabled_from, created_at, updated_at
) values
  ('019a0000-0000-7000-8000-000000000001', 'ionos', 'IONOS Cloud (IONOS SE)',
   'Server, Datenbank und Objektspeicher für den Betrieb der Software',
   'Servers, database and object storage to run the software',
   '{accounts,records,files,mails,logs,backups}', '{DE}', 'DE', 'DE',
   'Berlin, Frankfurt am Main', true, now(), now(), now()),
  ('019a0000-0000-7000-8000-000000000002', 'latenode', 'Latenode (Nocode LTD)',
   'Automatisierung von Abläufen nach einem Ereignis, ohne Inhalte',
   'Automation of steps after an event, without content',
   '{events}', '{US}', null, null, '', false, null, now(), now()),
  ('019a0000-0000-7000-8000-000000000003', 'documentero', 'Documentero',
   'Erzeugen von Dokumenten aus Vorlagen, nur auf Wunsch eines Kunden',
   'Making documents from templates, only where a customer asks for it',
   '{documents}', '{}', null, null, '', false, null, now(), now());

insert into sub_processors (processor_id, position, name, service, country) values
  ('019a0000-0000-7000-8000-000000000002', 1, 'Microsoft Azure', 'Hosting', 'US'),
  ('019a0000-0000-7000-8000-000000000002', 2, 'Amazon Web Services', 'Hosting', 'US'),
  ('019a0000-0000-7000-8000-000000000002', 3, 'Cloudflare', 'Netzwerk', 'US'),
  ('019a0000-0000-7000-8000-000000000002', 4, 'Intercom', 'Support', 'US'),
  ('019a0000-0000-7000-8000-000000000002', 5, 'Fillout', 'Formulare', 'US'),
  ('019a0000-0000-7000-8000-000000000002', 6, 'PostHog', 'Nutzungsmessung', 'EU');

insert into processor_changes (
  id, processor_id, processor_name, action, material, takes_effect_on, at
)
select ('019a0000-0000-7000-8000-00000000010' || right(id::text, 1))::uuid, id, name, 'listed', false,
  current_date, now()
from processors;

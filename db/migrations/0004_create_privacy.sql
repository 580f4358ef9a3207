-- Consent, objection, suppression, history, exports.

create table consents (
  tenant_id uuid not null,
  id uuid not null,
  contact_id uuid not null,
  channel text not null check (channel in ('email', 'phone', 'post', 'sms')),
  purpose text not null,
  text_version text not null,
  given_at timestamptz not null,
  given_how text not null,
  proof text not null default '',
  withdrawn_at timestamptz,
  recorded_by uuid,
  primary key (tenant_id, id),
  foreign key (tenant_id, contact_id) references contacts (tenant_id, id) on delete cascade
);
create index consents_contact on consents (tenant_id, contact_id);
select distribute('consents');
select isolate('consents');

create table objections (
  tenant_id uuid not null,
  id uuid not null,
  contact_id uuid not null,
  channel text not null check (channel in ('all', 'email', 'phone', 'post', 'sms')),
  objected_at timestamptz not null,
  recorded_by uuid,
  primary key (tenant_id, id),
  unique (tenant_id, contact_id, channel),
  foreign key (tenant_id, contact_id) references contacts (tenant_id, id) on delete cascade
);
select distribute('objections');
select isolate('objections');

-- Who must not be written to or imported again: only a keyed hash outlives the person's erasure.
create table suppressions (
  tenant_id uuid not null references tenants (id) on delete cascade,
  address_hash bytea not null,
  channel text not null check (channel in ('all', 'email', 'phone', 'post', 'sms')),
  reason text not null check (reason in ('objection', 'erasure', 'withdrawal')),
  created_at timestamptz not null,
  primary key (tenant_id, address_hash, channel)
);
select distribute('suppressions');
select isolate('suppressions');

-- The history of each record: which fields, by whom, when, why. The serving role only adds to it.
create table changes (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null,
  record_kind text not null check (record_kind in ('contact', 'company', 'import', 'export', 'user', 'tenant', 'tag')),
  record_id uuid not null,
  action text not null,
  fields jsonb not null default '[]',
  reason text not null default '',
  actor_kind text not null check (actor_kind in ('user', 'system')),
  actor_id uuid,
  at timestamptz not null,
  primary key (tenant_id, id)
);
create index changes_record on changes (tenant_id, record_kind, record_id, at desc, id desc);
select distribute('changes');
select isolate('changes');

create table exports (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null,
  kind text not null check (kind in ('contacts', 'companies')),
  format text not null check (format in ('csv', 'json', 'vcf')),
  purpose text not null,
  rows int,
  status text not null check (status in ('running', 'done', 'failed')),
  created_by uuid,
  created_at timestamptz not null,
  finished_at timestamptz,
  primary key (tenant_id, id)
);
create index exports_created on exports (tenant_id, created_at desc, id desc);
select distribute('exports');
select isolate('exports');

-- What all migrations amount to. Written by `deno task schema`; change a migration, not this.
-- The queue's own tables (schema jobs) are pg-boss's and not shown.

create extension btree_gin;
create extension pg_trgm;
create extension unaccent;

create table schema_migrations (
  number integer not null,
  name text not null,
  checksum text not null,
  applied_at timestamptz not null,
  primary key (number)
);

create table provider (
  only_row boolean default true not null,
  name text not null,
  legal_form text default '' not null,
  street text not null,
  postal_code text not null,
  city text not null,
  country text default 'DE' not null,
  email text not null,
  phone text default '' not null,
  register_entry text default '' not null,
  vat_id text default '' not null,
  represented_by text default '' not null,
  dpo_name text not null,
  dpo_email text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  land text default '' not null,
  operator_factors boolean default false not null,
  primary key (only_row),
  check (country ~ '^[A-Z]{2}$'),
  check (land in ('', 'BW', 'BY', 'BE', 'BB', 'HB', 'HH', 'HE', 'MV', 'NI', 'NW', 'RP', 'SL', 'SN', 'ST', 'SH', 'TH')),
  check (only_row)
);
-- no statistics: street, postal_code, city, country, email, phone, represented_by, dpo_name, dpo_email, land

create table tenants (
  id uuid not null,
  slug text not null,
  name text not null,
  locale text default 'de' not null,
  country text default 'DE' not null,
  trash_days integer default 7 not null,
  contract_ends_on date,
  created_at timestamptz not null,
  file_quota bigint default '10000000000'::bigint not null,
  notice_given_at timestamptz,
  uses_until date,
  phase text default 'open' not null,
  factor_roles text[] default '{}'[] not null,
  primary key (id),
  unique (slug),
  check (country ~ '^[A-Z]{2}$'),
  check (factor_roles <@ ARRAY['owner', 'admin', 'member', 'read_only']),
  check (file_quota >= 0),
  check (locale in ('de', 'en')),
  check (name <> ''),
  check ((((notice_given_at is null) = (uses_until is null)) and ((uses_until is null) or (contract_ends_on >= (uses_until + 30))))),
  check (phase in ('open', 'read_only', 'closed', 'erasing')),
  check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  check ((trash_days >= 1) and (trash_days <= 30))
);

create table identities (
  id uuid not null,
  email text not null,
  email_key text generated always as (lower(email)) stored not null,
  name text not null,
  password_hash text,
  locale text default 'de' not null,
  operator boolean default false not null,
  created_at timestamptz not null,
  password_changed_at timestamptz,
  seen_at timestamptz,
  away_since timestamptz,
  restricted_at timestamptz,
  objected_at timestamptz,
  factors_from uuid,
  primary key (id),
  unique (email_key),
  check (locale in ('de', 'en')),
  check (name <> '')
);
-- no statistics: email, email_key, name, password_hash

create table users (
  tenant_id uuid not null,
  id uuid not null,
  identity_id uuid not null,
  role text not null,
  created_at timestamptz not null,
  deactivated_at timestamptz,
  vouched_at timestamptz,
  vouched_subject_digest bytea,
  unmet boolean default false not null,
  primary key (tenant_id, id),
  unique (tenant_id, identity_id),
  foreign key (identity_id) references identities(id),
  foreign key (tenant_id) references tenants(id) on delete cascade,
  check (role in ('owner', 'admin', 'member', 'read_only'))
);
-- no statistics: vouched_subject_digest
create index users_identity on users using btree (identity_id);
alter table users enable row level security;
create policy tenant on users using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table sessions (
  id uuid not null,
  token_digest bytea not null,
  identity_id uuid not null,
  tenant_id uuid,
  theme text default 'auto' not null,
  flash jsonb,
  ip text not null,
  user_agent text not null,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  factor text default 'password' not null,
  confirmed_at timestamptz not null,
  written_to pg_lsn,
  provider_session_digest bytea,
  provider_subject_digest bytea,
  primary key (id),
  unique (token_digest),
  foreign key (identity_id) references identities(id) on delete cascade,
  foreign key (tenant_id) references tenants(id) on delete cascade,
  check (factor in ('link', 'password', 'totp', 'recovery', 'passkey', 'single_sign_on')),
  check (theme in ('auto', 'light', 'dark'))
);
-- no statistics: token_digest, ip, user_agent, provider_session_digest, provider_subject_digest
create index sessions_expiry on sessions using btree (expires_at);
create index sessions_identity on sessions using btree (identity_id);
create index sessions_provider_session on sessions using btree (tenant_id, provider_session_digest) where (provider_session_digest is not null);
create index sessions_provider_subject on sessions using btree (tenant_id, provider_subject_digest) where (provider_subject_digest is not null);

create table tokens (
  id uuid not null,
  kind text not null,
  token_digest bytea not null,
  identity_id uuid,
  tenant_id uuid,
  email text,
  role text,
  created_by uuid,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  subject_id uuid,
  primary key (id),
  unique (token_digest),
  foreign key (identity_id) references identities(id) on delete cascade,
  foreign key (tenant_id) references tenants(id) on delete cascade,
  check (kind in ('setup', 'invitation', 'password_reset', 'email_change', 'processor_evidence', 'contract', 'second_factor', 'passkey', 'single_sign_on', 'sign_in_domain')),
  check (role in ('owner', 'admin', 'member', 'read_only'))
);
-- no statistics: token_digest, email
create index tokens_expiry on tokens using btree (expires_at);
create index tokens_identity on tokens using btree (identity_id);
create index tokens_subject on tokens using btree (subject_id) where (subject_id is not null);
create index tokens_tenant on tokens using btree (tenant_id, kind);

create table rate_limits (
  scope text not null,
  key_digest bytea not null,
  window_start timestamptz not null,
  hits integer not null,
  expires_at timestamptz not null,
  primary key (scope, key_digest, window_start)
);
-- no statistics: key_digest
create index rate_limits_expiry on rate_limits using btree (expires_at);

create table mails (
  id uuid not null,
  tenant_id uuid,
  kind text not null,
  purpose text not null,
  recipient text not null,
  subject text not null,
  body_text text not null,
  body_html text not null,
  status text default 'queued' not null,
  attempts integer default 0 not null,
  claimed_until timestamptz,
  error_code text,
  created_at timestamptz not null,
  finished_at timestamptz,
  reply_to text default '' not null,
  attachment_name text default '' not null,
  attachment bytea,
  primary key (id),
  foreign key (tenant_id) references tenants(id) on delete cascade,
  check (purpose in ('provision', 'communication', 'security', 'legal')),
  check (status in ('queued', 'sent', 'failed', 'kept'))
);
-- no statistics: recipient, subject, body_text, body_html, reply_to, attachment
create index mails_created on mails using btree (created_at);

create table imports (
  tenant_id uuid not null,
  id uuid not null,
  kind text default 'file' not null,
  status text not null,
  file_name text not null,
  file_size bigint default 0 not null,
  inspection jsonb,
  options jsonb,
  source text,
  legal_basis text,
  purpose text,
  counts jsonb default '{}'::jsonb not null,
  progress integer default 0 not null,
  total integer,
  error_code text,
  created_by uuid,
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  undo_until timestamptz,
  undone_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id) references tenants(id) on delete cascade,
  check (kind in ('file', 'sample')),
  check (status in ('uploaded', 'checking', 'checked', 'queued', 'running', 'done', 'failed', 'undoing', 'undone', 'expired'))
);
-- no statistics: file_name, inspection
create index imports_created on imports using btree (tenant_id, created_at desc, id desc);
create index imports_running on imports using btree (tenant_id, started_at) where (status = 'running');
alter table imports enable row level security;
create policy sight on imports as restrictive for select using (( SELECT sees_all() AS sees_all) or (created_by = ( SELECT acting_user() AS acting_user)));
create policy tenant on imports using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table import_rows (
  tenant_id uuid not null,
  import_id uuid not null,
  row_no integer not null,
  outcome text not null,
  problems jsonb default '[]'::jsonb not null,
  cells jsonb default '[]'::jsonb not null,
  contact_id uuid,
  company_id uuid,
  primary key (tenant_id, import_id, row_no, outcome),
  foreign key (tenant_id, import_id) references imports(tenant_id, id) on delete cascade,
  check (outcome in ('rejected', 'skipped', 'duplicate', 'updated', 'warning'))
);
-- no statistics: problems, cells
alter table import_rows enable row level security;
create policy sight on import_rows as restrictive for select using (( SELECT sees_all() AS sees_all) or (EXISTS ( SELECT FROM imports i where ((i.tenant_id = import_rows.tenant_id) and (i.id = import_rows.import_id)))));
create policy tenant on import_rows using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table companies (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  legal_form text default '' not null,
  industry text default '' not null,
  status text default 'lead' not null,
  customer_number text default '' not null,
  vat_id text default '' not null,
  tax_number text default '' not null,
  register_court text default '' not null,
  register_number text default '' not null,
  website text default '' not null,
  notes text default '' not null,
  owner_id uuid,
  source text default '' not null,
  import_id uuid,
  search text default '' not null,
  sort_name text generated always as (fold(name)) stored,
  version integer default 1 not null,
  last_touch_at timestamptz not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  deleted_at timestamptz,
  deleted_by uuid,
  erase_after timestamptz,
  summary jsonb default '{}'::jsonb not null,
  name_key text generated always as (company_key(name)) stored,
  domain text generated always as (lower("substring"(website, '^[a-zA-Z]+://(?:[wW]{3}\.)?([^/:?#]+)'))) stored,
  parent_id uuid,
  merged_into uuid,
  behind_since timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, owner_id) references users(tenant_id, id) on DELETE SET null (owner_id),
  foreign key (tenant_id, parent_id) references companies(tenant_id, id) on DELETE SET null (parent_id),
  foreign key (tenant_id) references tenants(id) on delete cascade,
  foreign key (tenant_id, import_id) references imports(tenant_id, id),
  foreign key (tenant_id, merged_into) references companies(tenant_id, id) on delete cascade,
  check ((merged_into is null) or (deleted_at is not null)),
  check (name <> ''),
  check (parent_id <> id),
  check (status in ('lead', 'prospect', 'customer', 'partner', 'supplier', 'former'))
);
-- no statistics: name, customer_number, vat_id, tax_number, website, notes, search, sort_name, summary, name_key, domain
create index companies_behind on companies using btree (tenant_id, id) where (behind_since is not null);
create index companies_created on companies using btree (tenant_id, created_at desc, id desc) where (deleted_at is null);
create index companies_domain on companies using btree (tenant_id, domain) where (domain is not null);
create index companies_import on companies using btree (tenant_id, import_id) where (import_id is not null);
create index companies_import_changed on companies using btree (tenant_id, import_id) where ((version > 1) and (import_id is not null));
create index companies_key on companies using btree (tenant_id, name_key, id) where (deleted_at is null);
create index companies_merged on companies using btree (tenant_id, merged_into) where (merged_into is not null);
create index companies_name on companies using btree (tenant_id, sort_name collate "C", id) where (deleted_at is null);
create index companies_number on companies using btree (tenant_id, customer_number) where (customer_number <> '');
create index companies_origin on companies using btree (tenant_id, source collate "C") where (deleted_at is null);
create index companies_own on companies using btree (tenant_id, owner_id, updated_at desc, id desc) where ((owner_id is not null) and (deleted_at is null));
create index companies_owner on companies using btree (tenant_id, owner_id, sort_name collate "C", id) where (deleted_at is null);
create index companies_parent on companies using btree (tenant_id, parent_id, sort_name collate "C", id) where (parent_id is not null);
create index companies_search on companies using gin (tenant_id, search gin_trgm_ops);
create index companies_signs on companies using btree (tenant_id) where (octet_length(search) <> length(search));
create index companies_status on companies using btree (tenant_id, status, sort_name collate "C", id) where (deleted_at is null);
create index companies_status_touch on companies using btree (tenant_id, status, last_touch_at desc, id desc) where (deleted_at is null);
create index companies_touch on companies using btree (tenant_id, last_touch_at desc, id desc) where (deleted_at is null);
create index companies_trash on companies using btree (tenant_id, erase_after) where (deleted_at is not null);
create index companies_vat_id on companies using btree (tenant_id, vat_id) where (vat_id <> '');
alter table companies enable row level security;
create policy sight on companies as restrictive for select using (( SELECT (seen_owners('companies') is null)) or (COALESCE(owner_id, '00000000-0000-0000-0000-000000000000'::uuid) = ANY (( SELECT seen_owners('companies') AS seen_owners)::uuid[])));
create policy tenant on companies using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table contacts (
  tenant_id uuid not null,
  id uuid not null,
  salutation text default '' not null,
  title text default '' not null,
  first_name text default '' not null,
  name_prefix text default '' not null,
  last_name text default '' not null,
  name_suffix text default '' not null,
  letter_salutation text default '' not null,
  address_form text default 'formal' not null,
  language text default 'de' not null,
  "position" text default '' not null,
  birthday text,
  customer_number text default '' not null,
  status text default 'lead' not null,
  owner_id uuid,
  notes text default '' not null,
  website text default '' not null,
  source text not null,
  source_channel text not null,
  legal_basis text not null,
  purpose text not null,
  notice_due_on date,
  notice_sent_at timestamptz,
  restricted_at timestamptz,
  restricted_reason text,
  restricted_until date,
  retain_until date,
  retain_reason text,
  last_touch_at timestamptz not null,
  import_id uuid,
  external_uid text default '' not null,
  search text default '' not null,
  sort_name text generated always as (fold( case when (last_name = '') then first_name else ((last_name || ' ') || first_name) end)) stored,
  version integer default 1 not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  deleted_at timestamptz,
  deleted_by uuid,
  erase_after timestamptz,
  summary jsonb default '{}'::jsonb not null,
  name_sound text generated always as (NULLIF(((phonetic(last_name) || '-') || phonetic(first_name)), '-')) stored,
  merged_into uuid,
  notice_exception text,
  notice_exception_reason text,
  notice_exception_at timestamptz,
  notice_exception_by uuid,
  primary key (tenant_id, id),
  foreign key (tenant_id, owner_id) references users(tenant_id, id) on DELETE SET null (owner_id),
  foreign key (tenant_id) references tenants(id) on delete cascade,
  foreign key (tenant_id, import_id) references imports(tenant_id, id),
  foreign key (tenant_id, merged_into) references contacts(tenant_id, id) on delete cascade,
  check (address_form in ('formal', 'informal')),
  check (birthday ~ '^([0-9]{4}|-)-[0-9]{2}-[0-9]{2}$'),
  check ((first_name <> '') or (last_name <> '')),
  check ((merged_into is null) or (deleted_at is not null)),
  check (language ~ '^[a-z]{2}$'),
  check (legal_basis in ('contract', 'consent', 'legitimate_interest', 'legal_obligation', 'pre_contract')),
  check (notice_exception in ('known', 'effort', 'law', 'secrecy')),
  check (((num_nonnulls(notice_exception, notice_exception_reason, notice_exception_at) = ANY (ARRAY[0, 3])) and (notice_exception_reason <> ''))),
  check (purpose in ('customer_care', 'sales', 'marketing', 'supply', 'legal_duty')),
  check (salutation in ('', 'ms', 'mr', 'divers')),
  check (source_channel in ('manual', 'import', 'sample', 'mail', 'form', 'api')),
  check (source <> ''),
  check (status in ('lead', 'prospect', 'customer', 'partner', 'supplier', 'former'))
);
-- no statistics: salutation, title, first_name, name_prefix, last_name, name_suffix, letter_salutation, birthday, customer_number, notes, website, search, sort_name, summary, name_sound
create index contacts_created on contacts using btree (tenant_id, created_at desc, id desc) where (deleted_at is null);
create index contacts_import on contacts using btree (tenant_id, import_id) where (import_id is not null);
create index contacts_import_changed on contacts using btree (tenant_id, import_id) where ((version > 1) and (import_id is not null));
create index contacts_leads on contacts using btree (tenant_id, owner_id, created_at desc, id desc) where ((status = 'lead') and (deleted_at is null));
create index contacts_long_words on contacts using btree (tenant_id, sort_name collate "C", id) where ((deleted_at is null) and (restricted_at is null) and (octet_length(search) > 1000));
create index contacts_merged on contacts using btree (tenant_id, merged_into) where (merged_into is not null);
create index contacts_name on contacts using btree (tenant_id, sort_name collate "C", id) where (deleted_at is null);
create index contacts_number on contacts using btree (tenant_id, customer_number) where (customer_number <> '');
create index contacts_origin on contacts using btree (tenant_id, source collate "C", legal_basis collate "C") where (deleted_at is null);
create index contacts_own on contacts using btree (tenant_id, owner_id, updated_at desc, id desc) where ((owner_id is not null) and (deleted_at is null));
create index contacts_owner on contacts using btree (tenant_id, owner_id, sort_name collate "C", id) where (deleted_at is null);
create index contacts_retained on contacts using btree (tenant_id, restricted_until) where (restricted_reason = 'retention');
create index contacts_search on contacts using gin (tenant_id, search gin_trgm_ops);
create index contacts_signs on contacts using btree (tenant_id) where (octet_length(search) <> length(search));
create index contacts_sound on contacts using btree (tenant_id, name_sound, id) where (deleted_at is null);
create index contacts_status on contacts using btree (tenant_id, status, sort_name collate "C", id) where (deleted_at is null);
create index contacts_status_touch on contacts using btree (tenant_id, status, last_touch_at desc, id desc) where (deleted_at is null);
create index contacts_touch on contacts using btree (tenant_id, last_touch_at desc, id desc) where (deleted_at is null);
create index contacts_trash on contacts using btree (tenant_id, erase_after) where (deleted_at is not null);
create index contacts_uid on contacts using btree (tenant_id, external_uid) where (external_uid <> '');
create index contacts_words on contacts using btree (tenant_id, sort_name collate "C", id) INCLUDE (search) where ((deleted_at is null) and (restricted_at is null) and (octet_length(search) <= 1000));
alter table contacts enable row level security;
create policy sight on contacts as restrictive for select using (( SELECT (seen_owners('contacts') is null)) or (COALESCE(owner_id, '00000000-0000-0000-0000-000000000000'::uuid) = ANY (( SELECT seen_owners('contacts') AS seen_owners)::uuid[])));
create policy tenant on contacts using ((tenant_id = current_tenant()) and ((restricted_at is null) or (current_setting('app.sees_restricted', true) = 'on'))) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table affiliations (
  tenant_id uuid not null,
  id uuid not null,
  contact_id uuid not null,
  company_id uuid not null,
  role text default '' not null,
  department text default '' not null,
  is_primary boolean default false not null,
  since_on date,
  until_on date,
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id) references companies(tenant_id, id) on delete cascade,
  foreign key (tenant_id, contact_id) references contacts(tenant_id, id) on delete cascade,
  check ((until_on is null) or (since_on is null) or (until_on >= since_on))
);
create index affiliations_company on affiliations using btree (tenant_id, company_id);
create index affiliations_contact on affiliations using btree (tenant_id, contact_id);
alter table affiliations enable row level security;
create policy sight on affiliations as restrictive for select using (( SELECT sees_all() AS sees_all) or (sees_contact(contact_id) and sees_company(company_id)));
create policy tenant on affiliations using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table emails (
  tenant_id uuid not null,
  id uuid not null,
  contact_id uuid,
  company_id uuid,
  kind text default 'work' not null,
  address text not null,
  address_key text generated always as (lower(address)) stored,
  "position" integer default 0 not null,
  domain text generated always as (lower(split_part(address, '@', 2))) stored,
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id) references companies(tenant_id, id) on delete cascade,
  foreign key (tenant_id, contact_id) references contacts(tenant_id, id) on delete cascade,
  check (address <> ''),
  check (num_nonnulls(contact_id, company_id) = 1),
  check (kind in ('work', 'home', 'other'))
);
-- no statistics: address, address_key, domain
create index emails_company on emails using btree (tenant_id, company_id, "position") where (company_id is not null);
create index emails_contact on emails using btree (tenant_id, contact_id, "position") where (contact_id is not null);
create index emails_domain on emails using btree (tenant_id, domain) where (company_id is not null);
create index emails_key on emails using btree (tenant_id, address_key);
alter table emails enable row level security;
create policy sight on emails as restrictive for select using (( SELECT sees_all() AS sees_all) or (sees_contact(contact_id) and sees_company(company_id)));
create policy tenant on emails using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table phones (
  tenant_id uuid not null,
  id uuid not null,
  contact_id uuid,
  company_id uuid,
  kind text default 'work' not null,
  number text not null,
  "position" integer default 0 not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id) references companies(tenant_id, id) on delete cascade,
  foreign key (tenant_id, contact_id) references contacts(tenant_id, id) on delete cascade,
  check (num_nonnulls(contact_id, company_id) = 1),
  check (kind in ('work', 'mobile', 'home', 'fax', 'other')),
  check (number <> '')
);
-- no statistics: number
create index phones_company on phones using btree (tenant_id, company_id, "position") where (company_id is not null);
create index phones_contact on phones using btree (tenant_id, contact_id, "position") where (contact_id is not null);
create index phones_number on phones using btree (tenant_id, number);
alter table phones enable row level security;
create policy sight on phones as restrictive for select using (( SELECT sees_all() AS sees_all) or (sees_contact(contact_id) and sees_company(company_id)));
create policy tenant on phones using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table addresses (
  tenant_id uuid not null,
  id uuid not null,
  contact_id uuid,
  company_id uuid,
  kind text default 'work' not null,
  street text default '' not null,
  extra text default '' not null,
  po_box text default '' not null,
  postal_code text default '' not null,
  city text default '' not null,
  region text default '' not null,
  country text default '' not null,
  "position" integer default 0 not null,
  city_key text generated always as (fold(city)) stored,
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id) references companies(tenant_id, id) on delete cascade,
  foreign key (tenant_id, contact_id) references contacts(tenant_id, id) on delete cascade,
  check (num_nonnulls(contact_id, company_id) = 1),
  check ((country = '') or (country ~ '^[A-Z]{2}$')),
  check (kind in ('work', 'home', 'billing', 'shipping', 'visit', 'other'))
);
-- no statistics: street, extra, po_box, postal_code, city, region, country, city_key
create index addresses_city on addresses using btree (tenant_id, city_key collate "C");
create index addresses_company on addresses using btree (tenant_id, company_id, "position") where (company_id is not null);
create index addresses_contact on addresses using btree (tenant_id, contact_id, "position") where (contact_id is not null);
create index addresses_postal_code on addresses using btree (tenant_id, postal_code collate "C");
alter table addresses enable row level security;
create policy sight on addresses as restrictive for select using (( SELECT sees_all() AS sees_all) or (sees_contact(contact_id) and sees_company(company_id)));
create policy tenant on addresses using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table tags (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  name_key text generated always as (lower(name)) stored,
  import_id uuid,
  created_at timestamptz not null,
  changing text,
  name_before text,
  carriers integer default 0 not null,
  carriers_done integer default 0 not null,
  done_kind text,
  done_to uuid,
  primary key (tenant_id, id),
  unique (tenant_id, name_key),
  foreign key (tenant_id) references tenants(id) on delete cascade,
  foreign key (tenant_id, import_id) references imports(tenant_id, id),
  check (changing in ('renaming', 'removing')),
  check ((changing is null) = (name_before is null)),
  check (name <> '')
);
create index tags_changing on tags using btree (tenant_id) where (changing is not null);
alter table tags enable row level security;
create policy tenant on tags using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table contact_tags (
  tenant_id uuid not null,
  tag_id uuid not null,
  contact_id uuid not null,
  primary key (tenant_id, tag_id, contact_id),
  foreign key (tenant_id, contact_id) references contacts(tenant_id, id) on delete cascade,
  foreign key (tenant_id, tag_id) references tags(tenant_id, id) on delete cascade
);
create index contact_tags_contact on contact_tags using btree (tenant_id, contact_id);
alter table contact_tags enable row level security;
create policy sight on contact_tags as restrictive for select using (( SELECT sees_all() AS sees_all) or sees_contact(contact_id));
create policy tenant on contact_tags using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table company_tags (
  tenant_id uuid not null,
  tag_id uuid not null,
  company_id uuid not null,
  primary key (tenant_id, tag_id, company_id),
  foreign key (tenant_id, company_id) references companies(tenant_id, id) on delete cascade,
  foreign key (tenant_id, tag_id) references tags(tenant_id, id) on delete cascade
);
create index company_tags_company on company_tags using btree (tenant_id, company_id);
alter table company_tags enable row level security;
create policy sight on company_tags as restrictive for select using (( SELECT sees_all() AS sees_all) or sees_company(company_id));
create policy tenant on company_tags using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table consents (
  tenant_id uuid not null,
  id uuid not null,
  contact_id uuid not null,
  channel text not null,
  purpose text not null,
  text_version text not null,
  given_at timestamptz not null,
  given_how text not null,
  proof text default '' not null,
  withdrawn_at timestamptz,
  recorded_by uuid,
  primary key (tenant_id, id),
  foreign key (tenant_id, contact_id) references contacts(tenant_id, id) on delete cascade,
  check (channel in ('email', 'phone', 'post', 'sms'))
);
-- no statistics: proof
create index consents_contact on consents using btree (tenant_id, contact_id);
create index consents_withdrawn on consents using btree (tenant_id, withdrawn_at) where (withdrawn_at is not null);
alter table consents enable row level security;
create policy sight on consents as restrictive for select using (( SELECT sees_all() AS sees_all) or sees_contact(contact_id));
create policy tenant on consents using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());

create table objections (
  tenant_id uuid not null,
  id uuid not null,
  contact_id uuid not null,
  channel text not null,
  objected_at timestamptz not null,
  recorded_by uuid,
  by_person boolean default false not null,
  primary key (tenant_id, id),
  unique (tenant_id, contact_id, channel),
  foreign key (tenant_id, contact_id) references contacts(tenant_id, id) on delete cascade,
  check (channel in ('all', 'email', 'phone', 'post', 'sms'))
);
alter table objections enable row level security;
create policy sight on objections as restrictive for select using (( SELECT sees_all() AS sees_all) or sees_contact(contact_id));
create policy tenant on objections using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());

create table suppressions (
  tenant_id uuid not null,
  address_hash bytea not null,
  channel text not null,
  reason text not null,
  created_at timestamptz not null,
  primary key (tenant_id, address_hash, channel),
  foreign key (tenant_id) references tenants(id) on delete cascade,
  check (channel in ('all', 'email', 'phone', 'post', 'sms')),
  check (reason in ('objection', 'erasure', 'withdrawal'))
);
-- no statistics: address_hash
alter table suppressions enable row level security;
create policy tenant on suppressions using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());

create table changes (
  tenant_id uuid not null,
  id uuid not null,
  record_kind text not null,
  record_id uuid not null,
  action text not null,
  fields jsonb default '[]'::jsonb not null,
  reason text default '' not null,
  actor_kind text not null,
  actor_id uuid,
  at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id) references tenants(id) on delete cascade,
  check (actor_kind in ('user', 'system')),
  check (record_kind in ('contact', 'company', 'deal', 'activity', 'import', 'export', 'user', 'tenant', 'tag', 'pipeline', 'lost_reason', 'custom_field', 'team'))
);
create index changes_record on changes using btree (tenant_id, record_kind, record_id, at desc, id desc);
alter table changes enable row level security;
create policy sight on changes as restrictive for select using (( SELECT sees_all() AS sees_all) or sees_history(record_kind, record_id));
create policy tenant on changes using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());

create table exports (
  tenant_id uuid not null,
  id uuid not null,
  kind text not null,
  format text not null,
  purpose text not null,
  rows integer,
  status text not null,
  created_by uuid,
  created_at timestamptz not null,
  finished_at timestamptz,
  extent text default 'all' not null,
  reminded_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id) references tenants(id) on delete cascade,
  check (extent in ('all', 'list', 'selection')),
  check (format in ('xlsx', 'excel_de', 'csv', 'json', 'vcf', 'vcf3')),
  check (kind in ('contacts', 'companies', 'deals', 'activities')),
  check (status in ('running', 'done', 'failed'))
);
create index exports_created on exports using btree (tenant_id, created_at desc, id desc);
alter table exports enable row level security;
create policy tenant on exports using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());

create table views (
  tenant_id uuid not null,
  id uuid not null,
  kind text not null,
  name text not null,
  query text not null,
  shared boolean default false not null,
  user_id uuid not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id) references tenants(id) on delete cascade,
  foreign key (tenant_id, user_id) references users(tenant_id, id) on delete cascade,
  check (kind in ('contact', 'company', 'deal')),
  check (name <> '')
);
-- no statistics: name, query
create index views_kind on views using btree (tenant_id, kind);
create index views_user on views using btree (tenant_id, user_id);
alter table views enable row level security;
create policy tenant on views using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table view_defaults (
  tenant_id uuid not null,
  user_id uuid not null,
  kind text not null,
  view_id uuid not null,
  primary key (tenant_id, user_id, kind),
  foreign key (tenant_id, user_id) references users(tenant_id, id) on delete cascade,
  foreign key (tenant_id, view_id) references views(tenant_id, id) on delete cascade,
  check (kind in ('contact', 'company', 'deal'))
);
create index view_defaults_view on view_defaults using btree (tenant_id, view_id);
alter table view_defaults enable row level security;
create policy tenant on view_defaults using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table bulk_changes (
  tenant_id uuid not null,
  id uuid not null,
  kind text not null,
  action text not null,
  value text default '' not null,
  status text not null,
  total integer not null,
  changed integer default 0 not null,
  created_by uuid,
  created_at timestamptz not null,
  finished_at timestamptz,
  undo_until timestamptz not null,
  unseen integer default 0 not null,
  waiting uuid[],
  primary key (tenant_id, id),
  foreign key (tenant_id) references tenants(id) on delete cascade,
  check (action in ('tag', 'untag', 'owner', 'status', 'stage', 'delete', 'custom', 'notice', 'notice_exception')),
  check (kind in ('contact', 'company', 'deal')),
  check (status in ('running', 'done', 'undoing', 'undone'))
);
create index bulk_changes_until on bulk_changes using btree (tenant_id, undo_until);
alter table bulk_changes enable row level security;
create policy tenant on bulk_changes using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table bulk_change_rows (
  tenant_id uuid not null,
  bulk_change_id uuid not null,
  contact_id uuid,
  company_id uuid,
  state text default 'waiting' not null,
  old text,
  deal_id uuid,
  record_id uuid generated always as (COALESCE(contact_id, company_id, deal_id)) stored not null,
  primary key (tenant_id, bulk_change_id, record_id),
  foreign key (tenant_id, bulk_change_id) references bulk_changes(tenant_id, id) on delete cascade,
  foreign key (tenant_id, company_id) references companies(tenant_id, id) on delete cascade,
  foreign key (tenant_id, contact_id) references contacts(tenant_id, id) on delete cascade,
  foreign key (tenant_id, deal_id) references deals(tenant_id, id) on delete cascade,
  check (num_nonnulls(contact_id, company_id, deal_id) = 1),
  check (state in ('waiting', 'changed', 'same', 'undone'))
);
create index bulk_change_rows_company on bulk_change_rows using btree (tenant_id, company_id) where (company_id is not null);
create index bulk_change_rows_contact on bulk_change_rows using btree (tenant_id, contact_id) where (contact_id is not null);
create index bulk_change_rows_deal on bulk_change_rows using btree (tenant_id, deal_id) where (deal_id is not null);
create index bulk_change_rows_state on bulk_change_rows using btree (tenant_id, bulk_change_id, state);
alter table bulk_change_rows enable row level security;
create policy tenant on bulk_change_rows using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table visits (
  tenant_id uuid not null,
  user_id uuid not null,
  record_id uuid not null,
  contact_id uuid,
  company_id uuid,
  seen_at timestamptz not null,
  deal_id uuid,
  primary key (tenant_id, user_id, record_id),
  foreign key (tenant_id, company_id) references companies(tenant_id, id) on delete cascade,
  foreign key (tenant_id, contact_id) references contacts(tenant_id, id) on delete cascade,
  foreign key (tenant_id, deal_id) references deals(tenant_id, id) on delete cascade,
  foreign key (tenant_id, user_id) references users(tenant_id, id) on delete cascade,
  check (((record_id = COALESCE(contact_id, company_id, deal_id)) and (num_nonnulls(contact_id, company_id, deal_id) = 1)))
);
create index visits_company on visits using btree (tenant_id, company_id) where (company_id is not null);
create index visits_contact on visits using btree (tenant_id, contact_id) where (contact_id is not null);
create index visits_deal on visits using btree (tenant_id, deal_id) where (deal_id is not null);
alter table visits enable row level security;
create policy tenant on visits using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());

create table notifications (
  tenant_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  kind text not null,
  record_kind text not null,
  contact_id uuid,
  company_id uuid,
  import_id uuid,
  bulk_change_id uuid,
  count integer default 1 not null,
  actor_id uuid,
  in_app boolean not null,
  mail_due boolean not null,
  created_at timestamptz not null,
  read_at timestamptz,
  activity_id uuid,
  deal_id uuid,
  message_id uuid,
  primary key (tenant_id, id),
  foreign key (tenant_id, activity_id) references activities(tenant_id, id) on delete cascade,
  foreign key (tenant_id, bulk_change_id) references bulk_changes(tenant_id, id) on delete cascade,
  foreign key (tenant_id, company_id) references companies(tenant_id, id) on delete cascade,
  foreign key (tenant_id, contact_id) references contacts(tenant_id, id) on delete cascade,
  foreign key (tenant_id, deal_id) references deals(tenant_id, id) on delete cascade,
  foreign key (tenant_id, import_id) references imports(tenant_id, id) on delete cascade,
  foreign key (tenant_id, message_id) references messages(tenant_id, id) on delete cascade,
  foreign key (tenant_id, user_id) references users(tenant_id, id) on delete cascade,
  check (num_nonnulls(contact_id, company_id, deal_id, activity_id, message_id, import_id, bulk_change_id) <= 1),
  check (count > 0),
  check (kind in ('assigned', 'reminder', 'mail_received', 'import_done', 'bulk_change_done')),
  check (record_kind in ('contact', 'company', 'deal', 'activity', 'message', 'import', 'bulk_change'))
);
create index notifications_activity on notifications using btree (tenant_id, activity_id) where (activity_id is not null);
create index notifications_bulk_change on notifications using btree (tenant_id, bulk_change_id) where (bulk_change_id is not null);
create index notifications_company on notifications using btree (tenant_id, company_id) where (company_id is not null);
create index notifications_contact on notifications using btree (tenant_id, contact_id) where (contact_id is not null);
create index notifications_deal on notifications using btree (tenant_id, deal_id) where (deal_id is not null);
create index notifications_import on notifications using btree (tenant_id, import_id) where (import_id is not null);
create index notifications_mail on notifications using btree (created_at) where mail_due;
create index notifications_message on notifications using btree (tenant_id, message_id) where (message_id is not null);
create index notifications_unread on notifications using btree (tenant_id, user_id, id) where (in_app and (read_at is null));
create index notifications_user on notifications using btree (tenant_id, user_id, id) where in_app;
alter table notifications enable row level security;
create policy tenant on notifications using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());

create table notification_preferences (
  tenant_id uuid not null,
  user_id uuid not null,
  kind text not null,
  in_app boolean not null,
  by_mail boolean not null,
  primary key (tenant_id, user_id, kind),
  foreign key (tenant_id, user_id) references users(tenant_id, id) on delete cascade
);
alter table notification_preferences enable row level security;
create policy tenant on notification_preferences using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());

create table pipelines (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  "position" integer default 0 not null,
  created_at timestamptz not null,
  removed_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id) references tenants(id) on delete cascade,
  check (name <> '')
);
alter table pipelines enable row level security;
create policy tenant on pipelines using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table stages (
  tenant_id uuid not null,
  id uuid not null,
  pipeline_id uuid not null,
  name text not null,
  kind text not null,
  "position" integer default 0 not null,
  probability integer not null,
  colour text default 'grey' not null,
  rotting_days integer,
  removed_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, pipeline_id, id, kind),
  foreign key (tenant_id, pipeline_id) references pipelines(tenant_id, id) on delete cascade,
  check ((kind = 'open') or (rotting_days is null)),
  check (probability = case kind when 'won' then 100 when 'lost' then 0 else probability end),
  check (colour in ('grey', 'blue', 'teal', 'green', 'yellow', 'orange', 'red', 'violet')),
  check (kind in ('open', 'won', 'lost')),
  check (name <> ''),
  check ((probability >= 0) and (probability <= 100)),
  check ((rotting_days >= 1) and (rotting_days <= 365))
);
alter table stages enable row level security;
create policy tenant on stages using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table lost_reasons (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  "position" integer default 0 not null,
  removed_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id) references tenants(id) on delete cascade,
  check (name <> '')
);
alter table lost_reasons enable row level security;
create policy tenant on lost_reasons using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table deals (
  tenant_id uuid not null,
  id uuid not null,
  title text not null,
  company_id uuid,
  amount_cents bigint,
  currency text default 'EUR' not null,
  expected_close_on date,
  owner_id uuid,
  source text default '' not null,
  notes text default '' not null,
  pipeline_id uuid not null,
  stage_id uuid not null,
  status text not null,
  stage_since timestamptz not null,
  closed_at timestamptz,
  lost_reason_id uuid,
  import_id uuid,
  search text default '' not null,
  summary jsonb default '{}'::jsonb not null,
  sort_name text generated always as (fold(title)) stored,
  amount_key bigint generated always as (COALESCE(amount_cents, ('-1'::integer)::bigint)) stored,
  close_key date generated always as (COALESCE(expected_close_on, '9999-12-31'::date)) stored,
  version integer default 1 not null,
  last_touch_at timestamptz not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  deleted_at timestamptz,
  deleted_by uuid,
  erase_after timestamptz,
  external_uid text default '' not null,
  merged_into uuid,
  primary key (tenant_id, id),
  foreign key (tenant_id, owner_id) references users(tenant_id, id) on DELETE SET null (owner_id),
  foreign key (tenant_id, company_id) references companies(tenant_id, id) on DELETE SET null (company_id),
  foreign key (tenant_id) references tenants(id) on delete cascade,
  foreign key (tenant_id, import_id) references imports(tenant_id, id),
  foreign key (tenant_id, lost_reason_id) references lost_reasons(tenant_id, id),
  foreign key (tenant_id, merged_into) references deals(tenant_id, id) on delete cascade,
  foreign key (tenant_id, pipeline_id, stage_id, status) references stages(tenant_id, pipeline_id, id, kind),
  check ((amount_cents >= 0) and (amount_cents <= '9999999999999'::bigint)),
  check ((status = 'open') = (closed_at is null)),
  check ((lost_reason_id is null) or (status = 'lost')),
  check ((merged_into is null) or (deleted_at is not null)),
  check (currency ~ '^[A-Z]{3}$'),
  check (title <> '')
);
-- no statistics: title, notes, search, summary, sort_name
create index deals_amount on deals using btree (tenant_id, amount_key, id) where (deleted_at is null);
create index deals_board on deals using btree (tenant_id, stage_id, stage_since desc, id desc) INCLUDE (amount_cents, currency, owner_id) where (deleted_at is null);
create index deals_close on deals using btree (tenant_id, close_key, id) where (deleted_at is null);
create index deals_company on deals using btree (tenant_id, company_id) where (company_id is not null);
create index deals_created on deals using btree (tenant_id, created_at desc, id desc) where (deleted_at is null);
create index deals_import on deals using btree (tenant_id, import_id) where (import_id is not null);
create index deals_import_changed on deals using btree (tenant_id, import_id) where ((version > 1) and (import_id is not null));
create index deals_merged on deals using btree (tenant_id, merged_into) where (merged_into is not null);
create index deals_name on deals using btree (tenant_id, sort_name collate "C", id) where (deleted_at is null);
create index deals_open on deals using btree (tenant_id, company_id, sort_name collate "C", id) where ((status = 'open') and (deleted_at is null) and (company_id is not null));
create index deals_origin on deals using btree (tenant_id, source collate "C") where (deleted_at is null);
create index deals_own on deals using btree (tenant_id, owner_id, updated_at desc, id desc) where ((owner_id is not null) and (deleted_at is null));
create index deals_owner on deals using btree (tenant_id, owner_id, sort_name collate "C", id) where (deleted_at is null);
create index deals_rotting on deals using btree (tenant_id, owner_id, stage_since, id) where ((status = 'open') and (owner_id is not null) and (deleted_at is null));
create index deals_search on deals using gin (tenant_id, search gin_trgm_ops) with (gin_pending_list_limit='256');
create index deals_signs on deals using btree (tenant_id) where (octet_length(search) <> length(search));
create index deals_status on deals using btree (tenant_id, status, sort_name collate "C", id) where (deleted_at is null);
create index deals_touch on deals using btree (tenant_id, last_touch_at desc, id desc) where (deleted_at is null);
create index deals_trash on deals using btree (tenant_id, erase_after) where (deleted_at is not null);
create index deals_uid on deals using btree (tenant_id, external_uid) where (external_uid <> '');
alter table deals enable row level security;
create policy sight on deals as restrictive for select using (( SELECT (seen_owners('deals') is null)) or (COALESCE(owner_id, '00000000-0000-0000-0000-000000000000'::uuid) = ANY (( SELECT seen_owners('deals') AS seen_owners)::uuid[])));
create policy tenant on deals using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table deal_contacts (
  tenant_id uuid not null,
  deal_id uuid not null,
  contact_id uuid not null,
  role text default '' not null,
  added_at timestamptz not null,
  primary key (tenant_id, deal_id, contact_id),
  foreign key (tenant_id, contact_id) references contacts(tenant_id, id) on delete cascade,
  foreign key (tenant_id, deal_id) references deals(tenant_id, id) on delete cascade
);
create index deal_contacts_contact on deal_contacts using btree (tenant_id, contact_id);
alter table deal_contacts enable row level security;
create policy sight on deal_contacts as restrictive for select using (( SELECT sees_all() AS sees_all) or (sees_deal(deal_id) and sees_contact(contact_id)));
create policy tenant on deal_contacts using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table deal_tags (
  tenant_id uuid not null,
  tag_id uuid not null,
  deal_id uuid not null,
  primary key (tenant_id, tag_id, deal_id),
  foreign key (tenant_id, deal_id) references deals(tenant_id, id) on delete cascade,
  foreign key (tenant_id, tag_id) references tags(tenant_id, id) on delete cascade
);
create index deal_tags_deal on deal_tags using btree (tenant_id, deal_id);
alter table deal_tags enable row level security;
create policy sight on deal_tags as restrictive for select using (( SELECT sees_all() AS sees_all) or sees_deal(deal_id));
create policy tenant on deal_tags using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table deal_stage_changes (
  tenant_id uuid not null,
  id uuid not null,
  deal_id uuid not null,
  from_stage_id uuid,
  to_stage_id uuid not null,
  at timestamptz not null,
  actor_id uuid,
  primary key (tenant_id, id),
  foreign key (tenant_id, deal_id) references deals(tenant_id, id) on delete cascade,
  foreign key (tenant_id, from_stage_id) references stages(tenant_id, id),
  foreign key (tenant_id, to_stage_id) references stages(tenant_id, id)
);
create index deal_stage_changes_deal on deal_stage_changes using btree (tenant_id, deal_id, at desc, id desc);
alter table deal_stage_changes enable row level security;
create policy sight on deal_stage_changes as restrictive for select using (( SELECT sees_all() AS sees_all) or sees_deal(deal_id));
create policy tenant on deal_stage_changes using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table inbound_addresses (
  tenant_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  local_part text not null,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, user_id),
  foreign key (tenant_id, user_id) references users(tenant_id, id) on delete cascade,
  check (local_part ~ '^[a-z0-9]{16}$')
);
-- no statistics: local_part
create index inbound_addresses_local_part on inbound_addresses using btree (local_part);
alter table inbound_addresses enable row level security;
create policy tenant on inbound_addresses using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table raw_mails (
  tenant_id uuid not null,
  id uuid not null,
  handler text not null,
  source_id uuid not null,
  size bigint not null,
  status text default 'waiting' not null,
  error_code text,
  received_at timestamptz not null,
  finished_at timestamptz,
  primary key (tenant_id, id),
  check (status in ('waiting', 'done', 'failed'))
);
create index raw_mails_received on raw_mails using btree (tenant_id, received_at);
alter table raw_mails enable row level security;
create policy tenant on raw_mails using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table threads (
  tenant_id uuid not null,
  id uuid not null,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id) references tenants(id) on delete cascade
);
alter table threads enable row level security;
create policy tenant on threads using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table messages (
  tenant_id uuid not null,
  id uuid not null,
  thread_id uuid not null,
  direction text not null,
  kind text default 'mail' not null,
  state text not null,
  error_code text,
  user_id uuid,
  message_id_header text default '' not null,
  reference_ids text[] default '{}'[] not null,
  root_id text default '' not null,
  from_name text default '' not null,
  from_address text default '' not null,
  reply_to jsonb default '[]'::jsonb not null,
  sent_to jsonb default '[]'::jsonb not null,
  sent_cc jsonb default '[]'::jsonb not null,
  sent_bcc jsonb default '[]'::jsonb not null,
  subject text default '' not null,
  body_text text default '' not null,
  body_html text default '' not null,
  incomplete text,
  size bigint,
  at timestamptz not null,
  read_at timestamptz,
  created_at timestamptz not null,
  created_by uuid,
  search text generated always as (search_words(((((((subject || ' ') || from_name) || ' ') || from_address) || ' ') || "left"(body_text, 1000)))) stored not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, thread_id) references threads(tenant_id, id) on delete cascade,
  foreign key (tenant_id, user_id) references users(tenant_id, id) on DELETE SET null (user_id),
  check (direction in ('in', 'out')),
  check (incomplete in ('headers', 'structure', 'markup', 'text', 'files', 'size', 'refused', 'quota', 'encrypted')),
  check (kind in ('mail', 'auto_reply', 'bulk', 'bounce')),
  check (state in ('draft', 'received', 'queued', 'sent', 'failed'))
);
-- no statistics: message_id_header, reference_ids, root_id, from_name, from_address, reply_to, sent_to, sent_cc, sent_bcc, subject, body_text, body_html, search
create index messages_at on messages using btree (tenant_id, at desc, id desc);
create index messages_author on messages using btree (tenant_id, user_id, state, at desc, id desc) where (direction = 'out');
create index messages_header on messages using btree (tenant_id, message_id_header) where (message_id_header <> '');
create index messages_root on messages using btree (tenant_id, root_id) where (root_id <> '');
create index messages_search on messages using gin (tenant_id, search gin_trgm_ops) with (gin_pending_list_limit='256');
create index messages_thread on messages using btree (tenant_id, thread_id, at, id);
create index messages_user on messages using btree (tenant_id, user_id) where (user_id is not null);
alter table messages enable row level security;
create policy sight on messages as restrictive for select using (( SELECT sees_all() AS sees_all) or (user_id = ( SELECT acting_user() AS acting_user)) or sees_message(id));
create policy tenant on messages using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table message_links (
  tenant_id uuid not null,
  id uuid not null,
  message_id uuid not null,
  contact_id uuid,
  company_id uuid,
  deal_id uuid,
  at timestamptz not null,
  primary key (tenant_id, id),
  unique NULLS not DISTINCT (tenant_id, message_id, contact_id, company_id, deal_id),
  foreign key (tenant_id, company_id) references companies(tenant_id, id) on delete cascade,
  foreign key (tenant_id, contact_id) references contacts(tenant_id, id) on delete cascade,
  foreign key (tenant_id, deal_id) references deals(tenant_id, id) on delete cascade,
  foreign key (tenant_id, message_id) references messages(tenant_id, id) on delete cascade,
  check (num_nonnulls(contact_id, company_id, deal_id) = 1)
);
create index message_links_company on message_links using btree (tenant_id, company_id, at desc, message_id desc) where (company_id is not null);
create index message_links_contact on message_links using btree (tenant_id, contact_id, at desc, message_id desc) where (contact_id is not null);
create index message_links_deal on message_links using btree (tenant_id, deal_id, at desc, message_id desc) where (deal_id is not null);
alter table message_links enable row level security;
create policy tenant on message_links using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table message_keys (
  tenant_id uuid not null,
  mail_key text not null,
  message_id uuid not null,
  primary key (tenant_id, mail_key),
  foreign key (tenant_id, message_id) references messages(tenant_id, id) on delete cascade
);
-- no statistics: mail_key
create index message_keys_message on message_keys using btree (tenant_id, message_id);
alter table message_keys enable row level security;
create policy tenant on message_keys using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table inbox_messages (
  tenant_id uuid not null,
  id uuid not null,
  message_id uuid not null,
  user_id uuid,
  state text not null,
  kind text not null,
  place text generated always as ( case when ((state = 'open') and (kind <> 'mail')) then 'automatic' else state end) stored not null,
  at timestamptz not null,
  settled_at timestamptz,
  settled_by uuid,
  erase_after timestamptz,
  primary key (tenant_id, id),
  unique NULLS not DISTINCT (tenant_id, message_id, user_id),
  foreign key (tenant_id, message_id) references messages(tenant_id, id) on delete cascade,
  foreign key (tenant_id, user_id) references users(tenant_id, id) on delete cascade,
  check ((state = 'discarded') = (erase_after is not null)),
  check (state in ('open', 'assigned', 'discarded'))
);
create index inbox_messages_erase on inbox_messages using btree (tenant_id, erase_after) where (erase_after is not null);
create index inbox_messages_own on inbox_messages using btree (tenant_id, user_id, place, at desc, id desc) where (user_id is not null);
create index inbox_messages_shared on inbox_messages using btree (tenant_id, place, at desc, id desc) where (user_id is null);
create index inbox_messages_stale on inbox_messages using btree (tenant_id, at) where (state = 'open');
alter table inbox_messages enable row level security;
create policy tenant on inbox_messages using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table mailboxes (
  tenant_id uuid not null,
  id uuid not null,
  user_id uuid,
  name text not null,
  address text not null,
  address_key text generated always as (lower(address)) stored,
  host text not null,
  port integer not null,
  security text not null,
  username text not null,
  password_sealed bytea not null,
  since_on date not null,
  active boolean default true not null,
  version integer default 1 not null,
  folders text[] default '{}'[] not null,
  due_at timestamptz not null,
  claimed_until timestamptz,
  began_at timestamptz,
  finished_at timestamptz,
  received integer default 0 not null,
  error_code text,
  failures integer default 0 not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  privacy boolean default false not null,
  primary key (tenant_id, id),
  foreign key (tenant_id) references tenants(id) on delete cascade,
  foreign key (tenant_id, user_id) references users(tenant_id, id) on delete cascade,
  check (address <> ''),
  check (name <> ''),
  check ((port >= 1) and (port <= 65535)),
  check ((not privacy) or (user_id is null)),
  check (security in ('tls', 'starttls', 'none'))
);
-- no statistics: name, address, address_key, username, password_sealed
create index mailboxes_address on mailboxes using btree (tenant_id, address_key);
create index mailboxes_due on mailboxes using btree (due_at) where active;
create index mailboxes_user on mailboxes using btree (tenant_id, user_id);
alter table mailboxes enable row level security;
create policy tenant on mailboxes using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table mailbox_folders (
  tenant_id uuid not null,
  mailbox_id uuid not null,
  role text not null,
  path text not null,
  uid_validity bigint,
  last_uid bigint default 0 not null,
  counted_at timestamptz,
  on_server integer,
  known integer,
  missing integer,
  primary key (tenant_id, mailbox_id, role),
  foreign key (tenant_id, mailbox_id) references mailboxes(tenant_id, id) on delete cascade,
  check (path <> ''),
  check (role in ('inbox', 'sent'))
);
alter table mailbox_folders enable row level security;
create policy tenant on mailbox_folders using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table mailbox_mails (
  tenant_id uuid not null,
  mailbox_id uuid not null,
  role text not null,
  uid_validity bigint not null,
  uid bigint not null,
  mail_key text not null,
  outcome text not null,
  error_code text,
  attempts integer default 1 not null,
  seen_at timestamptz not null,
  primary key (tenant_id, mailbox_id, role, uid_validity, uid),
  foreign key (tenant_id, mailbox_id, role) references mailbox_folders(tenant_id, mailbox_id, role) on delete cascade,
  check (outcome in ('received', 'known', 'passed_over', 'failed'))
);
-- no statistics: mail_key
create index mailbox_mails_key on mailbox_mails using btree (tenant_id, mailbox_id, role, mail_key);
alter table mailbox_mails enable row level security;
create policy tenant on mailbox_mails using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table processors (
  id uuid not null,
  adapter text,
  name text not null,
  role text default 'processor' not null,
  service_de text not null,
  service_en text not null,
  data_categories text[] not null,
  processing_countries text[] default '{}'[] not null,
  seat_country text,
  parent_country text,
  location text default '' not null,
  agreement_on date,
  reviewed_on date,
  enabled boolean default false not null,
  enabled_from timestamptz,
  version integer default 1 not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  removed_at timestamptz,
  reminded_on date,
  primary key (id),
  unique (adapter),
  check (adapter in ('ionos', 'latenode', 'documentero')),
  check (enabled = (enabled_from is not null)),
  check ((removed_at is null) or (not enabled)),
  check (name <> ''),
  check (parent_country ~ '^[A-Z]{2}$'),
  check (role in ('processor', 'controller')),
  check (seat_country ~ '^[A-Z]{2}$')
);

create table sub_processors (
  processor_id uuid not null,
  "position" integer not null,
  name text not null,
  service text default '' not null,
  country text not null,
  primary key (processor_id, "position"),
  foreign key (processor_id) references processors(id) on delete cascade,
  check (country ~ '^[A-Z]{2}$'),
  check (name <> '')
);

create table processor_hosts (
  processor_id uuid not null,
  host text not null,
  port integer not null,
  primary key (processor_id, host, port),
  foreign key (processor_id) references processors(id) on delete cascade,
  check (((host ~ '^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$') and (host !~ '\.\.'))),
  check ((port >= 1) and (port <= 65535))
);

create table processor_connections (
  processor_id uuid not null,
  settings jsonb not null,
  secrets bytea not null,
  updated_at timestamptz not null,
  primary key (processor_id),
  foreign key (processor_id) references processors(id) on delete cascade
);
-- no statistics: secrets

create table processor_evidence (
  id uuid not null,
  processor_id uuid not null,
  covers text[] not null,
  dated_on date not null,
  file_name text not null,
  media_type text not null,
  size integer not null,
  sha256 bytea not null,
  content bytea not null,
  uploaded_by uuid,
  uploaded_at timestamptz not null,
  decision text,
  decided_by text,
  decided_at timestamptz,
  decision_note text default '' not null,
  removed_at timestamptz,
  primary key (id),
  foreign key (processor_id) references processors(id) on delete cascade,
  foreign key (uploaded_by) references identities(id) on DELETE SET null,
  check ((decision is null) = (decided_at is null)),
  check ((covers <@ '{agreement,location}'[]) and (covers <> '{}'[])),
  check (decision in ('approved', 'refused'))
);
-- no statistics: file_name, content, decided_by, decision_note
create index processor_evidence_processor on processor_evidence using btree (processor_id, uploaded_at);

create table processor_changes (
  id uuid not null,
  processor_id uuid not null,
  processor_name text not null,
  action text not null,
  differences jsonb default '{}'::jsonb not null,
  material boolean not null,
  takes_effect_on date not null,
  reason text default '' not null,
  actor_id uuid,
  at timestamptz not null,
  primary key (id),
  check (action in ('listed', 'changed', 'enabled', 'disabled', 'evidence_approved', 'removed', 'withdrawn'))
);
create index processor_changes_at on processor_changes using btree (at, id);

create table processor_checks (
  id uuid not null,
  processor_id uuid not null,
  kind text not null,
  passed boolean not null,
  figures jsonb default '{}'::jsonb not null,
  at timestamptz not null,
  primary key (id),
  foreign key (processor_id) references processors(id) on delete cascade
);
create index processor_checks_processor on processor_checks using btree (processor_id, at);

create table latenode_deliveries (
  id uuid not null,
  event text not null,
  status text default 'queued' not null,
  attempts integer default 0 not null,
  answer_code integer,
  error_code text,
  created_at timestamptz not null,
  sent_at timestamptz,
  confirmed_at timestamptz,
  primary key (id),
  check (event ~ '^[a-z]+(_[a-z]+)*$'),
  check (status in ('queued', 'sent', 'confirmed', 'failed'))
);
create index latenode_deliveries_created on latenode_deliveries using btree (created_at, id);

create table contacted_hosts (
  day date not null,
  host text not null,
  port integer not null,
  purpose text not null,
  processor_id uuid,
  answered integer default 0 not null,
  failed integer default 0 not null,
  named_by_customer boolean default false not null,
  last_at timestamptz not null,
  primary key (day, host, port, purpose),
  foreign key (processor_id) references processors(id) on DELETE SET null,
  check (purpose in ('provision', 'communication', 'security', 'legal'))
);

create table activities (
  tenant_id uuid not null,
  id uuid not null,
  kind text not null,
  subject text not null,
  body text default '' not null,
  due_at timestamptz,
  ends_at timestamptz,
  all_day boolean default false not null,
  done_at timestamptz,
  done_by uuid,
  priority text default 'normal' not null,
  owner_id uuid,
  rrule text,
  previous_id uuid,
  remind_before integer,
  at timestamptz not null,
  due_key timestamptz generated always as (COALESCE(due_at, 'infinity'::timestamptz)) stored not null,
  import_id uuid,
  version integer default 1 not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  deleted_at timestamptz,
  deleted_by uuid,
  erase_after timestamptz,
  search text generated always as (search_words(((subject || ' ') || "left"(body, 1000)))) stored not null,
  skipped date[] default '{}'::date[] not null,
  series_id uuid,
  series_day date,
  primary key (tenant_id, id),
  foreign key (tenant_id, owner_id) references users(tenant_id, id) on DELETE SET null (owner_id),
  foreign key (tenant_id) references tenants(id) on delete cascade,
  foreign key (tenant_id, import_id) references imports(tenant_id, id),
  foreign key (tenant_id, previous_id) references activities(tenant_id, id) on DELETE SET null (previous_id),
  foreign key (tenant_id, series_id) references activities(tenant_id, id) on DELETE SET null (series_id),
  check (((due_at is not null) or ((ends_at is null) and (not all_day) and (rrule is null) and (remind_before is null)))),
  check (ends_at > due_at),
  check (((kind <> 'note') or ((done_at is not null) and (due_at is null)))),
  check (kind in ('call', 'meeting', 'task', 'note')),
  check (priority in ('low', 'normal', 'high')),
  check ((remind_before >= 0) and (remind_before <= 40320)),
  check (subject <> '')
);
-- no statistics: subject, body, search
create index activities_at on activities using btree (tenant_id, at desc, id desc);
create index activities_changed on activities using btree (tenant_id, updated_at desc, id desc) where (deleted_at is null);
create index activities_done on activities using btree (tenant_id, owner_id, done_at desc, id desc) where ((done_at is not null) and (deleted_at is null));
create index activities_done_all on activities using btree (tenant_id, done_at desc, id desc) where ((done_at is not null) and (deleted_at is null));
create index activities_due on activities using btree (tenant_id, due_at, id) where ((due_at is not null) and (deleted_at is null));
create index activities_import on activities using btree (tenant_id, import_id) where (import_id is not null);
create index activities_moved_out on activities using btree (tenant_id, series_id) where (series_id is not null);
create index activities_open on activities using btree (tenant_id, owner_id, due_key, id) where ((done_at is null) and (deleted_at is null));
create index activities_open_all on activities using btree (tenant_id, due_key, id) where ((done_at is null) and (deleted_at is null));
create index activities_own_due on activities using btree (tenant_id, owner_id, due_at, id) where ((due_at is not null) and (deleted_at is null));
create unique index activities_previous on activities using btree (tenant_id, previous_id) where (previous_id is not null);
create index activities_search on activities using gin (tenant_id, search gin_trgm_ops) with (gin_pending_list_limit='256');
create index activities_series on activities using btree (tenant_id, due_at, id) where ((rrule is not null) and (done_at is null) and (deleted_at is null));
create index activities_trash on activities using btree (tenant_id, erase_after) where (deleted_at is not null);
alter table activities enable row level security;
create policy sight on activities as restrictive for select using (( SELECT sees_all() AS sees_all) or (owner_id = ( SELECT acting_user() AS acting_user)) or sees_activity(id));
create policy tenant on activities using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table activity_links (
  tenant_id uuid not null,
  activity_id uuid not null,
  record_id uuid not null,
  contact_id uuid,
  company_id uuid,
  deal_id uuid,
  direct boolean not null,
  at timestamptz not null,
  open_due timestamptz,
  primary key (tenant_id, activity_id, record_id),
  foreign key (tenant_id, activity_id) references activities(tenant_id, id) on delete cascade,
  foreign key (tenant_id, company_id) references companies(tenant_id, id) on delete cascade,
  foreign key (tenant_id, contact_id) references contacts(tenant_id, id) on delete cascade,
  foreign key (tenant_id, deal_id) references deals(tenant_id, id) on delete cascade,
  check (((record_id = COALESCE(contact_id, company_id, deal_id)) and (num_nonnulls(contact_id, company_id, deal_id) = 1)))
);
create index activity_links_company on activity_links using btree (tenant_id, company_id, at desc, activity_id desc) where (company_id is not null);
create index activity_links_company_open on activity_links using btree (tenant_id, company_id, open_due, activity_id) where ((company_id is not null) and (open_due is not null));
create index activity_links_contact on activity_links using btree (tenant_id, contact_id, at desc, activity_id desc) where (contact_id is not null);
create index activity_links_contact_open on activity_links using btree (tenant_id, contact_id, open_due, activity_id) where ((contact_id is not null) and (open_due is not null));
create index activity_links_deal on activity_links using btree (tenant_id, deal_id, at desc, activity_id desc) where (deal_id is not null);
create index activity_links_deal_open on activity_links using btree (tenant_id, deal_id, open_due, activity_id) where ((deal_id is not null) and (open_due is not null));
alter table activity_links enable row level security;
create policy tenant on activity_links using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table activity_participants (
  tenant_id uuid not null,
  activity_id uuid not null,
  person_id uuid not null,
  user_id uuid,
  contact_id uuid,
  primary key (tenant_id, activity_id, person_id),
  foreign key (tenant_id, activity_id) references activities(tenant_id, id) on delete cascade,
  foreign key (tenant_id, contact_id) references contacts(tenant_id, id) on delete cascade,
  foreign key (tenant_id, user_id) references users(tenant_id, id) on delete cascade,
  check (((person_id = COALESCE(user_id, contact_id)) and (num_nonnulls(user_id, contact_id) = 1)))
);
create index activity_participants_contact on activity_participants using btree (tenant_id, contact_id) where (contact_id is not null);
create index activity_participants_user on activity_participants using btree (tenant_id, user_id, activity_id) where (user_id is not null);
alter table activity_participants enable row level security;
create policy tenant on activity_participants using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table reminders (
  tenant_id uuid not null,
  activity_id uuid not null,
  user_id uuid not null,
  remind_at timestamptz not null,
  sent_at timestamptz,
  primary key (tenant_id, activity_id, user_id),
  foreign key (tenant_id, activity_id) references activities(tenant_id, id) on delete cascade,
  foreign key (tenant_id, user_id) references users(tenant_id, id) on delete cascade
);
create index reminders_due on reminders using btree (remind_at) where (sent_at is null);
create index reminders_user on reminders using btree (tenant_id, user_id);
alter table reminders enable row level security;
create policy tenant on reminders using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table calendar_feeds (
  tenant_id uuid not null,
  user_id uuid not null,
  token_digest bytea not null,
  detail text not null,
  created_at timestamptz not null,
  primary key (tenant_id, user_id),
  foreign key (tenant_id, user_id) references users(tenant_id, id) on delete cascade,
  check (detail in ('subject', 'busy'))
);
-- no statistics: token_digest
create index calendar_feeds_digest on calendar_feeds using btree (token_digest);
alter table calendar_feeds enable row level security;
create policy tenant on calendar_feeds using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table data_keys (
  tenant_id uuid not null,
  id uuid not null,
  purpose text not null,
  created_at timestamptz not null,
  destroyed_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id) references tenants(id) on delete cascade,
  check (purpose = 'files')
);
create unique index data_keys_current on data_keys using btree (tenant_id, purpose) where (destroyed_at is null);
alter table data_keys enable row level security;
create policy tenant on data_keys using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());

create table files (
  tenant_id uuid not null,
  id uuid not null,
  contact_id uuid,
  company_id uuid,
  deal_id uuid,
  activity_id uuid,
  message_id uuid,
  name text not null,
  media_type text not null,
  size bigint not null,
  object_id uuid not null,
  data_key_id uuid not null,
  at timestamptz not null,
  created_by uuid,
  deleted_at timestamptz,
  deleted_by uuid,
  erase_after timestamptz,
  search text generated always as (search_words(name)) stored not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, activity_id) references activities(tenant_id, id) on delete cascade,
  foreign key (tenant_id, company_id) references companies(tenant_id, id) on delete cascade,
  foreign key (tenant_id, contact_id) references contacts(tenant_id, id) on delete cascade,
  foreign key (tenant_id, data_key_id) references data_keys(tenant_id, id),
  foreign key (tenant_id, deal_id) references deals(tenant_id, id) on delete cascade,
  foreign key (tenant_id) references tenants(id) on delete cascade,
  foreign key (tenant_id, message_id) references messages(tenant_id, id) on delete cascade,
  check (num_nonnulls(contact_id, company_id, deal_id, activity_id, message_id) = 1),
  check (name <> ''),
  check (size >= 0)
);
-- no statistics: name, search
create index files_activity on files using btree (tenant_id, activity_id, at desc, id desc) where (activity_id is not null);
create index files_at on files using btree (tenant_id, at desc, id desc);
create index files_company on files using btree (tenant_id, company_id, at desc, id desc) where (company_id is not null);
create index files_contact on files using btree (tenant_id, contact_id, at desc, id desc) where (contact_id is not null);
create index files_deal on files using btree (tenant_id, deal_id, at desc, id desc) where (deal_id is not null);
create index files_message on files using btree (tenant_id, message_id, at desc, id desc) where (message_id is not null);
create index files_object on files using btree (tenant_id, object_id);
create index files_search on files using gin (tenant_id, search gin_trgm_ops) with (gin_pending_list_limit='256');
create index files_size on files using btree (tenant_id) INCLUDE (size);
create index files_trash on files using btree (tenant_id, erase_after) where (deleted_at is not null);
alter table files enable row level security;
create policy sight on files as restrictive for select using (( SELECT sees_all() AS sees_all) or sees_file(contact_id, company_id, deal_id, activity_id, message_id));
create policy tenant on files using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table file_links (
  tenant_id uuid not null,
  file_id uuid not null,
  record_id uuid not null,
  contact_id uuid,
  company_id uuid,
  deal_id uuid,
  at timestamptz not null,
  primary key (tenant_id, file_id, record_id),
  foreign key (tenant_id, company_id) references companies(tenant_id, id) on delete cascade,
  foreign key (tenant_id, contact_id) references contacts(tenant_id, id) on delete cascade,
  foreign key (tenant_id, deal_id) references deals(tenant_id, id) on delete cascade,
  foreign key (tenant_id, file_id) references files(tenant_id, id) on delete cascade,
  check (record_id = COALESCE(contact_id, company_id, deal_id)),
  check (num_nonnulls(contact_id, company_id, deal_id) = 1)
);
create index file_links_company on file_links using btree (tenant_id, company_id, at desc, file_id desc) where (company_id is not null);
create index file_links_contact on file_links using btree (tenant_id, contact_id, at desc, file_id desc) where (contact_id is not null);
create index file_links_deal on file_links using btree (tenant_id, deal_id, at desc, file_id desc) where (deal_id is not null);
alter table file_links enable row level security;
create policy tenant on file_links using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table policies (
  id uuid not null,
  number integer not null,
  status text default 'draft' not null,
  texts jsonb default '{}'::jsonb not null,
  material boolean default true not null,
  reason_kind text default 'service' not null,
  reason text default '' not null,
  notice_days integer default 30 not null,
  content jsonb,
  sha256 text,
  version integer default 1 not null,
  in_making boolean generated always as ( case when (status in ('draft', 'proposed', 'approved', 'published')) then true else null::boolean end) stored,
  created_at timestamptz not null,
  created_by uuid,
  proposed_at timestamptz,
  approval_digest bytea,
  approved_at timestamptz,
  approved_by text,
  refused_reason text,
  published_at timestamptz,
  takes_effect_on date,
  in_force_at timestamptz,
  superseded_at timestamptz,
  primary key (id),
  unique (in_making),
  unique (number),
  foreign key (created_by) references identities(id) on DELETE SET null,
  check (((status in ('draft', 'proposed')) or ((content is not null) and (sha256 is not null) and (approved_at is not null)))),
  check (((status in ('draft', 'proposed', 'approved')) or (takes_effect_on is not null))),
  check ((notice_days >= 14) and (notice_days <= 365)),
  check (number > 0),
  check (reason_kind in ('law', 'service', 'processing')),
  check (status in ('draft', 'proposed', 'approved', 'published', 'in_force', 'superseded'))
);
-- no statistics: approval_digest, approved_by
create unique index policies_in_force on policies using btree (status) where (status = 'in_force');

create table policy_notices (
  policy_id uuid not null,
  identity_id uuid not null,
  mail_id uuid,
  status text default 'queued' not null,
  queued_at timestamptz not null,
  settled_at timestamptz,
  acknowledged_at timestamptz,
  attempts integer default 1 not null,
  retry_at timestamptz,
  primary key (policy_id, identity_id),
  foreign key (identity_id) references identities(id) on delete cascade,
  foreign key (policy_id) references policies(id) on delete cascade,
  check (status in ('queued', 'sent', 'bounced', 'told'))
);
create index policy_notices_identity on policy_notices using btree (identity_id) where (acknowledged_at is null);
create index policy_notices_mail on policy_notices using btree (mail_id) where (mail_id is not null);
create index policy_notices_queued on policy_notices using btree (queued_at) where (status = 'queued');

create table mail_accounts (
  tenant_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  sender_name text not null,
  address text not null,
  host text not null,
  port integer not null,
  security text not null,
  username text default '' not null,
  password_sealed bytea,
  version integer default 1 not null,
  check_asked_at timestamptz,
  checked_at timestamptz,
  error_code text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, user_id),
  foreign key (tenant_id, user_id) references users(tenant_id, id) on delete cascade,
  check (address <> ''),
  check (host <> ''),
  check ((port >= 1) and (port <= 65535)),
  check (security in ('tls', 'starttls', 'none'))
);
-- no statistics: sender_name, address, username, password_sealed
alter table mail_accounts enable row level security;
create policy tenant on mail_accounts using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table mail_signatures (
  tenant_id uuid not null,
  user_id uuid not null,
  language text not null,
  body text not null,
  updated_at timestamptz not null,
  primary key (tenant_id, user_id, language),
  foreign key (tenant_id, user_id) references users(tenant_id, id) on delete cascade,
  check (language in ('de', 'en'))
);
-- no statistics: body
alter table mail_signatures enable row level security;
create policy tenant on mail_signatures using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table mail_templates (
  tenant_id uuid not null,
  id uuid not null,
  user_id uuid,
  name text not null,
  name_key text generated always as (lower(name)) stored,
  language text not null,
  subject text default '' not null,
  body text not null,
  version integer default 1 not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id) references tenants(id) on delete cascade,
  foreign key (tenant_id, user_id) references users(tenant_id, id) on delete cascade,
  check (language in ('de', 'en')),
  check (name <> '')
);
-- no statistics: name, name_key, subject, body
create index mail_templates_name on mail_templates using btree (tenant_id, name_key, id);
create index mail_templates_user on mail_templates using btree (tenant_id, user_id) where (user_id is not null);
alter table mail_templates enable row level security;
create policy tenant on mail_templates using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table outgoing_messages (
  tenant_id uuid not null,
  message_id uuid not null,
  kind text not null,
  language text not null,
  signed boolean default true not null,
  draft jsonb default '{}'::jsonb not null,
  contact_id uuid,
  company_id uuid,
  deal_id uuid,
  answers_id uuid,
  attempts integer default 0 not null,
  claimed_until timestamptz,
  handed_over_at timestamptz,
  finished_at timestamptz,
  primary key (tenant_id, message_id),
  foreign key (tenant_id, answers_id) references messages(tenant_id, id) on DELETE SET null (answers_id),
  foreign key (tenant_id, company_id) references companies(tenant_id, id) on DELETE SET null (company_id),
  foreign key (tenant_id, contact_id) references contacts(tenant_id, id) on DELETE SET null (contact_id),
  foreign key (tenant_id, deal_id) references deals(tenant_id, id) on DELETE SET null (deal_id),
  foreign key (tenant_id, message_id) references messages(tenant_id, id) on delete cascade,
  check (kind in ('own_request', 'contract', 'correspondence', 'marketing')),
  check (language in ('de', 'en'))
);
-- no statistics: draft
create index outgoing_messages_answers on outgoing_messages using btree (tenant_id, answers_id) where (answers_id is not null);
create index outgoing_messages_company on outgoing_messages using btree (tenant_id, company_id) where (company_id is not null);
create index outgoing_messages_contact on outgoing_messages using btree (tenant_id, contact_id) where (contact_id is not null);
create index outgoing_messages_deal on outgoing_messages using btree (tenant_id, deal_id) where (deal_id is not null);
alter table outgoing_messages enable row level security;
create policy tenant on outgoing_messages using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table unsubscribe_links (
  tenant_id uuid not null,
  token_digest bytea not null,
  address_hash bytea not null,
  contact_id uuid,
  language text not null,
  created_at timestamptz not null,
  used_at timestamptz,
  primary key (tenant_id, token_digest),
  foreign key (tenant_id, contact_id) references contacts(tenant_id, id) on DELETE SET null (contact_id),
  foreign key (tenant_id) references tenants(id) on delete cascade,
  check (language in ('de', 'en'))
);
-- no statistics: token_digest, address_hash
create index unsubscribe_links_contact on unsubscribe_links using btree (tenant_id, contact_id) where (contact_id is not null);
create index unsubscribe_links_digest on unsubscribe_links using btree (token_digest);
alter table unsubscribe_links enable row level security;
create policy tenant on unsubscribe_links using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table balancing_tests (
  id uuid not null,
  activity text not null,
  interest text not null,
  necessity text not null,
  balance text not null,
  reviewer text not null,
  reviewed_on date not null,
  created_at timestamptz not null,
  created_by uuid,
  primary key (id),
  foreign key (created_by) references identities(id) on DELETE SET null,
  check (balance <> ''),
  check (interest <> ''),
  check (necessity <> ''),
  check (reviewer <> '')
);
-- no statistics: interest, necessity, balance, reviewer
create index balancing_tests_activity on balancing_tests using btree (activity, reviewed_on desc, id desc);

create table processing_agreements (
  tenant_id uuid not null,
  id uuid not null,
  sha256 text not null,
  content jsonb not null,
  accepted_by_name text not null,
  user_id uuid,
  accepted_at timestamptz not null,
  substance jsonb,
  primary key (tenant_id, id),
  unique (tenant_id, sha256),
  foreign key (tenant_id) references tenants(id) on delete cascade,
  check (accepted_by_name <> '')
);
-- no statistics: accepted_by_name, substance
alter table processing_agreements enable row level security;
create policy tenant on processing_agreements using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table proof_results (
  id uuid not null,
  proof text not null,
  passed boolean not null,
  figures jsonb default '{}'::jsonb not null,
  took_ms integer not null,
  at timestamptz not null,
  primary key (id)
);
create index proof_results_at on proof_results using btree (at);
create index proof_results_proof on proof_results using btree (proof, at desc, id desc);

create table proof_alarms (
  proof text not null,
  opened_at timestamptz not null,
  mailed_at timestamptz,
  primary key (proof)
);

create table proof_settings (
  only_row boolean default true not null,
  figures_public boolean not null,
  primary key (only_row),
  check (only_row)
);

create table stores (
  name text not null,
  country text not null,
  updated_at timestamptz not null,
  primary key (name),
  check (country in ('AT', 'BE', 'BG', 'CY', 'CZ', 'DE', 'DK', 'EE', 'ES', 'FI', 'FR', 'GR', 'HR', 'HU', 'IE', 'is', 'IT', 'LI', 'LT', 'LU', 'LV', 'MT', 'NL', 'NO', 'PL', 'PT', 'RO', 'SE', 'SI', 'SK')),
  check (name in ('database', 'files', 'logs', 'backups'))
);

create table measure_changes (
  id uuid not null,
  measure text not null,
  note text not null,
  changed_on date not null,
  created_at timestamptz not null,
  created_by uuid,
  primary key (id),
  foreign key (created_by) references identities(id) on DELETE SET null,
  check (note <> '')
);
create index measure_changes_on on measure_changes using btree (changed_on desc, id desc);

create table officer_probes (
  id uuid not null,
  mail_id uuid,
  status text default 'queued' not null,
  queued_at timestamptz not null,
  settled_at timestamptz,
  primary key (id),
  check (status in ('queued', 'sent', 'bounced'))
);
create index officer_probes_queued on officer_probes using btree (queued_at desc);

create table sent_copies (
  tenant_id uuid not null,
  message_id uuid not null,
  mailbox_id uuid not null,
  object_id uuid not null,
  state text default 'waiting' not null,
  error_code text,
  attempts integer default 0 not null,
  created_at timestamptz not null,
  finished_at timestamptz,
  primary key (tenant_id, message_id),
  foreign key (tenant_id, mailbox_id) references mailboxes(tenant_id, id) on delete cascade,
  foreign key (tenant_id, message_id) references messages(tenant_id, id) on delete cascade,
  check (state in ('waiting', 'done', 'failed'))
);
create index sent_copies_mailbox on sent_copies using btree (tenant_id, mailbox_id);
alter table sent_copies enable row level security;
create policy tenant on sent_copies using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table import_updates (
  tenant_id uuid not null,
  import_id uuid not null,
  contact_id uuid,
  company_id uuid,
  record_id uuid generated always as (COALESCE(contact_id, company_id)) stored not null,
  version integer not null,
  before jsonb not null,
  primary key (tenant_id, import_id, record_id),
  foreign key (tenant_id, company_id) references companies(tenant_id, id) on delete cascade,
  foreign key (tenant_id, contact_id) references contacts(tenant_id, id) on delete cascade,
  foreign key (tenant_id, import_id) references imports(tenant_id, id) on delete cascade,
  check (num_nonnulls(contact_id, company_id) = 1)
);
-- no statistics: before
create index import_updates_company on import_updates using btree (tenant_id, company_id) where (company_id is not null);
create index import_updates_contact on import_updates using btree (tenant_id, contact_id) where (contact_id is not null);
alter table import_updates enable row level security;
create policy sight on import_updates as restrictive for select using (( SELECT sees_all() AS sees_all) or (sees_contact(contact_id) and sees_company(company_id)));
create policy tenant on import_updates using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table import_choices (
  tenant_id uuid not null,
  import_id uuid not null,
  row_no integer not null,
  choice text not null,
  primary key (tenant_id, import_id, row_no),
  foreign key (tenant_id, import_id) references imports(tenant_id, id) on delete cascade,
  check (choice in ('skip', 'fill', 'overwrite', 'create'))
);
alter table import_choices enable row level security;
create policy tenant on import_choices using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table import_mappings (
  tenant_id uuid not null,
  id uuid not null,
  signature bytea not null,
  kind text not null,
  columns jsonb not null,
  used_at timestamptz not null,
  country text,
  primary key (tenant_id, id),
  unique (tenant_id, signature),
  foreign key (tenant_id) references tenants(id) on delete cascade
);
alter table import_mappings enable row level security;
create policy tenant on import_mappings using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table controllers (
  tenant_id uuid not null,
  street text default '' not null,
  postal_code text default '' not null,
  city text default '' not null,
  land text default '' not null,
  email text default '' not null,
  phone text default '' not null,
  updated_at timestamptz not null,
  primary key (tenant_id),
  check (land in ('', 'BW', 'BY', 'BE', 'BB', 'HB', 'HH', 'HE', 'MV', 'NI', 'NW', 'RP', 'SL', 'SN', 'ST', 'SH', 'TH'))
);
-- no statistics: street, postal_code, city, email, phone
alter table controllers enable row level security;
create policy tenant on controllers using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());

create table cases (
  tenant_id uuid not null,
  id uuid not null,
  number text not null,
  channel text not null,
  status text default 'open' not null,
  language text not null,
  person_name text default '' not null,
  person_email text default '' not null,
  person_address text default '' not null,
  body text default '' not null,
  person_hash bytea,
  duplicate_of uuid,
  received_at timestamptz not null,
  received_on date not null,
  land text default '' not null,
  target_on date not null,
  unshifted_on date not null,
  due_on date not null,
  acknowledged_at timestamptz,
  confirmed_at timestamptz,
  extended_at timestamptz,
  extension_reason text default '' not null,
  paused_at timestamptz,
  paused_days integer default 0 not null,
  closed_at timestamptz,
  erase_after date,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  version integer default 1 not null,
  mail_key text,
  masked_on date,
  person_email_key text generated always as (lower(person_email)) stored not null,
  primary key (tenant_id, id),
  unique (tenant_id, number),
  foreign key (tenant_id, duplicate_of) references cases(tenant_id, id) on DELETE SET null (duplicate_of),
  check (channel in ('form', 'email', 'post')),
  check ((((status = 'closed') = (closed_at is not null)) and ((closed_at is null) = (erase_after is null)))),
  check ((extended_at is null) = (extension_reason = '')),
  check (number ~ '^DS-[0-9A-Z]{4}-[0-9A-Z]{2}$'),
  check (paused_days >= 0),
  check (status in ('open', 'closed'))
);
-- no statistics: person_name, person_email, person_address, body, person_hash, extension_reason, mail_key, person_email_key
create index cases_closed on cases using btree (tenant_id, closed_at desc, id desc) where (status = 'closed');
create index cases_duplicate on cases using btree (tenant_id, duplicate_of);
create index cases_erase_after on cases using btree (erase_after) where (erase_after is not null);
create unique index cases_mail_key on cases using btree (tenant_id, mail_key) where (mail_key is not null);
create index cases_open on cases using btree (tenant_id, due_on, id) where (status = 'open');
create index cases_open_email on cases using btree (tenant_id, person_email_key) where (status = 'open');
create index cases_person on cases using btree (tenant_id, person_hash);
create index cases_unmasked on cases using btree (closed_at) where ((status = 'closed') and (masked_on is null));
alter table cases enable row level security;
create policy tenant on cases using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());

create table case_items (
  tenant_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  claimed_right text not null,
  sentence text default '' not null,
  status text default 'new' not null,
  proposal text,
  proposed_by uuid,
  ground text,
  paragraph text default '' not null,
  reason text default '' not null,
  closed_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version integer default 1 not null,
  primary key (tenant_id, id),
  unique (tenant_id, case_id, claimed_right),
  foreign key (tenant_id, case_id) references cases(tenant_id, id) on delete cascade,
  check (((status <> 'refused') or ((ground is not null) and (paragraph <> '') and (reason <> '')))),
  check ((status = 'approval') = (proposal is not null)),
  check (claimed_right in ('access', 'rectification', 'erasure', 'restriction', 'portability', 'objection', 'decision', 'withdrawal', 'complaint')),
  check (((status in ('done', 'partial', 'refused', 'withdrawn', 'forwarded', 'no_data', 'dropped')) = (closed_at is not null))),
  check (ground in ('suspected_fraud', 'insuf_verification', 'no_match', 'claim_not_covered', 'outside_jurisdiction', 'too_many_requests', 'other')),
  check (proposal in ('execute', 'refuse')),
  check (status in ('new', 'assignment', 'identity', 'collection', 'review', 'approval', 'execution', 'proof', 'done', 'partial', 'refused', 'withdrawn', 'forwarded', 'no_data', 'dropped'))
);
-- no statistics: sentence, paragraph, reason
alter table case_items enable row level security;
create policy tenant on case_items using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());

create table case_events (
  tenant_id uuid not null,
  seq bigint not null,
  case_id uuid,
  item_id uuid,
  action text not null,
  from_status text,
  to_status text,
  reason text default '' not null,
  actor_kind text not null,
  actor_id uuid,
  at timestamptz not null,
  previous bytea not null,
  content_digest bytea not null,
  digest bytea not null,
  primary key (tenant_id, seq),
  foreign key (tenant_id, case_id) references cases(tenant_id, id) on DELETE SET null (case_id),
  check (actor_kind in ('person', 'user', 'operator', 'officer', 'deputy', 'system')),
  check (seq > 0)
);
-- no statistics: reason
create index case_events_case on case_events using btree (tenant_id, case_id, seq);
alter table case_events enable row level security;
create policy tenant on case_events using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());

create table case_confirmations (
  tenant_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  token_digest bytea not null,
  code_digest bytea not null,
  failures integer default 0 not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, case_id) references cases(tenant_id, id) on delete cascade
);
-- no statistics: token_digest, code_digest
create index case_confirmations_case on case_confirmations using btree (tenant_id, case_id, created_at desc);
create index case_confirmations_token on case_confirmations using btree (tenant_id, token_digest);
alter table case_confirmations enable row level security;
create policy tenant on case_confirmations using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());

create table officers (
  tenant_id uuid not null,
  name text default '' not null,
  email text default '' not null,
  language text default 'de' not null,
  deputy_name text default '' not null,
  deputy_email text default '' not null,
  away_from date,
  away_until date,
  updated_at timestamptz not null,
  primary key (tenant_id),
  check ((((away_from is null) = (away_until is null)) and (away_from <= away_until))),
  check (language in ('de', 'en'))
);
-- no statistics: name, email, deputy_name, deputy_email
alter table officers enable row level security;
create policy tenant on officers using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());

create table case_letters (
  tenant_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  kind text not null,
  occasion text not null,
  recipient text not null,
  reply_part text not null,
  failures integer default 0 not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, case_id, occasion),
  foreign key (tenant_id, case_id) references cases(tenant_id, id) on delete cascade,
  check (kind in ('new', 'decision', 'approval', 'reminder', 'overdue', 'person')),
  check (occasion <> ''),
  check (recipient in ('officer', 'deputy'))
);
-- no statistics: reply_part
create index case_letters_reply on case_letters using btree (reply_part);
alter table case_letters enable row level security;
create policy tenant on case_letters using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());

create table case_codes (
  tenant_id uuid not null,
  letter_id uuid not null,
  item_id uuid not null,
  code_digest bytea not null,
  state text not null,
  primary key (tenant_id, letter_id, item_id),
  foreign key (tenant_id, item_id) references case_items(tenant_id, id) on delete cascade,
  foreign key (tenant_id, letter_id) references case_letters(tenant_id, id) on delete cascade
);
-- no statistics: code_digest
create index case_codes_item on case_codes using btree (tenant_id, item_id);
alter table case_codes enable row level security;
create policy tenant on case_codes using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());

create table case_links (
  tenant_id uuid not null,
  id uuid not null,
  letter_id uuid not null,
  item_id uuid not null,
  action text not null,
  token_digest bytea not null,
  used_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, letter_id) references case_letters(tenant_id, id) on delete cascade,
  foreign key (tenant_id, letter_id, item_id) references case_codes(tenant_id, letter_id, item_id) on delete cascade,
  check (action in ('approve', 'refuse', 'extend', 'identity', 'identified', 'done', 'person'))
);
-- no statistics: token_digest
create index case_links_digest on case_links using btree (token_digest);
create index case_links_letter on case_links using btree (tenant_id, letter_id, item_id);
alter table case_links enable row level security;
create policy tenant on case_links using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());

create table officer_reports (
  tenant_id uuid not null,
  kind text not null,
  day date not null,
  seq bigint not null,
  digest bytea not null,
  created_at timestamptz not null,
  primary key (tenant_id, kind, day),
  check (kind in ('week', 'chain'))
);
alter table officer_reports enable row level security;
create policy tenant on officer_reports using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());

create table ledger_entries (
  id uuid default gen_random_uuid() not null,
  seq bigint not null,
  tenant_id uuid,
  kind text not null,
  table_name text not null,
  record_ids uuid[] default '{}'::uuid[] not null,
  detail text default '' not null,
  primary key (id),
  check (kind in ('deleted', 'restricted', 'unrestricted', 'objected', 'unobjected', 'suppressed', 'unsuppressed', 'corrected', 'retained', 'masked', 'withdrawn', 'unwithdrawn'))
);

create table backup_runs (
  id uuid not null,
  kind text not null,
  passed boolean not null,
  backup text default '' not null,
  row_count bigint default 0 not null,
  took_ms integer not null,
  error_code text,
  at timestamptz not null,
  primary key (id),
  check (kind in ('backup', 'drill'))
);
create index backup_runs_at on backup_runs using btree (kind, at);

create table permitted_hosts (
  only_row boolean default true not null,
  destinations jsonb not null,
  applied_at timestamptz not null,
  primary key (only_row),
  check (only_row)
);

create table case_files (
  tenant_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  name text not null,
  media_type text not null,
  size integer not null,
  content_sealed bytea not null,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, case_id) references cases(tenant_id, id) on delete cascade,
  check (size > 0)
);
-- no statistics: name, content_sealed
create index case_files_case on case_files using btree (tenant_id, case_id, id);
alter table case_files enable row level security;
create policy tenant on case_files using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());

create table processor_plans (
  change_id uuid not null,
  processor_id uuid not null,
  input jsonb,
  primary key (change_id),
  unique (processor_id),
  foreign key (change_id) references processor_changes(id) on delete cascade,
  foreign key (processor_id) references processors(id) on delete cascade
);

create table processor_notices (
  tenant_id uuid not null,
  change_id uuid not null,
  user_id uuid not null,
  mail_id uuid,
  status text default 'queued' not null,
  queued_at timestamptz not null,
  settled_at timestamptz,
  attempts integer default 1 not null,
  retry_at timestamptz,
  withdrawal_due_at timestamptz,
  withdrawal_told_at timestamptz,
  primary key (tenant_id, change_id, user_id),
  foreign key (change_id) references processor_changes(id) on delete cascade,
  foreign key (tenant_id, user_id) references users(tenant_id, id) on delete cascade,
  check (status in ('queued', 'sent', 'bounced', 'told'))
);
create index processor_notices_mail on processor_notices using btree (mail_id) where (mail_id is not null);
create index processor_notices_queued on processor_notices using btree (queued_at) where (status = 'queued');
create index processor_notices_withdrawn on processor_notices using btree (change_id) where ((withdrawal_due_at is not null) and (withdrawal_told_at is null));
alter table processor_notices enable row level security;
create policy tenant on processor_notices using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());

create table processor_objections (
  tenant_id uuid not null,
  change_id uuid not null,
  user_id uuid,
  name text not null,
  reason text not null,
  objected_at timestamptz not null,
  settled_at timestamptz,
  settled_by text,
  answer text default '' not null,
  primary key (tenant_id, change_id),
  foreign key (change_id) references processor_changes(id) on delete cascade,
  foreign key (tenant_id) references tenants(id) on delete cascade,
  check (name <> ''),
  check (reason <> ''),
  check ((((settled_at is null) = (settled_by is null)) and ((settled_by <> 'provider') or (answer <> '')))),
  check (settled_by in ('customer', 'provider'))
);
-- no statistics: name, reason, answer
alter table processor_objections enable row level security;
create policy tenant on processor_objections using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());

create table person_letters (
  tenant_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  kind text not null,
  subject text not null,
  body text not null,
  created_at timestamptz not null,
  sent_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, case_id) references cases(tenant_id, id) on delete cascade,
  check (kind in ('receipt', 'identity', 'extension', 'result', 'refusal', 'recipients', 'restriction'))
);
-- no statistics: subject, body
create index person_letters_case on person_letters using btree (tenant_id, case_id, id);
alter table person_letters enable row level security;
create policy tenant on person_letters using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());

create table looks (
  tenant_id uuid not null,
  contact_id uuid not null,
  day date not null,
  user_id uuid not null,
  primary key (tenant_id, contact_id, day, user_id),
  foreign key (tenant_id, contact_id) references contacts(tenant_id, id) on delete cascade,
  foreign key (tenant_id, user_id) references users(tenant_id, id) on delete cascade
);
create index looks_day on looks using btree (tenant_id, day);
create index looks_user on looks using btree (tenant_id, user_id);
alter table looks enable row level security;
create policy sight on looks as restrictive for select using (( SELECT sees_all() AS sees_all) or sees_contact(contact_id));
create policy tenant on looks using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());

create table certificates (
  tenant_id uuid not null,
  id uuid not null,
  subject text not null,
  case_id uuid,
  content jsonb not null,
  signature text not null,
  issued_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, case_id) references cases(tenant_id, id) on DELETE SET null (case_id),
  check (subject in ('person', 'tenant'))
);
create index certificates_case on certificates using btree (tenant_id, case_id);
alter table certificates enable row level security;
create policy tenant on certificates using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table measure_looks (
  name text not null,
  day date not null,
  passed boolean not null,
  figures jsonb not null,
  at timestamptz not null,
  primary key (name, day),
  check (name in ('tls', 'content_policy', 'file_encryption'))
);

create table page_looks (
  route text not null,
  day date not null,
  looks integer not null,
  foreign_references integer not null,
  primary key (route, day)
);

create table sign_in_failures (
  day date not null,
  failed integer default 0 not null,
  limited integer default 0 not null,
  primary key (day)
);

create table backup_places (
  place text not null,
  copies integer not null,
  oldest_at timestamptz,
  missing integer not null,
  surplus integer not null,
  error_code text,
  at timestamptz not null,
  primary key (place),
  check (place in ('folder', 'bucket'))
);

create table restrictions (
  tenant_id uuid not null,
  id uuid not null,
  contact_id uuid,
  item_id uuid,
  ground text not null,
  imposed_at timestamptz not null,
  lift_on date,
  told_at timestamptz,
  lifted_at timestamptz,
  identity_id uuid,
  primary key (tenant_id, id),
  unique (tenant_id, contact_id, item_id),
  foreign key (identity_id) references identities(id) on delete cascade,
  foreign key (tenant_id, contact_id) references contacts(tenant_id, id) on delete cascade,
  foreign key (tenant_id, item_id) references case_items(tenant_id, id) on DELETE SET null (item_id),
  check (ground in ('accuracy', 'unlawful', 'claims', 'objection')),
  check (num_nonnulls(contact_id, identity_id) = 1),
  check (((lifted_at is null) or ((told_at is not null) and (told_at <= lifted_at))))
);
create unique index restrictions_identity on restrictions using btree (tenant_id, identity_id, item_id) where (identity_id is not null);
create index restrictions_item on restrictions using btree (tenant_id, item_id);
create index restrictions_standing on restrictions using btree (tenant_id, imposed_at desc, id desc) where (lifted_at is null);
alter table restrictions enable row level security;
create policy sight on restrictions as restrictive for select using (( SELECT sees_all() AS sees_all) or sees_contact(contact_id));
create policy tenant on restrictions using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table deliveries (
  tenant_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  item_id uuid not null,
  token_digest bytea not null,
  code_digest bytea,
  code_expires_at timestamptz,
  failures integer default 0 not null,
  key_id uuid not null,
  file_name text not null,
  media_type text not null,
  size bigint not null,
  sha256 bytea not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  downloads integer default 0 not null,
  downloads_left integer not null,
  destroyed_at timestamptz,
  end_reason text,
  primary key (tenant_id, id),
  foreign key (tenant_id, case_id) references cases(tenant_id, id) on delete cascade,
  foreign key (tenant_id, item_id) references case_items(tenant_id, id) on delete cascade,
  check ((destroyed_at is null) = (end_reason is null)),
  check (downloads_left >= 0),
  check (end_reason in ('expired', 'count', 'replaced'))
);
-- no statistics: token_digest, code_digest
create index deliveries_case on deliveries using btree (tenant_id, case_id);
create index deliveries_expiry on deliveries using btree (expires_at) where (destroyed_at is null);
create index deliveries_item on deliveries using btree (tenant_id, item_id);
create unique index deliveries_token on deliveries using btree (tenant_id, token_digest);
alter table deliveries enable row level security;
create policy tenant on deliveries using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table log_periods (
  only_row boolean default true not null,
  addresses integer not null,
  access integer not null,
  app integer not null,
  audit integer default 365 not null,
  jobs integer default 30 not null,
  mail integer default 30 not null,
  primary key (only_row),
  check ((access >= 7) and (access <= 90)),
  check ((addresses >= 2) and (addresses <= 7)),
  check ((app >= 7) and (app <= 90)),
  check ((audit >= 30) and (audit <= 365)),
  check ((jobs >= 7) and (jobs <= 30)),
  check ((mail >= 7) and (mail <= 30)),
  check (only_row)
);

create table log_runs (
  id uuid not null,
  at timestamptz not null,
  packed integer not null,
  shortened integer not null,
  removed integer not null,
  looked integer not null,
  whole integer not null,
  control boolean not null,
  primary key (id)
);
create index log_runs_at on log_runs using btree (at desc);

create table log_freezes (
  id uuid not null,
  reason text not null,
  from_on date not null,
  to_on date not null,
  until_on date not null,
  status text default 'wanted' not null,
  line_count integer default 0 not null,
  sha256 text default '' not null,
  created_by uuid,
  created_at timestamptz not null,
  removed_at timestamptz,
  primary key (id),
  check (from_on <= to_on),
  check (reason <> ''),
  check (status in ('wanted', 'kept', 'removed'))
);
-- no statistics: reason
create index log_freezes_created on log_freezes using btree (created_at desc);

create table case_findings (
  tenant_id uuid not null,
  case_id uuid not null,
  terms jsonb not null,
  candidates jsonb default '[]'::jsonb not null,
  hits jsonb default '[]'::jsonb not null,
  places integer default 0 not null,
  truncated boolean default false not null,
  asked_at timestamptz not null,
  searched_at timestamptz,
  confirmed_at timestamptz,
  confirmed_by uuid,
  confirmed_ids uuid[] default '{}'::uuid[] not null,
  confirmed_hits jsonb default '[]'::jsonb not null,
  primary key (tenant_id, case_id),
  foreign key (tenant_id, case_id) references cases(tenant_id, id) on delete cascade
);
-- no statistics: terms
create index case_findings_open on case_findings using btree (tenant_id, case_id) where (confirmed_at is null);
alter table case_findings enable row level security;
create policy tenant on case_findings using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table tenant_exports (
  tenant_id uuid not null,
  id uuid not null,
  status text default 'waiting' not null,
  rows bigint,
  size bigint,
  object_id uuid,
  error_code text,
  created_by uuid,
  created_at timestamptz not null,
  finished_at timestamptz,
  erase_after timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id) references tenants(id) on delete cascade,
  check (status in ('waiting', 'done', 'failed'))
);
create index tenant_exports_end on tenant_exports using btree (erase_after);
alter table tenant_exports enable row level security;
create policy tenant on tenant_exports using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());

create table tenant_erasures (
  id uuid not null,
  house text not null,
  name text not null,
  locale text not null,
  recipients text[] default '{}'[] not null,
  contract_ended_on date not null,
  canary text not null,
  key_ids text[] default '{}'[] not null,
  identity_ids text[] default '{}'[] not null,
  status text default 'running' not null,
  certificate_id uuid,
  started_at timestamptz not null,
  finished_at timestamptz,
  primary key (id),
  check (status in ('running', 'withdrawn', 'done'))
);
-- no statistics: name, recipients
create unique index tenant_erasures_house on tenant_erasures using btree (house) where (status = 'running');
create index tenant_erasures_started on tenant_erasures using btree (started_at desc, id desc);

create table tenant_erasure_steps (
  erasure_id uuid not null,
  step text not null,
  state text default 'waiting' not null,
  attempts integer default 0 not null,
  figures jsonb default '{}'::jsonb not null,
  error_code text,
  started_at timestamptz,
  finished_at timestamptz,
  tried_at timestamptz,
  primary key (erasure_id, step),
  foreign key (erasure_id) references tenant_erasures(id) on delete cascade,
  check (state in ('waiting', 'failed', 'done')),
  check (step in ('freeze', 'live', 'traces', 'processors', 'logs', 'backups', 'search', 'certificate'))
);

create table tenant_erasure_confirmations (
  erasure_id uuid not null,
  processor_id uuid not null,
  name text not null,
  method text,
  confirmed_at timestamptz,
  primary key (erasure_id, processor_id),
  foreign key (erasure_id) references tenant_erasures(id) on delete cascade,
  check (method in ('nothing_held', 'same_store', 'expired', 'told'))
);

create table search_controls (
  only_row boolean default true not null,
  word text not null,
  primary key (only_row),
  check (only_row)
);

create table contract_letters (
  house text not null,
  kind text not null,
  written_at timestamptz not null,
  primary key (house, kind)
);
create index contract_letters_written on contract_letters using btree (written_at);

create table customer_invoices (
  id uuid not null,
  house text not null,
  number text not null,
  customer text not null,
  address text default '' not null,
  issued_on date not null,
  cents bigint not null,
  currency text default 'EUR' not null,
  created_at timestamptz not null,
  primary key (id),
  unique (number),
  check (currency ~ '^[A-Z]{3}$'),
  check (customer <> ''),
  check (number <> '')
);
-- no statistics: customer, address
create index customer_invoices_house on customer_invoices using btree (house, issued_on desc, id desc);

create table erasures (
  tenant_id uuid not null,
  item_id uuid not null,
  case_id uuid not null,
  contact_ids uuid[] not null,
  words jsonb default '[]'::jsonb not null,
  plan jsonb not null,
  objects text[] default '{}'[] not null,
  traces integer default 0 not null,
  retained_ids uuid[] default '{}'::uuid[] not null,
  retained_until date,
  erased_at timestamptz not null,
  finished_at timestamptz,
  primary key (tenant_id, item_id),
  foreign key (tenant_id, item_id) references case_items(tenant_id, id) on delete cascade
);
-- no statistics: words
create index erasures_retained on erasures using btree (tenant_id, retained_until) where (retained_until is not null);
alter table erasures enable row level security;
create policy tenant on erasures using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table rectifications (
  tenant_id uuid not null,
  id uuid not null,
  contact_id uuid,
  item_id uuid,
  field text not null,
  old_value text default '' not null,
  new_value text not null,
  proof text default '' not null,
  created_at timestamptz not null,
  created_by uuid,
  applied_at timestamptz,
  identity_id uuid,
  primary key (tenant_id, id),
  foreign key (identity_id) references identities(id) on delete cascade,
  foreign key (tenant_id, contact_id) references contacts(tenant_id, id) on delete cascade,
  foreign key (tenant_id, item_id) references case_items(tenant_id, id) on DELETE SET null (item_id),
  check (num_nonnulls(contact_id, identity_id) = 1)
);
-- no statistics: old_value, new_value, proof
create index rectifications_contact on rectifications using btree (tenant_id, contact_id);
create index rectifications_identity on rectifications using btree (identity_id) where (identity_id is not null);
create index rectifications_item on rectifications using btree (tenant_id, item_id);
alter table rectifications enable row level security;
create policy sight on rectifications as restrictive for select using (( SELECT sees_all() AS sees_all) or sees_contact(contact_id));
create policy tenant on rectifications using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table transfers (
  tenant_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  item_id uuid not null,
  way text not null,
  recipient text not null,
  token_digest bytea,
  processor_id uuid,
  url_sealed bytea,
  status text not null,
  error_code text,
  created_at timestamptz not null,
  created_by uuid,
  expires_at timestamptz not null,
  done_at timestamptz,
  attempts integer default 0 not null,
  retry_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, case_id) references cases(tenant_id, id) on delete cascade,
  foreign key (tenant_id, item_id) references case_items(tenant_id, id) on delete cascade,
  check ((way = 'link') = (token_digest is not null)),
  check (((way = 'push') = ((url_sealed is not null) and (processor_id is not null)))),
  check (status in ('open', 'done', 'failed')),
  check (way in ('link', 'push'))
);
-- no statistics: recipient, token_digest, url_sealed
create index transfers_case on transfers using btree (tenant_id, case_id);
create index transfers_item on transfers using btree (tenant_id, item_id);
create unique index transfers_token on transfers using btree (tenant_id, token_digest) where (token_digest is not null);
alter table transfers enable row level security;
create policy tenant on transfers using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table incoming_transfers (
  tenant_id uuid not null,
  id uuid not null,
  note text not null,
  token_digest bytea not null,
  content_sealed bytea,
  created_at timestamptz not null,
  created_by uuid,
  expires_at timestamptz not null,
  received_at timestamptz,
  settled_at timestamptz,
  accepted boolean,
  primary key (tenant_id, id),
  foreign key (tenant_id) references tenants(id) on delete cascade,
  check ((settled_at is null) = (accepted is null)),
  check ((settled_at is null) or (content_sealed is null))
);
-- no statistics: note, token_digest, content_sealed
create index incoming_transfers_created on incoming_transfers using btree (tenant_id, created_at desc, id desc);
create index incoming_transfers_expiry on incoming_transfers using btree (expires_at);
create unique index incoming_transfers_token on incoming_transfers using btree (tenant_id, token_digest);
alter table incoming_transfers enable row level security;
create policy tenant on incoming_transfers using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table transmissions (
  tenant_id uuid not null,
  id uuid not null,
  contact_id uuid not null,
  kind text not null,
  recipient text not null,
  reach text default '' not null,
  at timestamptz not null,
  created_by uuid,
  primary key (tenant_id, id),
  foreign key (tenant_id, contact_id) references contacts(tenant_id, id) on delete cascade,
  check (kind in ('export', 'transfer'))
);
-- no statistics: recipient, reach
create index transmissions_contact on transmissions using btree (tenant_id, contact_id);
alter table transmissions enable row level security;
create policy sight on transmissions as restrictive for select using (( SELECT sees_all() AS sees_all) or sees_contact(contact_id));
create policy tenant on transmissions using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table recipient_notices (
  tenant_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  item_id uuid not null,
  kind text not null,
  recipient text not null,
  reach text default '' not null,
  created_at timestamptz not null,
  told_at timestamptz,
  way text,
  primary key (tenant_id, id),
  unique (tenant_id, item_id, kind, recipient, reach),
  foreign key (tenant_id, case_id) references cases(tenant_id, id) on delete cascade,
  foreign key (tenant_id, item_id) references case_items(tenant_id, id) on delete cascade,
  check ((told_at is null) = (way is null)),
  check (kind in ('processor', 'export', 'transfer')),
  check (way in ('mail', 'hand'))
);
-- no statistics: recipient, reach
create index recipient_notices_case on recipient_notices using btree (tenant_id, case_id);
alter table recipient_notices enable row level security;
create policy tenant on recipient_notices using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table retention_settings (
  tenant_id uuid not null,
  prospect integer not null,
  lost_deal integer not null,
  applicant integer not null,
  claim integer not null,
  confirm_days integer not null,
  history integer default 12 not null,
  primary key (tenant_id),
  foreign key (tenant_id) references tenants(id) on delete cascade,
  check ((applicant >= 1) and (applicant <= 6)),
  check ((claim >= 12) and (claim <= 36)),
  check ((confirm_days >= 0) and (confirm_days <= 90)),
  check ((history >= 3) and (history <= 12)),
  check ((lost_deal >= 1) and (lost_deal <= 36)),
  check ((prospect >= 1) and (prospect <= 36))
);
alter table retention_settings enable row level security;
create policy tenant on retention_settings using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table retention_duties (
  tenant_id uuid not null,
  id uuid not null,
  contact_id uuid,
  company_id uuid,
  deal_id uuid,
  class text not null,
  reference text not null,
  starts_on date,
  ends_on date,
  created_by uuid,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id) references companies(tenant_id, id) on delete cascade,
  foreign key (tenant_id, contact_id) references contacts(tenant_id, id) on delete cascade,
  foreign key (tenant_id, deal_id) references deals(tenant_id, id) on delete cascade,
  foreign key (tenant_id) references tenants(id) on delete cascade,
  check (num_nonnulls(contact_id, company_id, deal_id) = 1),
  check ((class = 'kept') = (ends_on is not null)),
  check (class in ('letter', 'voucher', 'books', 'applicant', 'claim', 'kept')),
  check (reference <> '')
);
-- no statistics: reference
create index retention_duties_company on retention_duties using btree (tenant_id, company_id) where (company_id is not null);
create index retention_duties_contact on retention_duties using btree (tenant_id, contact_id) where (contact_id is not null);
create index retention_duties_deal on retention_duties using btree (tenant_id, deal_id) where (deal_id is not null);
alter table retention_duties enable row level security;
create policy tenant on retention_duties using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table holds (
  tenant_id uuid not null,
  id uuid not null,
  contact_id uuid,
  company_id uuid,
  deal_id uuid,
  kind text not null,
  reason text not null,
  review_on date not null,
  created_by uuid,
  created_at timestamptz not null,
  released_by uuid,
  released_at timestamptz,
  told_on date,
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id) references companies(tenant_id, id) on delete cascade,
  foreign key (tenant_id, contact_id) references contacts(tenant_id, id) on delete cascade,
  foreign key (tenant_id, deal_id) references deals(tenant_id, id) on delete cascade,
  foreign key (tenant_id) references tenants(id) on delete cascade,
  check (num_nonnulls(contact_id, company_id, deal_id) = 1),
  check (kind in ('law', 'dispute', 'assessment', 'case')),
  check (reason <> '')
);
-- no statistics: reason
create index holds_company on holds using btree (tenant_id, company_id) where (company_id is not null);
create index holds_contact on holds using btree (tenant_id, contact_id) where (contact_id is not null);
create index holds_deal on holds using btree (tenant_id, deal_id) where (deal_id is not null);
create index holds_review on holds using btree (tenant_id, review_on) where (released_at is null);
alter table holds enable row level security;
create policy tenant on holds using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table due_records (
  tenant_id uuid not null,
  id uuid not null,
  contact_id uuid,
  company_id uuid,
  deal_id uuid,
  class text not null,
  due_on date not null,
  bound_on date not null,
  found_at timestamptz not null,
  announced_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, company_id),
  unique (tenant_id, contact_id),
  unique (tenant_id, deal_id),
  foreign key (tenant_id, company_id) references companies(tenant_id, id) on delete cascade,
  foreign key (tenant_id, contact_id) references contacts(tenant_id, id) on delete cascade,
  foreign key (tenant_id, deal_id) references deals(tenant_id, id) on delete cascade,
  foreign key (tenant_id) references tenants(id) on delete cascade,
  check (num_nonnulls(contact_id, company_id, deal_id) = 1)
);
create index due_records_bound on due_records using btree (bound_on);
create index due_records_due on due_records using btree (tenant_id, due_on, id);
alter table due_records enable row level security;
create policy tenant on due_records using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table retention_runs (
  tenant_id uuid not null,
  kind text not null,
  run_on date not null,
  after_at timestamptz,
  after_id uuid,
  finished_at timestamptz,
  looked integer default 0 not null,
  erased integer default 0 not null,
  reported integer default 0 not null,
  primary key (tenant_id, kind, run_on),
  foreign key (tenant_id) references tenants(id) on delete cascade,
  check (kind in ('contact', 'company', 'deal'))
);
alter table retention_runs enable row level security;
create policy tenant on retention_runs using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table incidents (
  id uuid not null,
  title text not null,
  noticed_at timestamptz not null,
  nature text not null,
  persons integer default 0 not null,
  data_records integer default 0 not null,
  consequences text default '' not null,
  measures text default '' not null,
  risk text not null,
  reason text default '' not null,
  told_at timestamptz,
  closed_at timestamptz,
  created_by uuid,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  warned_hours integer,
  supplement_at timestamptz,
  primary key (id),
  check (data_records >= 0),
  check (nature <> ''),
  check (persons >= 0),
  check (risk in ('none', 'risk', 'high')),
  check (title <> '')
);
-- no statistics: title, nature, consequences, measures, reason
create index incidents_noticed on incidents using btree (noticed_at desc, id desc);

create table incident_customers (
  incident_id uuid not null,
  customer_id uuid not null,
  told_at timestamptz,
  supplement_at timestamptz,
  primary key (incident_id, customer_id),
  foreign key (customer_id) references tenants(id) on delete cascade,
  foreign key (incident_id) references incidents(id) on delete cascade
);
create index incident_customers_customer on incident_customers using btree (customer_id);

create table duplicate_scans (
  tenant_id uuid not null,
  id uuid not null,
  status text default 'running' not null,
  stage text default 'contact_keys' not null,
  place bigint,
  place_id uuid,
  looked integer default 0 not null,
  compared integer default 0 not null,
  created_by uuid,
  started_at timestamptz not null,
  finished_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id) references tenants(id) on delete cascade,
  check (stage in ('contact_keys', 'contact_pairs', 'company_keys', 'company_pairs', 'tidy')),
  check (status in ('running', 'done', 'failed'))
);
create unique index duplicate_scans_running on duplicate_scans using btree (tenant_id) where (status = 'running');
create index duplicate_scans_started on duplicate_scans using btree (tenant_id, started_at desc, id desc);
alter table duplicate_scans enable row level security;
create policy tenant on duplicate_scans using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table duplicate_keys (
  tenant_id uuid not null,
  scan_id uuid not null,
  key bigint not null,
  record_id uuid not null,
  primary key (tenant_id, scan_id, key, record_id),
  foreign key (tenant_id, scan_id) references duplicate_scans(tenant_id, id) on delete cascade
);
-- no statistics: key
alter table duplicate_keys enable row level security;
create policy tenant on duplicate_keys using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table duplicate_pairs (
  tenant_id uuid not null,
  id uuid not null,
  contact_id uuid,
  other_contact_id uuid,
  company_id uuid,
  other_company_id uuid,
  score integer not null,
  reasons text[] not null,
  scan_id uuid not null,
  found_at timestamptz not null,
  dismissed_at timestamptz,
  dismissed_by uuid,
  merge_id uuid,
  blind_score integer default 0 not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id) references companies(tenant_id, id) on delete cascade,
  foreign key (tenant_id, contact_id) references contacts(tenant_id, id) on delete cascade,
  foreign key (tenant_id) references tenants(id) on delete cascade,
  foreign key (tenant_id, merge_id) references merges(tenant_id, id) on DELETE SET null (merge_id),
  foreign key (tenant_id, other_company_id) references companies(tenant_id, id) on delete cascade,
  foreign key (tenant_id, other_contact_id) references contacts(tenant_id, id) on delete cascade,
  check ((blind_score >= 0) and (blind_score <= 100)),
  check ((((contact_id < other_contact_id) and (num_nonnulls(company_id, other_company_id) = 0)) or ((company_id < other_company_id) and (num_nonnulls(contact_id, other_contact_id) = 0)))),
  check ((score >= 0) and (score <= 100))
);
create index duplicate_pairs_blind on duplicate_pairs using btree (tenant_id, blind_score desc, id) where ((contact_id is not null) and (dismissed_at is null));
create unique index duplicate_pairs_companies on duplicate_pairs using btree (tenant_id, company_id, other_company_id) where (company_id is not null);
create unique index duplicate_pairs_contacts on duplicate_pairs using btree (tenant_id, contact_id, other_contact_id) where (contact_id is not null);
create index duplicate_pairs_dismissed on duplicate_pairs using btree (tenant_id, score desc, id) where (dismissed_at is not null);
create index duplicate_pairs_merge on duplicate_pairs using btree (tenant_id, merge_id) where (merge_id is not null);
create index duplicate_pairs_open_companies on duplicate_pairs using btree (tenant_id, score desc, id) where ((company_id is not null) and (dismissed_at is null));
create index duplicate_pairs_open_contacts on duplicate_pairs using btree (tenant_id, score desc, id) where ((contact_id is not null) and (dismissed_at is null));
create index duplicate_pairs_other_company on duplicate_pairs using btree (tenant_id, other_company_id) where (other_company_id is not null);
create index duplicate_pairs_other_contact on duplicate_pairs using btree (tenant_id, other_contact_id) where (other_contact_id is not null);
create index duplicate_pairs_scan on duplicate_pairs using btree (tenant_id, scan_id) where (dismissed_at is null);
alter table duplicate_pairs enable row level security;
create policy sight on duplicate_pairs as restrictive for select using (( SELECT sees_all() AS sees_all) or (sees_contact(contact_id) and sees_contact(other_contact_id) and sees_company(company_id) and sees_company(other_company_id)));
create policy tenant on duplicate_pairs using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table file_places (
  only_row boolean default true not null,
  place text not null,
  settled_at timestamptz,
  changed_at timestamptz not null,
  surplus integer default 0 not null,
  error_code text,
  looked_at timestamptz,
  primary key (only_row),
  check (only_row),
  check (place in ('folder', 'bucket'))
);

create table api_tokens (
  tenant_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  name text not null,
  token_digest bytea not null,
  scopes text[] not null,
  expires_at timestamptz not null,
  last_used_at timestamptz,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, user_id) references users(tenant_id, id) on delete cascade,
  check (((cardinality(scopes) >= 1) and (cardinality(scopes) <= 20)))
);
-- no statistics: name, token_digest
create index api_tokens_digest on api_tokens using btree (token_digest);
create index api_tokens_user on api_tokens using btree (tenant_id, user_id, created_at);
alter table api_tokens enable row level security;
create policy tenant on api_tokens using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table api_requests (
  tenant_id uuid not null,
  user_id uuid not null,
  key_digest bytea not null,
  request_digest bytea not null,
  record_id uuid not null,
  created_at timestamptz not null,
  primary key (tenant_id, user_id, key_digest),
  foreign key (tenant_id, user_id) references users(tenant_id, id) on delete cascade
);
-- no statistics: key_digest, request_digest
create index api_requests_age on api_requests using btree (tenant_id, created_at);
alter table api_requests enable row level security;
create policy tenant on api_requests using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table custom_fields (
  tenant_id uuid not null,
  id uuid not null,
  record_kind text not null,
  kind text not null,
  name text not null,
  label_de text not null,
  label_en text default '' not null,
  help_de text default '' not null,
  help_en text default '' not null,
  "position" integer not null,
  required boolean default false not null,
  category text not null,
  purpose text not null,
  legal_basis text not null,
  provided boolean default false not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  removed_at timestamptz,
  unsearched boolean default false not null,
  primary key (tenant_id, id),
  unique (tenant_id, id, kind),
  foreign key (tenant_id) references tenants(id) on delete cascade,
  check (category in ('name', 'contact', 'address', 'birth', 'identifier', 'work', 'organisation', 'content', 'classification', 'sales')),
  check (kind in ('text', 'long_text', 'number', 'money', 'date', 'choice', 'choices', 'yes_no', 'link', 'person')),
  check (label_de <> ''),
  check (legal_basis in ('contract', 'pre_contract', 'consent', 'legitimate_interest', 'legal_obligation')),
  check (name ~ '^[a-z][a-z0-9_]{0,59}$'),
  check (purpose in ('customer_care', 'sales', 'marketing', 'supply', 'legal_duty')),
  check (record_kind in ('contact', 'company', 'deal'))
);
create unique index custom_fields_name on custom_fields using btree (tenant_id, record_kind, name) where (removed_at is null);
alter table custom_fields enable row level security;
create policy tenant on custom_fields using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table custom_choices (
  tenant_id uuid not null,
  id uuid not null,
  field_id uuid not null,
  label_de text not null,
  label_en text default '' not null,
  "position" integer not null,
  primary key (tenant_id, id),
  unique (tenant_id, field_id, id),
  foreign key (tenant_id, field_id) references custom_fields(tenant_id, id) on delete cascade,
  check (label_de <> '')
);
alter table custom_choices enable row level security;
create policy tenant on custom_choices using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table custom_values (
  tenant_id uuid not null,
  id uuid not null,
  field_id uuid not null,
  kind text not null,
  contact_id uuid,
  company_id uuid,
  deal_id uuid,
  item integer default 0 not null,
  value text not null,
  key text generated always as (custom_key(kind, value)) stored,
  choice_id uuid,
  person_id uuid,
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id) references companies(tenant_id, id) on delete cascade,
  foreign key (tenant_id, contact_id) references contacts(tenant_id, id) on delete cascade,
  foreign key (tenant_id, deal_id) references deals(tenant_id, id) on delete cascade,
  foreign key (tenant_id, field_id, choice_id) references custom_choices(tenant_id, field_id, id) on delete cascade,
  foreign key (tenant_id, field_id, kind) references custom_fields(tenant_id, id, kind) on delete cascade,
  foreign key (tenant_id, person_id) references contacts(tenant_id, id) on delete cascade,
  check (num_nonnulls(contact_id, company_id, deal_id) = 1),
  check (((choice_id is not null) = (kind in ('choice', 'choices')))),
  check ((person_id is not null) = (kind = 'person')),
  check (((kind <> ALL (ARRAY['choice', 'choices', 'person'])) or (value = (COALESCE(choice_id, person_id))::text))),
  check (value <> '')
);
-- no statistics: value, key
create unique index custom_values_company on custom_values using btree (tenant_id, company_id, field_id, item) where (company_id is not null);
create unique index custom_values_contact on custom_values using btree (tenant_id, contact_id, field_id, item) where (contact_id is not null);
create unique index custom_values_deal on custom_values using btree (tenant_id, deal_id, field_id, item) where (deal_id is not null);
create index custom_values_key on custom_values using btree (tenant_id, field_id, key collate "C");
create index custom_values_person on custom_values using btree (tenant_id, person_id) where (person_id is not null);
alter table custom_values enable row level security;
create policy sight on custom_values as restrictive for select using (( SELECT sees_all() AS sees_all) or (sees_contact(contact_id) and sees_company(company_id) and sees_deal(deal_id)));
create policy tenant on custom_values using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table installation_secrets (
  only_row boolean default true not null,
  fingerprint text not null,
  primary key (only_row),
  check (fingerprint <> ''),
  check (only_row)
);

create table totp_factors (
  identity_id uuid not null,
  secret_sealed bytea not null,
  last_step bigint default 0 not null,
  created_at timestamptz not null,
  confirmed_at timestamptz,
  primary key (identity_id),
  foreign key (identity_id) references identities(id) on delete cascade
);
-- no statistics: secret_sealed

create table recovery_codes (
  id uuid not null,
  identity_id uuid not null,
  code_digest bytea not null,
  created_at timestamptz not null,
  used_at timestamptz,
  primary key (id),
  unique (identity_id, code_digest),
  foreign key (identity_id) references identities(id) on delete cascade
);
-- no statistics: code_digest

create table passkeys (
  id uuid not null,
  identity_id uuid not null,
  credential_id text not null,
  public_key bytea not null,
  counter bigint not null,
  transports text[] default '{}'[] not null,
  backed_up boolean not null,
  name text not null,
  created_at timestamptz not null,
  last_used_at timestamptz,
  primary key (id),
  unique (credential_id),
  foreign key (identity_id) references identities(id) on delete cascade,
  check (((length(credential_id) >= 1) and (length(credential_id) <= 1400))),
  check (((name <> '') and (length(name) <= 100)))
);
-- no statistics: credential_id, public_key, name
create index passkeys_identity on passkeys using btree (identity_id);

create table products (
  tenant_id uuid not null,
  id uuid not null,
  number text default '' not null,
  name text not null,
  description text default '' not null,
  unit text default '' not null,
  price_cents bigint not null,
  currency text default 'EUR' not null,
  vat_rate integer not null,
  active boolean default true not null,
  number_key text generated always as (lower(number)) stored,
  sort_name text generated always as (fold(name)) stored,
  search text generated always as (fold(((number || ' ') || name))) stored,
  version integer default 1 not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id),
  foreign key (tenant_id) references tenants(id) on delete cascade,
  check (currency ~ '^[A-Z]{3}$'),
  check (name <> ''),
  check ((price_cents >= 0) and (price_cents <= '9999999999999'::bigint)),
  check ((vat_rate >= 0) and (vat_rate <= 10000))
);
create index products_name on products using btree (tenant_id, sort_name collate "C", id);
create unique index products_number on products using btree (tenant_id, number_key) where (number_key <> '');
alter table products enable row level security;
create policy tenant on products using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table deal_calculations (
  tenant_id uuid not null,
  deal_id uuid not null,
  gross boolean not null,
  net_cents bigint,
  vat_cents bigint,
  version integer default 1 not null,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, deal_id),
  foreign key (tenant_id, deal_id) references deals(tenant_id, id) on delete cascade
);
alter table deal_calculations enable row level security;
create policy sight on deal_calculations as restrictive for select using (( SELECT sees_all() AS sees_all) or sees_deal(deal_id));
create policy tenant on deal_calculations using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table deal_items (
  tenant_id uuid not null,
  id uuid not null,
  deal_id uuid not null,
  "position" integer not null,
  product_id uuid,
  name text not null,
  description text default '' not null,
  unit text default '' not null,
  quantity bigint not null,
  price_cents bigint not null,
  discount integer default 0 not null,
  vat_rate integer not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, deal_id) references deals(tenant_id, id) on delete cascade,
  foreign key (tenant_id, product_id) references products(tenant_id, id) on DELETE SET null (product_id),
  check ((discount >= 0) and (discount <= 10000)),
  check (name <> ''),
  check ((price_cents >= 0) and (price_cents <= '9999999999999'::bigint)),
  check ((quantity >= 1) and (quantity <= '999999999999'::bigint)),
  check ((vat_rate >= 0) and (vat_rate <= 10000))
);
-- no statistics: name, description, unit
create index deal_items_deal on deal_items using btree (tenant_id, deal_id, "position");
create index deal_items_product on deal_items using btree (tenant_id, product_id) where (product_id is not null);
alter table deal_items enable row level security;
create policy sight on deal_items as restrictive for select using (( SELECT sees_all() AS sees_all) or sees_deal(deal_id));
create policy tenant on deal_items using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table offer_settings (
  tenant_id uuid not null,
  number_format text not null,
  valid_days integer not null,
  gross boolean not null,
  vat_rate integer not null,
  opening_de text not null,
  opening_en text not null,
  closing_de text not null,
  closing_en text not null,
  updated_at timestamptz not null,
  primary key (tenant_id),
  foreign key (tenant_id) references tenants(id) on delete cascade,
  check ((valid_days >= 1) and (valid_days <= 365)),
  check ((vat_rate >= 0) and (vat_rate <= 10000))
);
alter table offer_settings enable row level security;
create policy tenant on offer_settings using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table letterheads (
  tenant_id uuid not null,
  logo bytea,
  logo_type text,
  footer text default '' not null,
  updated_at timestamptz not null,
  primary key (tenant_id),
  foreign key (tenant_id) references tenants(id) on delete cascade,
  check ((logo is null) = (logo_type is null)),
  check (octet_length(logo) <= 300000),
  check (logo_type in ('png', 'jpg'))
);
-- no statistics: logo, footer
alter table letterheads enable row level security;
create policy tenant on letterheads using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table number_ranges (
  tenant_id uuid not null,
  series text not null,
  last integer not null,
  primary key (tenant_id, series),
  foreign key (tenant_id) references tenants(id) on delete cascade,
  check (last > 0)
);
alter table number_ranges enable row level security;
create policy tenant on number_ranges using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table offers (
  tenant_id uuid not null,
  id uuid not null,
  first_id uuid not null,
  version_no integer default 1 not null,
  deal_id uuid,
  contact_id uuid,
  company_id uuid,
  number text,
  state text default 'draft' not null,
  language text not null,
  recipient text default '' not null,
  subject text not null,
  opening text default '' not null,
  closing text default '' not null,
  valid_until date not null,
  currency text not null,
  gross boolean default false not null,
  items jsonb default '[]'::jsonb not null,
  net_cents bigint default 0 not null,
  vat_cents bigint default 0 not null,
  issued_on date,
  paper bytea,
  paper_digest bytea,
  message_id uuid,
  sent_at timestamptz,
  decided_at timestamptz,
  kept_until date,
  version integer default 1 not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id),
  unique (tenant_id, first_id, version_no),
  unique (tenant_id, number, version_no),
  foreign key (tenant_id, company_id) references companies(tenant_id, id) on DELETE SET null (company_id),
  foreign key (tenant_id, contact_id) references contacts(tenant_id, id) on DELETE SET null (contact_id),
  foreign key (tenant_id, deal_id) references deals(tenant_id, id) on DELETE SET null (deal_id),
  foreign key (tenant_id) references tenants(id) on delete cascade,
  foreign key (tenant_id, message_id) references messages(tenant_id, id) on DELETE SET null (message_id),
  check ((state = 'draft') = (issued_on is null)),
  check ((issued_on is null) or (number is not null)),
  check (((state in ('accepted', 'declined')) = (decided_at is not null))),
  check ((state = 'accepted') = (kept_until is not null)),
  check (currency ~ '^[A-Z]{3}$'),
  check (language in ('de', 'en')),
  check (number <> ''),
  check (state in ('draft', 'issued', 'sent', 'accepted', 'declined', 'replaced')),
  check (subject <> ''),
  check ((version_no >= 1) and (version_no <= 999))
);
-- no statistics: recipient, subject, opening, closing, items, paper
create index offers_company on offers using btree (tenant_id, company_id) where (company_id is not null);
create index offers_contact on offers using btree (tenant_id, contact_id) where (contact_id is not null);
create index offers_created on offers using btree (tenant_id, created_at desc, id desc);
create index offers_deal on offers using btree (tenant_id, deal_id) where (deal_id is not null);
create index offers_kept on offers using btree (tenant_id, kept_until) where (kept_until is not null);
create index offers_message on offers using btree (tenant_id, message_id) where (message_id is not null);
alter table offers enable row level security;
create policy sight on offers as restrictive for select using (( SELECT sees_all() AS sees_all) or case when (deal_id is not null) then sees_deal(deal_id) else ((num_nonnulls(contact_id, company_id) > 0) and sees_contact(contact_id) and sees_company(company_id)) end);
create policy tenant on offers using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table letter_templates (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  language text not null,
  subject text default '' not null,
  body text default '' not null,
  document bytea,
  document_name text default '' not null,
  name_key text generated always as (fold(name)) stored,
  version integer default 1 not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id) references tenants(id) on delete cascade,
  check ((document is null) = (document_name = '')),
  check (octet_length(document) <= 1000000),
  check (language in ('de', 'en')),
  check (name <> '')
);
create index letter_templates_name on letter_templates using btree (tenant_id, name_key collate "C", id);
alter table letter_templates enable row level security;
create policy tenant on letter_templates using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table case_counters (
  tenant_id uuid not null,
  year integer not null,
  claimed_right text not null,
  channel text not null,
  outcome text not null,
  in_time boolean not null,
  count integer not null,
  primary key (tenant_id, year, claimed_right, channel, outcome, in_time),
  check (count > 0)
);
alter table case_counters enable row level security;
create policy tenant on case_counters using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table case_chains (
  tenant_id uuid not null,
  seq bigint not null,
  digest bytea not null,
  primary key (tenant_id),
  check (seq > 0)
);
alter table case_chains enable row level security;
create policy tenant on case_chains using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table case_redactions (
  tenant_id uuid not null,
  item_id uuid not null,
  words text[] default '{}'[] not null,
  offered text[] default '{}'[] not null,
  left_out uuid[] default '{}'::uuid[] not null,
  chosen_at timestamptz not null,
  chosen_by uuid,
  primary key (tenant_id, item_id),
  foreign key (tenant_id, item_id) references case_items(tenant_id, id) on delete cascade
);
-- no statistics: words, offered
alter table case_redactions enable row level security;
create policy tenant on case_redactions using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table merges (
  tenant_id uuid not null,
  id uuid not null,
  contact_id uuid,
  company_id uuid,
  created_by uuid,
  created_at timestamptz not null,
  undo_until timestamptz not null,
  undone_at timestamptz,
  undone_by uuid,
  deal_id uuid,
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id) references companies(tenant_id, id) on delete cascade,
  foreign key (tenant_id, contact_id) references contacts(tenant_id, id) on delete cascade,
  foreign key (tenant_id, deal_id) references deals(tenant_id, id) on delete cascade,
  foreign key (tenant_id) references tenants(id) on delete cascade,
  check (num_nonnulls(contact_id, company_id, deal_id) = 1)
);
create index merges_company on merges using btree (tenant_id, company_id, created_at desc) where (company_id is not null);
create index merges_contact on merges using btree (tenant_id, contact_id, created_at desc) where (contact_id is not null);
create index merges_created on merges using btree (tenant_id, created_at desc, id desc);
create index merges_deal on merges using btree (tenant_id, deal_id, created_at desc) where (deal_id is not null);
create index merges_end on merges using btree (tenant_id, undo_until);
alter table merges enable row level security;
create policy sight on merges as restrictive for select using (( SELECT sees_all() AS sees_all) or (sees_contact(contact_id) and sees_company(company_id) and sees_deal(deal_id)));
create policy tenant on merges using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table merge_rows (
  tenant_id uuid not null,
  merge_id uuid not null,
  step integer not null,
  no integer not null,
  table_name text not null,
  key jsonb not null,
  before jsonb not null,
  after jsonb not null,
  copy jsonb,
  primary key (tenant_id, merge_id, step, no),
  foreign key (tenant_id, merge_id) references merges(tenant_id, id) on delete cascade
);
-- no statistics: before, after, copy
alter table merge_rows enable row level security;
create policy tenant on merge_rows using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table former_ids (
  tenant_id uuid not null,
  id uuid not null,
  contact_id uuid,
  company_id uuid,
  deal_id uuid,
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id) references companies(tenant_id, id) on delete cascade,
  foreign key (tenant_id, contact_id) references contacts(tenant_id, id) on delete cascade,
  foreign key (tenant_id, deal_id) references deals(tenant_id, id) on delete cascade,
  foreign key (tenant_id) references tenants(id) on delete cascade,
  check (num_nonnulls(contact_id, company_id, deal_id) = 1)
);
create index former_ids_company on former_ids using btree (tenant_id, company_id) where (company_id is not null);
create index former_ids_contact on former_ids using btree (tenant_id, contact_id) where (contact_id is not null);
create index former_ids_deal on former_ids using btree (tenant_id, deal_id) where (deal_id is not null);
alter table former_ids enable row level security;
create policy tenant on former_ids using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table stat_facts (
  tenant_id uuid not null,
  id uuid default gen_random_uuid() not null,
  deal_id uuid,
  kind text not null,
  month date not null,
  pipeline_id uuid not null,
  stage_id uuid not null,
  lost_reason_id uuid,
  amount_cents bigint default 0 not null,
  currency text not null,
  days integer not null,
  owner_id uuid,
  primary key (tenant_id, id),
  foreign key (tenant_id, deal_id) references deals(tenant_id, id) on DELETE SET null (deal_id),
  foreign key (tenant_id) references tenants(id) on delete cascade,
  foreign key (tenant_id, lost_reason_id) references lost_reasons(tenant_id, id) on DELETE SET null (lost_reason_id),
  foreign key (tenant_id, owner_id) references users(tenant_id, id) on DELETE SET null (owner_id),
  foreign key (tenant_id, pipeline_id) references pipelines(tenant_id, id) on delete cascade,
  foreign key (tenant_id, stage_id) references stages(tenant_id, id) on delete cascade,
  check (days >= 0),
  check (kind in ('won', 'lost', 'stage')),
  check (EXTRACT(day FROM month) = (1)::numeric)
);
create index stat_facts_deal on stat_facts using btree (tenant_id, deal_id) where (deal_id is not null);
create index stat_facts_month on stat_facts using btree (tenant_id, kind, month);
create index stat_facts_owner on stat_facts using btree (tenant_id, owner_id) where (owner_id is not null);
alter table stat_facts enable row level security;
create policy sight on stat_facts as restrictive for select using (( SELECT (seen_owners('deals') is null)) or (COALESCE(owner_id, '00000000-0000-0000-0000-000000000000'::uuid) = ANY (( SELECT seen_owners('deals') AS seen_owners)::uuid[])));
create policy tenant on stat_facts using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table stat_snapshots (
  tenant_id uuid not null,
  key text not null,
  figures jsonb not null,
  made_at timestamptz not null,
  primary key (tenant_id, key),
  foreign key (tenant_id) references tenants(id) on delete cascade
);
alter table stat_snapshots enable row level security;
create policy sight on stat_snapshots as restrictive for select using (( SELECT sees_all() AS sees_all) or false);
create policy tenant on stat_snapshots using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());

create table identity_providers (
  tenant_id uuid not null,
  id uuid not null,
  issuer text not null,
  client_id text not null,
  secret_sealed bytea,
  new_role text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  demanded boolean default false not null,
  primary key (tenant_id, id),
  unique (tenant_id),
  foreign key (tenant_id) references tenants(id) on delete cascade,
  check (((length(client_id) >= 1) and (length(client_id) <= 300))),
  check (((length(issuer) >= 9) and (length(issuer) <= 500))),
  check (new_role in ('member', 'read_only'))
);
-- no statistics: secret_sealed
alter table identity_providers enable row level security;
create policy tenant on identity_providers using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table sign_in_domains (
  tenant_id uuid not null,
  id uuid not null,
  domain text not null,
  created_at timestamptz not null,
  verified_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, domain),
  foreign key (tenant_id) references tenants(id) on delete cascade,
  check (((domain = lower(domain)) and ((length(domain) >= 3) and (length(domain) <= 253))))
);
create index sign_in_domains_verified on sign_in_domains using btree (domain) where (verified_at is not null);
alter table sign_in_domains enable row level security;
create policy tenant on sign_in_domains using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table webhooks (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  country text not null,
  reach text not null,
  host text not null,
  port integer not null,
  sealed bytea not null,
  kinds text[] not null,
  failures integer default 0 not null,
  rests_until timestamptz,
  paused_at timestamptz,
  version integer default 1 not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id) references tenants(id) on delete cascade,
  check (country ~ '^[A-Z]{2}$'),
  check (((cardinality(kinds) >= 1) and (cardinality(kinds) <= 4))),
  check ((port >= 1) and (port <= 65535))
);
-- no statistics: name, reach, sealed
create index webhooks_id on webhooks using btree (id);
alter table webhooks enable row level security;
create policy tenant on webhooks using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table webhook_deliveries (
  tenant_id uuid not null,
  id uuid not null,
  webhook_id uuid not null,
  event text not null,
  record_ids uuid[] not null,
  status text default 'waiting' not null,
  attempts integer default 0 not null,
  due_at timestamptz not null,
  answer_code integer,
  error_code text,
  created_at timestamptz not null,
  settled_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, webhook_id) references webhooks(tenant_id, id) on delete cascade,
  check (cardinality(record_ids) <= 100),
  check (status in ('waiting', 'sent', 'failed'))
);
create index webhook_deliveries_age on webhook_deliveries using btree (created_at);
create index webhook_deliveries_due on webhook_deliveries using btree (due_at) where (status = 'waiting');
create index webhook_deliveries_webhook on webhook_deliveries using btree (tenant_id, webhook_id, created_at, id);
alter table webhook_deliveries enable row level security;
create policy tenant on webhook_deliveries using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table web_forms (
  tenant_id uuid not null,
  id uuid not null,
  slug text not null,
  name text not null,
  fields text[] not null,
  owner_id uuid,
  tag text default '' not null,
  active boolean default true not null,
  version integer default 1 not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  work boolean default false not null,
  primary key (tenant_id, id),
  unique (tenant_id, slug),
  foreign key (tenant_id) references tenants(id) on delete cascade,
  foreign key (tenant_id, owner_id) references users(tenant_id, id) on DELETE SET null (owner_id),
  check (slug ~ '^[a-z0-9](-?[a-z0-9]){1,59}$')
);
alter table web_forms enable row level security;
create policy tenant on web_forms using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table web_form_texts (
  tenant_id uuid not null,
  id uuid not null,
  form_id uuid not null,
  number integer not null,
  words jsonb not null,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, form_id, number),
  foreign key (tenant_id, form_id) references web_forms(tenant_id, id) on delete cascade,
  check (number >= 1)
);
alter table web_form_texts enable row level security;
create policy tenant on web_form_texts using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table web_form_entries (
  tenant_id uuid not null,
  id uuid not null,
  form_id uuid not null,
  text_id uuid not null,
  language text not null,
  consents boolean not null,
  token_digest bytea not null,
  email text not null,
  first_name text default '' not null,
  last_name text default '' not null,
  phone text default '' not null,
  company text default '' not null,
  message text default '' not null,
  created_at timestamptz not null,
  confirmed_at timestamptz,
  custom jsonb default '{}'::jsonb not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, form_id) references web_forms(tenant_id, id) on delete cascade,
  foreign key (tenant_id, text_id) references web_form_texts(tenant_id, id) on delete cascade,
  check ((confirmed_at is null) or (custom = '{}'::jsonb)),
  check (language in ('de', 'en'))
);
-- no statistics: token_digest, email, first_name, last_name, phone, company, message, custom
create index web_form_entries_age on web_form_entries using btree (created_at);
create index web_form_entries_digest on web_form_entries using btree (token_digest);
create index web_form_entries_form on web_form_entries using btree (tenant_id, form_id);
alter table web_form_entries enable row level security;
create policy tenant on web_form_entries using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table first_step_ends (
  tenant_id uuid not null,
  ended_at timestamptz not null,
  primary key (tenant_id),
  foreign key (tenant_id) references tenants(id) on delete cascade
);
alter table first_step_ends enable row level security;
create policy tenant on first_step_ends using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table field_rights (
  tenant_id uuid not null,
  record_kind text not null,
  field text not null,
  role text not null,
  custom_field_id uuid,
  level text not null,
  primary key (tenant_id, record_kind, field, role),
  foreign key (tenant_id, custom_field_id) references custom_fields(tenant_id, id) on delete cascade,
  foreign key (tenant_id) references tenants(id) on delete cascade,
  check (((custom_field_id is null) or (field = (custom_field_id)::text))),
  check (field <> ''),
  check (level in ('read_only', 'hidden')),
  check (record_kind in ('contact', 'company', 'deal')),
  check (role in ('admin', 'member', 'read_only'))
);
create index field_rights_custom_field on field_rights using btree (tenant_id, custom_field_id) where (custom_field_id is not null);
alter table field_rights enable row level security;
create policy tenant on field_rights using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table directory_tokens (
  tenant_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  token_digest bytea not null,
  expires_at timestamptz not null,
  last_used_at timestamptz,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, user_id) references users(tenant_id, id) on delete cascade
);
-- no statistics: token_digest
create index directory_tokens_digest on directory_tokens using btree (token_digest);
create index directory_tokens_user on directory_tokens using btree (tenant_id, user_id);
alter table directory_tokens enable row level security;
create policy tenant on directory_tokens using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table teams (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  name_key text generated always as (lower(name)) stored,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, name_key),
  foreign key (tenant_id) references tenants(id) on delete cascade,
  check (((name <> '') and (length(name) <= 100)))
);
-- no statistics: name_key
alter table teams enable row level security;
create policy tenant on teams using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table team_members (
  tenant_id uuid not null,
  team_id uuid not null,
  user_id uuid not null,
  added_at timestamptz not null,
  primary key (tenant_id, team_id, user_id),
  foreign key (tenant_id, team_id) references teams(tenant_id, id) on delete cascade,
  foreign key (tenant_id, user_id) references users(tenant_id, id) on delete cascade
);
create index team_members_user on team_members using btree (tenant_id, user_id, team_id);
alter table team_members enable row level security;
create policy tenant on team_members using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table record_sights (
  tenant_id uuid not null,
  role text not null,
  contacts text not null,
  companies text not null,
  deals text not null,
  primary key (tenant_id, role),
  foreign key (tenant_id) references tenants(id) on delete cascade,
  check ((contacts <> 'all') or (companies <> 'all') or (deals <> 'all')),
  check (companies in ('all', 'team', 'own')),
  check (contacts in ('all', 'team', 'own')),
  check (deals in ('all', 'team', 'own')),
  check (role in ('member', 'read_only'))
);
alter table record_sights enable row level security;
create policy tenant on record_sights using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table ledger_heads (
  only_row boolean default true not null,
  seq bigint not null,
  hash text not null,
  primary key (only_row),
  check (only_row)
);

create table incident_persons (
  incident_id uuid not null,
  identity_id uuid not null,
  told_at timestamptz not null,
  mail_id uuid,
  status text default 'sent' not null,
  primary key (incident_id, identity_id),
  foreign key (identity_id) references identities(id) on delete cascade,
  foreign key (incident_id) references incidents(id) on delete cascade,
  check (status in ('queued', 'sent', 'failed'))
);
create index incident_persons_identity on incident_persons using btree (identity_id);

create table web_form_fields (
  tenant_id uuid not null,
  form_id uuid not null,
  field_id uuid not null,
  "position" integer not null,
  required boolean default false not null,
  primary key (tenant_id, form_id, field_id),
  foreign key (tenant_id, field_id) references custom_fields(tenant_id, id) on delete cascade,
  foreign key (tenant_id, form_id) references web_forms(tenant_id, id) on delete cascade
);
create index web_form_fields_field on web_form_fields using btree (tenant_id, field_id);
alter table web_form_fields enable row level security;
create policy tenant on web_form_fields using (tenant_id = current_tenant()) with check ((tenant_id = current_tenant()) and ( SELECT may_write() AS may_write));

create table incident_mails (
  mail_id uuid not null,
  incident_id uuid not null,
  customer_id uuid not null,
  queued_at timestamptz not null,
  status text default 'queued' not null,
  settled_at timestamptz,
  primary key (mail_id),
  foreign key (customer_id) references tenants(id) on delete cascade,
  foreign key (incident_id) references incidents(id) on delete cascade,
  check (status in ('queued', 'sent', 'failed'))
);
create index incident_mails_customer on incident_mails using btree (customer_id);
create index incident_mails_incident on incident_mails using btree (incident_id, customer_id, queued_at);

create table register_versions (
  id uuid not null,
  register text not null,
  incident_id uuid,
  content jsonb not null,
  actor text not null,
  changed_by uuid,
  at timestamptz not null,
  primary key (id),
  foreign key (incident_id) references incidents(id) on delete cascade,
  check (actor in ('operator', 'officer', 'program')),
  check ((register = 'incidents') = (incident_id is not null)),
  check (register in ('processing', 'incidents'))
);
-- no statistics: content
create index register_versions_at on register_versions using btree (register, at desc, id desc);
create index register_versions_incident on register_versions using btree (incident_id, at desc, id desc) where (incident_id is not null);

create table access_archives (
  tenant_id uuid not null,
  id uuid not null,
  contact_id uuid not null,
  status text default 'waiting' not null,
  language text not null,
  words text[] not null,
  offered text[] not null,
  left_out uuid[] not null,
  size bigint,
  object_id uuid,
  error_code text,
  created_by uuid,
  created_at timestamptz not null,
  finished_at timestamptz,
  erase_after timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, contact_id) references contacts(tenant_id, id) on delete cascade,
  foreign key (tenant_id) references tenants(id) on delete cascade,
  check (language in ('de', 'en')),
  check (status in ('waiting', 'done', 'failed'))
);
-- no statistics: words, offered
create index access_archives_contact on access_archives using btree (tenant_id, contact_id, created_at desc, id desc);
create index access_archives_end on access_archives using btree (erase_after);
alter table access_archives enable row level security;
create policy tenant on access_archives using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());

create function acting_user()
 returns uuid
 language sql
 stable parallel safe
as $function$ select nullif(current_setting('app.user_id', true), '')::uuid $function$;

create function address_bars(addresses text[])
 returns table(address text, restricted boolean, objected boolean, withdrawn boolean)
 language sql
 stable
 set "app.sees_restricted" TO 'on'
 set "app.lifted" TO 'on'
as $function$
  select e.address_key,
    coalesce(bool_or(c.restricted_at is not null), false),
    coalesce(bool_or(exists (
      select
      from objections o
      where o.tenant_id = c.tenant_id
        and o.contact_id = c.id
        and o.channel in ('all', 'email')
    )), false),
    coalesce(bool_or(
      exists (
        select
        from consents s
        where s.tenant_id = c.tenant_id
          and s.contact_id = c.id
          and s.channel = 'email'
          and s.withdrawn_at is not null
          and not exists (
            select
            from consents o
            where o.tenant_id = s.tenant_id
              and o.contact_id = s.contact_id
              and o.channel = 'email'
              and o.purpose in (s.purpose, 'marketing')
              and o.withdrawn_at is null
          )
      )
    ), false)
  from emails e
  left join contacts c on c.tenant_id = e.tenant_id and c.id = e.contact_id
  where e.tenant_id = current_tenant()
    and e.address_key = any(addresses)
  group by e.address_key
$function$;

create function agreements_accepted()
 returns table(customers integer, accepted integer)
 language sql
 stable security definer
 set search_path TO 'public', 'pg_temp'
as $function$
  select count(*)::int,
    (count(*) filter (where exists (
      select from processing_agreements a where a.tenant_id = t.id
    )))::int
  from tenants t
$function$;

create function api_caller(digest bytea, at timestamp with time zone)
 returns table(tenant_id uuid, id uuid, user_id uuid, role text, scopes text[], expires_at timestamp with time zone, last_used_at timestamp with time zone, tenant_country text, tenant_phase text, narrowed boolean, field_limits jsonb, importing timestamp with time zone)
 language sql
 stable security definer
 set search_path TO 'public', 'pg_temp'
as $function$
  select k.tenant_id, k.id, k.user_id, u.role, k.scopes, k.expires_at, k.last_used_at, t.country,
    t.phase,
    exists (select from record_sights r where r.tenant_id = u.tenant_id and r.role = u.role),
    case
      when exists (select from field_rights r where r.tenant_id = u.tenant_id and r.role = u.role)
      then limits_of_fields(u.tenant_id, u.role)
    end,
    (
      select m.started_at
      from imports m
      where m.tenant_id = k.tenant_id
        and m.status = 'running'
      order by m.started_at desc
      limit 1
    )
  -- A step of its own: of digests there are no statistics, and all tokens of a user would be read.
  from (select * from api_tokens k where k.token_digest = digest offset 0) k
  join users u on u.tenant_id = k.tenant_id and u.id = k.user_id
  join tenants t on t.id = k.tenant_id
  where k.expires_at > at
    and u.deactivated_at is null
    -- Asked first whether there is a provider at all: most houses have none, each request asks.
    and not (
      exists (select from identity_providers p where p.tenant_id = k.tenant_id and p.demanded)
      and is_token_resting(k.tenant_id, u.identity_id, u.vouched_at, at)
    )
$function$;

create function calendar_feed(digest bytea, at timestamp with time zone)
 returns table(tenant_id uuid, user_id uuid, locale text, detail text)
 language sql
 stable security definer
 set search_path TO 'public', 'pg_temp'
as $function$
  select f.tenant_id, f.user_id, i.locale, f.detail
  from calendar_feeds f
  join users u on u.tenant_id = f.tenant_id and u.id = f.user_id
  join identities i on i.id = u.identity_id
  join tenants t on t.id = f.tenant_id
  where f.token_digest = digest
    and u.deactivated_at is null
    and t.phase in ('open', 'read_only')
    and not is_token_resting(f.tenant_id, u.identity_id, u.vouched_at, at)
$function$;

create function case_letter_by_reply(part text)
 returns table(tenant_id uuid, id uuid)
 language sql
 stable security definer
 set search_path TO 'public', 'pg_temp'
as $function$
  select l.tenant_id, l.id
  from case_letters l
  where l.reply_part = part
$function$;

create function case_link_by_digest(digest bytea)
 returns table(tenant_id uuid, id uuid)
 language sql
 stable security definer
 set search_path TO 'public', 'pg_temp'
as $function$
  select l.tenant_id, l.id
  from case_links l
  where l.token_digest = digest
$function$;

create function case_person_open(controller uuid, of_case uuid)
 returns boolean
 language sql
 stable
as $function$
  select coalesce((
    select f.searched_at is not null
      and f.confirmed_at is null
      and jsonb_array_length(f.candidates) + jsonb_array_length(f.hits) > 0
      and (
        jsonb_array_length(f.candidates) = 0
        or exists (
          select from jsonb_array_elements(f.candidates) as each (one)
          where not one -> 'by' ? 'email'
        )
      )
    from case_findings f
    where f.tenant_id = controller and f.case_id = of_case
  ), false)
$function$;

create function clients_of_issuer(of_issuer text, of_clients text[])
 returns table(tenant_id uuid, client_id text)
 language sql
 stable security definer
 set search_path TO 'public', 'pg_temp'
as $function$
  select p.tenant_id, p.client_id
  from identity_providers p
  where p.issuer = of_issuer
    and p.client_id = any (of_clients)
  order by p.created_at
  limit 20
$function$;

create function close_erasure(erasure uuid, steps integer, certificate uuid, at timestamp with time zone)
 returns boolean
 language plpgsql
 security definer
 set search_path TO 'public', 'pg_temp'
as $function$
begin
  update tenant_erasures e
  set status = 'done', name = '', recipients = '{}', certificate_id = certificate, finished_at = at
  where e.id = erasure
    and e.status = 'running'
    and (
      select count(*)
      from tenant_erasure_steps s
      where s.erasure_id = e.id
        and s.state = 'done'
    ) >= steps;
  if not found then
    return false;
  end if;
  delete from contract_letters l
  using tenant_erasures e
  where e.id = erasure
    and l.house = e.house;
  return true;
end $function$;

create function company_key(name text)
 returns text
 language plpgsql
 immutable parallel safe strict
as $function$
declare
  plain text := fold(name);
begin
  if strpos(plain, ' i') > 0 then
    plain := regexp_replace(plain, ' (?:i l|i g|i ins|in liquidation)$', '');
  end if;
  return regexp_replace(
    plain,
    '(?<=.)(?: (?:g?gmbh|g m b h|mbh|m b h|gesellschaft mit beschrankter haftung|gemeinnutzige gmbh|g?ug|unternehmergesellschaft|haftungsbeschrankt|ag|aktiengesellschaft|kg|kommanditgesellschaft|kgaa|kg a ?a|kommanditgesellschaft auf aktien|ohg|offene handelsgesellschaft|partgmbb|partg|part ?g|partnerschaftsgesellschaft|partnerschaft|mbb|und co|u co|co|e?gbr|gesellschaft burgerlichen rechts|e ?g|eingetragene genossenschaft|e ?v|eingetragener verein|e ?k|e ?kfm|e ?kfr|e ?kffr|eingetragener? kauf(?:mann|frau)|e ?u|eingetragenes unternehmen|og|vvag|v v a g|se|societas europaea|sce|a ?o ?r|anstalt des offentlichen rechts|k ?d? ?o ?r|korperschaft des offentlichen rechts|s ?a ?r ?l|s ?a ?s|s ?a ?s ?u|s p a|spa|s r l|srl|s ?r ?l ?s|sp z o ?o|spolka z o ?o|s l|s l u|s ?a|s ?r ?o|a s|d ?o ?o|kft|b ?v|b ?v ?b ?a|n ?v|v ?o ?f|aps|ab|aktiebolag|oyj?|as|l ?l ?p|l ?l ?c|ltd|limited|p ?l ?c|inc|incorporated|corp|corporation))+$',
    ''
  );
end $function$;

create function contacts_holding(one text, two text, most integer, mine boolean, large boolean)
 returns table(id uuid, name text)
 language plpgsql
 stable
 set search_path TO 'public', 'pg_temp'
as $function$
#variable_conflict use_column
declare
  tenant constant uuid := current_tenant();
  core_one text := search_core(one, two <> '%');
  core_two text := search_core(two, true);
  among text;
begin
  if large and two <> '%' then
    select coalesce(string_agg(s.search, ' '), '')
    into among
    from (
      select c.search
      from contacts c
      where c.tenant_id = tenant and c.deleted_at is null and c.restricted_at is null
      order by c.id
      limit 100
    ) s;
    core_one := without_common(core_one, among);
    core_two := without_common(core_two, among);
  end if;
  -- Nor is it asked for the whole words beside what is amid them.
  if mine then
    return query
    select c.id, c.sort_name
    from contacts c
    where c.tenant_id = tenant and c.deleted_at is null and c.restricted_at is null
      and c.search like core_one and c.search like core_two
      and (c.search like one) is true and (c.search like two) is true
    limit most;
  else
    -- Written so, the index does not see that it could be asked for the tenant, too.
    return query
    select c.id, c.sort_name
    from contacts c
    where (c.tenant_id = tenant) is true and c.deleted_at is null and c.restricted_at is null
      and c.search like core_one and c.search like core_two
      and (c.search like one) is true and (c.search like two) is true
    limit most;
  end if;
end $function$;

create function contacts_opened(tenant uuid, opening text, beyond text, most integer)
 returns table(id uuid, search text)
 language sql
 stable
as $function$
  select w.id, w.search
  from (
    (
      select c.id, c.search, c.sort_name collate "C" as name
      from public.contacts c
      where c.tenant_id = tenant and c.deleted_at is null and c.restricted_at is null
        and octet_length(c.search) <= 1000
        and c.sort_name collate "C" >= opening and c.sort_name collate "C" < beyond
      order by c.sort_name collate "C", c.id
      limit most
    )
    union all
    (
      select c.id, c.search, c.sort_name collate "C"
      from public.contacts c
      where c.tenant_id = tenant and c.deleted_at is null and c.restricted_at is null
        and octet_length(c.search) > 1000
        and c.sort_name collate "C" >= opening and c.sort_name collate "C" < beyond
      order by c.sort_name collate "C", c.id
      limit most
    )
  ) w
  order by w.name, w.id
  limit most
$function$;

create function contacts_unopened(tenant uuid, opening text, beyond text, most integer)
 returns table(id uuid, search text)
 language sql
 stable
as $function$
  select w.id, w.search
  from (
    (
      select c.id, c.search, c.sort_name collate "C" as name
      from public.contacts c
      where c.tenant_id = tenant and c.deleted_at is null and c.restricted_at is null
        and octet_length(c.search) <= 1000
        and not (c.sort_name collate "C" >= opening and c.sort_name collate "C" < beyond)
      order by c.sort_name collate "C", c.id
      limit most
    )
    union all
    (
      select c.id, c.search, c.sort_name collate "C"
      from public.contacts c
      where c.tenant_id = tenant and c.deleted_at is null and c.restricted_at is null
        and octet_length(c.search) > 1000
        and not (c.sort_name collate "C" >= opening and c.sort_name collate "C" < beyond)
      order by c.sort_name collate "C", c.id
      limit most
    )
  ) w
  order by w.name, w.id
  limit most
$function$;

create function contracts_erased(today date)
 returns table(erased integer, left_rows bigint, control bigint, overdue integer)
 language plpgsql
 stable security definer
 set search_path TO 'public', 'pg_temp'
as $function$
declare
  counted text;
  gone uuid[] := array(
    select distinct e.house::uuid
    from tenant_erasures e
    join tenant_erasure_steps s on s.erasure_id = e.id and s.step = 'live' and s.state = 'done'
  );
  living uuid[] := array(select t.id from tenants t where t.phase = 'open' order by t.id limit 1);
  found bigint;
begin
  erased := cardinality(gone);
  left_rows := (select count(*) from tenants where id = any(gone));
  control := 0;
  for counted in
    select c.table_name::text
    from information_schema.columns c
    join information_schema.tables b using (table_schema, table_name)
    where c.table_schema = 'public' and c.column_name = 'tenant_id' and b.table_type = 'BASE TABLE'
    order by 1
  loop
    execute format('select count(*) from %I where tenant_id = any($1)', counted) into found using gone;
    left_rows := left_rows + found;
    execute format('select count(*) from %I where tenant_id = any($1)', counted) into found using living;
    control := control + found;
  end loop;
  overdue := (
    select count(*)
    from tenants
    where contract_ends_on + 3 < today
  ) + (
    select count(*)
    from tenant_erasures e
    cross join (values
      ('freeze', 1), ('live', 3), ('traces', 5), ('processors', 7), ('logs', 7), ('backups', 21),
      ('search', 25)
    ) as budget (step, due)
    left join tenant_erasure_steps s on s.erasure_id = e.id and s.step = budget.step
    where e.status = 'running'
      and s.state is distinct from 'done'
      and e.contract_ended_on + budget.due < today
  ) + (
    select count(*)
    from tenant_erasures
    where status = 'done'
      and certificate_id is null
  );
  return next;
end $function$;

create function current_tenant()
 returns uuid
 language sql
 stable parallel safe
as $function$ select nullif(current_setting('app.tenant_id', true), '')::uuid $function$;

create function custom_bound(value text)
 returns text
 language sql
 immutable parallel safe strict
as $function$
  select custom_key(case when value ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' then 'date' else 'number' end, value)
$function$;

create function custom_conditions(kind text, filters jsonb)
 returns text
 language sql
 stable
as $function$
  select string_agg(format(
    ' and (not exists (select from custom_fields f where f.tenant_id = $1 and f.id = %2$s and f.removed_at is null)
      or c.id %3$s (select v.%1$s_id from custom_values v where v.tenant_id = $1 and v.field_id = %2$s
        and v.%1$s_id is not null%4$s))',
    kind,
    format('($10 #>> ''{custom,%s,field}'')::uuid', at - 1),
    case when each ? 'empty' then 'not in' else 'in' end,
    concat(
      case when each ? 'is' then format(' and v.key collate "C" = ($10 #>> ''{custom,%s,is}'')', at - 1) end,
      case when each ? 'like' then format(
        ' and (strpos(v.key, fold($10 #>> ''{custom,%1$s,like}'')) > 0 or v.kind = ''person'' and v.person_id in (
          select x.id from contacts x where x.tenant_id = $1 and x.deleted_at is null and x.restricted_at is null
            and strpos(fold(concat_ws('' '', x.first_name, x.name_prefix, x.last_name)), fold($10 #>> ''{custom,%1$s,like}'')) > 0))',
        at - 1) end,
      case when seen_owners('contacts') is not null and (each ? 'is' or each ? 'like') then
        ' and sees_contact(v.person_id)' end,
      case when each ? 'from' then
        format(' and v.key collate "C" >= custom_bound($10 #>> ''{custom,%s,from}'') collate "C"', at - 1) end,
      case when each ? 'to' then
        format(' and v.key collate "C" <= custom_bound($10 #>> ''{custom,%s,to}'') collate "C"', at - 1) end
    )
  ), '')
  from jsonb_array_elements(filters) with ordinality as asked (each, at)
$function$;

create function custom_key(kind text, value text)
 returns text
 language sql
 immutable parallel safe strict
as $function$
  select case
    when kind in ('number', 'money') and value ~ '^-?[0-9]{1,14}(\.[0-9]{1,6})?$'
      then lpad((value::numeric + 1000000000000000)::numeric(22, 6)::text, 23, '0')
    when kind in ('text', 'long_text', 'link', 'number', 'money') then left(fold(value), 200)
    else value end
$function$;

create function customers(bound integer)
 returns table(name text, slug text, contact_name text, contact_email text)
 language sql
 stable security definer
 set search_path TO 'public', 'pg_temp'
as $function$
  select t.name, t.slug, o.name, o.email
  from tenants t
  left join lateral (
    select i.name, i.email
    from users u
    join identities i on i.id = u.identity_id
    where u.tenant_id = t.id
      and u.role = 'owner'
      and u.deactivated_at is null
    order by u.created_at, u.id
    limit 1
  ) o on true
  order by t.name, t.id
  limit least(bound, 1000)
$function$;

create function customers_after(after_name text, after_slug text, bound integer)
 returns table(name text, slug text, contact_name text, contact_email text)
 language sql
 stable security definer
 set search_path TO 'public', 'pg_temp'
as $function$
  select t.name, t.slug, o.name, o.email
  from tenants t
  left join lateral (
    select i.name, i.email
    from users u
    join identities i on i.id = u.identity_id
    where u.tenant_id = t.id
      and u.role = 'owner'
      and u.deactivated_at is null
    order by u.created_at, u.id
    limit 1
  ) o on true
  where (t.name, t.slug) > (after_name, after_slug)
  order by t.name, t.slug
  limit least(bound, 1000)
$function$;

create function customers_mail_servers(bound integer)
 returns table(host text, port integer)
 language sql
 stable security definer
 set search_path TO 'public', 'pg_temp'
as $function$
  with used as (
    select m.tenant_id, m.host, m.port
    from mailboxes m
    where m.active
    union
    select a.tenant_id, a.host, a.port
    from mail_accounts a
  ), placed as (
    select u.host, u.port, row_number() over (partition by u.tenant_id order by u.host, u.port) as place
    from used u
  )
  select p.host, p.port
  from placed p
  group by p.host, p.port
  order by min(p.place), p.host, p.port
  limit bound
$function$;

create function customers_webhook_hosts(bound integer)
 returns table(host text, port integer)
 language sql
 stable security definer
 set search_path TO 'public', 'pg_temp'
as $function$
  with used as (
    select distinct w.tenant_id, w.host, w.port
    from webhooks w
    where w.paused_at is null
  ), placed as (
    select u.host, u.port, row_number() over (partition by u.tenant_id order by u.host, u.port) as place
    from used u
  )
  select p.host, p.port
  from placed p
  group by p.host, p.port
  order by min(p.place), p.host, p.port
  limit bound
$function$;

create function deal_conditions(further jsonb)
 returns text
 language sql
 stable
as $function$
  select concat(
    case when further ? 'pipeline' then ' and c.pipeline_id = ($10 ->> ''pipeline'')::uuid' end,
    case when further ? 'stage' then ' and c.stage_id = ($10 ->> ''stage'')::uuid' end,
    case when further ? 'lostReason' then ' and c.lost_reason_id = ($10 ->> ''lostReason'')::uuid' end,
    case when further ? 'amountFrom' then ' and c.amount_cents >= ($10 ->> ''amountFrom'')::bigint' end,
    case when further ? 'amountTo' then ' and c.amount_cents <= ($10 ->> ''amountTo'')::bigint' end,
    case when further ? 'closeFrom' then ' and c.expected_close_on >= ($10 ->> ''closeFrom'')::date' end,
    case when further ? 'closeTo' then ' and c.expected_close_on <= ($10 ->> ''closeTo'')::date' end,
    case when further ? 'rottingAt' then
      ' and c.status = ''open'' and exists (select from stages s where s.tenant_id = $1 and s.id = c.stage_id
        and c.stage_since < ($10 ->> ''rottingAt'')::timestamptz - make_interval(days => s.rotting_days))' end,
    case when further ? 'person' then concat(
      ' and exists (select from deal_contacts x join contacts p on p.tenant_id = x.tenant_id and p.id = x.contact_id
        where x.tenant_id = $1 and x.deal_id = c.id and x.contact_id = ($10 ->> ''person'')::uuid
          and p.deleted_at is null and p.restricted_at is null',
      case when seen_owners('contacts') is not null then ' and sees_owner(''contacts'', p.owner_id)' end, ')'
    ) end,
    case when further -> 'empty' ? 'company' then ' and c.company_id is null' end,
    case when further -> 'empty' ? 'amount' then ' and c.amount_cents is null' end,
    case when further -> 'empty' ? 'close' then ' and c.expected_close_on is null' end
  )
$function$;

create function deliveries_to_destroy(at timestamp with time zone, bound integer)
 returns table(tenant_id uuid, id uuid)
 language sql
 stable security definer
 set search_path TO 'public', 'pg_temp'
as $function$
  select d.tenant_id, d.id
  from deliveries d
  where d.destroyed_at is null
    and d.expires_at <= at
  order by d.expires_at
  limit least(bound, 1000)
$function$;

create function delivery_by_digest(digest bytea)
 returns table(tenant_id uuid, id uuid)
 language sql
 stable security definer
 set search_path TO 'public', 'pg_temp'
as $function$
  select d.tenant_id, d.id
  from deliveries d
  where d.token_digest = digest
$function$;

create function demand_factors(roles text[])
 returns boolean
 language plpgsql
 security definer
 set search_path TO 'public', 'pg_temp'
as $function$
begin
  update tenants set factor_roles = roles where id = current_tenant();
  return found;
end $function$;

create function demand_operator_factors(demanded boolean, at timestamp with time zone)
 returns boolean
 language plpgsql
 security definer
 set search_path TO 'public', 'pg_temp'
as $function$
begin
  update provider set operator_factors = demanded, updated_at = at
  where operator_factors is distinct from demanded;
  return found;
end $function$;

create function demanding_house(of_identity uuid)
 returns table(tenant_id uuid, is_only boolean)
 language sql
 stable security definer
 set search_path TO 'public', 'pg_temp'
as $function$
  select p.tenant_id,
    not i.operator and not exists (
      select from users o
      where o.identity_id = i.id and o.tenant_id <> p.tenant_id and o.deactivated_at is null
    )
  from identities i
  join sign_in_domains d on d.domain = substring(i.email_key from '[^@]*$')
    and d.verified_at is not null
  join identity_providers p on p.tenant_id = d.tenant_id and p.demanded
  join users u
    on u.tenant_id = p.tenant_id and u.identity_id = i.id and u.deactivated_at is null
    and u.role <> 'owner'
  where i.id = of_identity
$function$;

create function directory_token_by_digest(digest bytea, at timestamp with time zone)
 returns table(tenant_id uuid, id uuid, last_used_at timestamp with time zone, tenant_phase text, maker_stands boolean)
 language sql
 stable security definer
 set search_path TO 'public', 'pg_temp'
as $function$
  select k.tenant_id, k.id, k.last_used_at, t.phase,
    u.role = 'owner' and u.deactivated_at is null
  from directory_tokens k
  join tenants t on t.id = k.tenant_id
  join users u on u.tenant_id = k.tenant_id and u.id = k.user_id
  where k.token_digest = digest
    and k.expires_at > at
$function$;

create function distribute(table_name text)
 returns void
 language plpgsql
as $function$
begin
  if exists (select from pg_extension where extname = 'citus') then
    execute format('select create_distributed_table(%L, %L)', table_name, 'tenant_id');
  end if;
end $function$;

create function due_mailboxes(at timestamp with time zone, most integer)
 returns table(tenant_id uuid, id uuid)
 language sql
 stable security definer
 set search_path TO 'public', 'pg_temp'
as $function$
  select m.tenant_id, m.id
  from mailboxes m
  join tenants t on t.id = m.tenant_id
  left join users u on u.tenant_id = m.tenant_id and u.id = m.user_id
  where m.active
    and u.deactivated_at is null
    and m.due_at <= at
    and (m.claimed_until is null or m.claimed_until <= at)
    and (t.phase = 'open' or m.privacy)
  order by m.due_at
  limit most
$function$;

create function due_webhooks(at timestamp with time zone, most integer)
 returns table(tenant_id uuid, webhook_id uuid)
 language sql
 stable security definer
 set search_path TO 'public', 'pg_temp'
as $function$
  select d.tenant_id, d.webhook_id
  from webhook_deliveries d
  join webhooks w on w.tenant_id = d.tenant_id and w.id = d.webhook_id
  where d.status = 'waiting'
    and d.due_at <= at
    and w.paused_at is null
    and (w.rests_until is null or w.rests_until <= at)
  group by d.tenant_id, d.webhook_id
  order by min(d.due_at), d.webhook_id
  limit most
$function$;

create function end_certificates()
 returns trigger
 language plpgsql
as $function$
begin
  delete from certificates where tenant_id in (select id from gone);
  return null;
end $function$;

create function end_counters()
 returns trigger
 language plpgsql
as $function$
begin
  delete from case_counters where tenant_id in (select id from gone);
  delete from case_chains where tenant_id in (select id from gone);
  return null;
end $function$;

create function end_house()
 returns trigger
 language plpgsql
as $function$
begin
  delete from case_events where tenant_id in (select id from gone);
  delete from cases where tenant_id in (select id from gone);
  delete from controllers where tenant_id in (select id from gone);
  delete from officer_reports where tenant_id in (select id from gone);
  delete from officers where tenant_id in (select id from gone);
  delete from raw_mails where tenant_id in (select id from gone);
  return null;
end $function$;

create function enter_pending_names()
 returns bigint
 language sql
 security definer
 set search_path TO 'public', 'pg_temp'
as $function$
  select gin_clean_pending_list('contacts_search'::regclass)
    + gin_clean_pending_list('companies_search'::regclass)
$function$;

create function erase_cases(day date, bound integer)
 returns integer
 language plpgsql
 security definer
 set search_path TO 'public', 'pg_temp'
as $function$
declare
  gone record;
  controller uuid;
  controllers uuid[] := '{}';
  total int := 0;
begin
  for gone in
    select c.tenant_id, c.id from cases c where c.erase_after < day order by c.erase_after limit least(bound, 1000)
  loop
    insert into case_counters (tenant_id, year, claimed_right, channel, outcome, in_time, count)
    select c.tenant_id, extract(year from c.received_on)::int, i.claimed_right, c.channel, i.status,
      (i.closed_at at time zone 'Europe/Berlin')::date <= c.due_on, 1
    from cases c
    join case_items i on i.tenant_id = c.tenant_id and i.case_id = c.id
    where c.tenant_id = gone.tenant_id and c.id = gone.id and i.closed_at is not null
    on conflict (tenant_id, year, claimed_right, channel, outcome, in_time) do update
    set count = case_counters.count + 1;
    update case_events e
    set reason = '', actor_id = null, item_id = null, action = 'ended', from_status = null,
      to_status = null, actor_kind = 'system', at = date_trunc('year', e.at)
    where e.tenant_id = gone.tenant_id and e.case_id = gone.id;
    delete from cases c where c.tenant_id = gone.tenant_id and c.id = gone.id;
    if not gone.tenant_id = any (controllers) then
      controllers := controllers || gone.tenant_id;
    end if;
    total := total + 1;
  end loop;
  foreach controller in array controllers loop
    insert into case_chains (tenant_id, seq, digest)
    select e.tenant_id, e.seq, e.digest
    from case_events e
    where e.tenant_id = controller
      and e.case_id is null
      and not exists (
        select from case_events k
        where k.tenant_id = controller and k.case_id is not null and k.seq < e.seq
      )
    order by e.seq desc
    limit 1
    on conflict (tenant_id) do update set seq = excluded.seq, digest = excluded.digest;
    delete from case_events e
    using case_chains h
    where h.tenant_id = controller and e.tenant_id = controller and e.seq <= h.seq;
  end loop;
  return total;
end $function$;

create function erase_history(before timestamp with time zone, bound integer)
 returns integer
 language plpgsql
 security definer
 set search_path TO 'public', 'pg_temp'
as $function$
declare
  total int;
begin
  delete from changes c
  where c.tenant_id = current_tenant()
    and c.at <= before
    and c.id in (
      select o.id from changes o
      where o.tenant_id = current_tenant()
      order by o.id
      limit least(bound, 5000)
    );
  get diagnostics total = row_count;
  return total;
end $function$;

create function erase_history(ids uuid[])
 returns void
 language sql
 security definer
 set search_path TO 'public', 'pg_temp'
as $function$
  update changes c
  set reason = '', fields = '[]'
  where c.tenant_id = current_tenant()
    and c.record_id = any (ids)
$function$;

create function erase_identity(of_identity uuid)
 returns boolean
 language plpgsql
 security definer
 set search_path TO 'public', 'pg_temp'
as $function$
declare
  address text;
begin
  perform pg_advisory_xact_lock(hashtextextended('erase_identity', 0));
  perform from users o
  where o.role = 'owner'
    and o.tenant_id in (select u.tenant_id from users u where u.identity_id = of_identity)
  order by o.tenant_id, o.id
  for update;
  if exists (select from sole_ownerships(of_identity)) then
    return false;
  end if;
  if exists (select from identities where id = of_identity and operator)
    and not exists (select from identities where id <> of_identity and operator)
  then
    return false;
  end if;
  select email_key into address from identities where id = of_identity for update;
  delete from mails where lower(recipient) = address and tenant_id is null and status <> 'queued';
  -- Links to requests that came to them in the place of an officer whom the house has not named.
  update case_letters l
  set expires_at = l.created_at
  from users u
  where u.identity_id = of_identity
    and u.role = 'owner'
    and u.deactivated_at is null
    and l.tenant_id = u.tenant_id
    and l.recipient = 'officer'
    and l.expires_at > l.created_at
    and not exists (
      select
      from users o
      where o.tenant_id = u.tenant_id
        and o.role = 'owner'
        and o.deactivated_at is null
        and (o.created_at, o.id) < (u.created_at, u.id)
    )
    and not exists (
      select
      from officers n
      where n.tenant_id = u.tenant_id
        and n.email <> ''
    );
  delete from users where identity_id = of_identity;
  delete from identities where id = of_identity;
  return found;
end $function$;

create function erasures_checked()
 returns table(certificates integer, traces integer, named integer, files integer)
 language sql
 stable security definer
 set search_path TO 'public', 'pg_temp'
as $function$
  select
    (select count(*)::int from certificates where subject = 'person'),
    (
      select count(*)::int
      from certificates
      where subject = 'person'
        and (content -> 'search' ->> 'after')::int > 0
    ),
    (
      select count(*)::int
      from cases c
      where c.masked_on is not null
        and (c.person_name <> '' or c.person_email <> '' or c.person_address <> '' or c.body <> '')
        and exists (
          select
          from case_items i
          where i.tenant_id = c.tenant_id
            and i.case_id = c.id
            and i.claimed_right = 'erasure'
            and i.status in ('done', 'partial')
        )
    ),
    (
      select count(*)::int
      from case_files f
      join cases c on c.tenant_id = f.tenant_id and c.id = f.case_id
      where c.status = 'closed'
    )
$function$;

create function expire_api(keys_before timestamp with time zone, tokens_before timestamp with time zone)
 returns integer
 language plpgsql
 security definer
 set search_path TO 'public', 'pg_temp'
as $function$
declare
  keys int;
  tokens int;
begin
  delete from api_requests where created_at < keys_before;
  get diagnostics keys = row_count;
  delete from api_tokens where expires_at < tokens_before;
  get diagnostics tokens = row_count;
  return keys + tokens;
end $function$;

create function expire_directory_tokens(before timestamp with time zone)
 returns integer
 language plpgsql
 security definer
 set search_path TO 'public', 'pg_temp'
as $function$
declare
  gone int;
begin
  delete from directory_tokens where expires_at < before;
  get diagnostics gone = row_count;
  return gone;
end $function$;

create function expire_incoming_transfers(at timestamp with time zone)
 returns integer
 language plpgsql
 security definer
 set search_path TO 'public', 'pg_temp'
as $function$
declare
  gone int;
begin
  delete from incoming_transfers t where t.expires_at <= at;
  get diagnostics gone = row_count;
  return gone;
end $function$;

create function expire_proofs(before timestamp with time zone)
 returns integer
 language plpgsql
 security definer
 set search_path TO 'public', 'pg_temp'
as $function$
declare
  gone int;
  total int := 0;
begin
  delete from tenant_erasures where status <> 'running' and finished_at < before;
  get diagnostics gone = row_count;
  total := total + gone;
  delete from incidents where closed_at < before;
  get diagnostics gone = row_count;
  total := total + gone;
  delete from log_freezes where status = 'removed' and removed_at < before;
  get diagnostics gone = row_count;
  return total + gone;
end $function$;

create function expire_register_versions(before timestamp with time zone)
 returns integer
 language plpgsql
 security definer
 set search_path TO 'public', 'pg_temp'
as $function$
declare
  gone int;
begin
  delete from register_versions v
  where v.register = 'processing'
    and exists (
      select
      from register_versions n
      where n.register = 'processing'
        and (n.at, n.id) > (v.at, v.id)
        and n.at < before
    );
  get diagnostics gone = row_count;
  return gone;
end $function$;

create function expire_web_form_entries(before timestamp with time zone)
 returns integer
 language plpgsql
 security definer
 set search_path TO 'public', 'pg_temp'
as $function$
declare
  gone int;
begin
  delete from web_form_entries where created_at < before;
  get diagnostics gone = row_count;
  return gone;
end $function$;

create function expire_webhook_deliveries(before timestamp with time zone)
 returns integer
 language plpgsql
 security definer
 set search_path TO 'public', 'pg_temp'
as $function$
declare
  gone int;
begin
  delete from webhook_deliveries where created_at < before;
  get diagnostics gone = row_count;
  return gone;
end $function$;

create function factors_in_hand(of_identity uuid)
 returns boolean
 language sql
 stable security definer
 set search_path TO 'public', 'pg_temp'
as $function$
  select exists (
    select from users u where u.identity_id = of_identity and u.tenant_id = current_tenant()
  ) and not exists (
    select from users u where u.identity_id = of_identity and u.tenant_id <> current_tenant()
      and u.deactivated_at is null
  ) and not exists (select from identities i where i.id = of_identity and i.operator)
$function$;

create function field_limits(of_tenant uuid, of_role text)
 returns jsonb
 language sql
 stable security definer
 set search_path TO 'public', 'pg_temp'
as $function$
  select jsonb_object_agg(k.record_kind, k.fields)
  from (
    select r.record_kind, jsonb_object_agg(r.field, r.level) as fields
    from field_rights r
    where r.tenant_id = of_tenant
      and r.tenant_id = coalesce(current_tenant(), of_tenant)
      and r.role = of_role
    group by r.record_kind
  ) k
$function$;

create function files_size()
 returns bigint
 language sql
 stable security definer
 set search_path TO 'public', 'pg_temp'
as $function$ select coalesce(sum(f.size), 0)::bigint from files f where f.tenant_id = current_tenant() $function$;

create function fold(value text)
 returns text
 language plpgsql
 immutable parallel safe strict
as $function$
declare
  plain text;
begin
  if octet_length(value) = length(value) then
    plain := lower(value collate "C");
    if strpos(plain, '''') > 0 or strpos(plain, '`') > 0 then
      plain := translate(plain, '''`', '');
    end if;
  else
    plain := value;
    if plain ~ '[^\x01-\u02ff]' then
      plain := normalize(plain, nfc);
    end if;
    plain := lower(public.unaccent(
      'public.unaccent'::regdictionary, lower(translate(plain, '''’`´ʼ', ''))
    ));
  end if;
  if strpos(plain, 'ae') > 0 or strpos(plain, 'oe') > 0 then
    plain := regexp_replace(plain, '([ao])e+', '\1', 'g');
  end if;
  if strpos(plain, 'ue') > 0 then
    plain := regexp_replace(plain, '(?<![aeq])(?:ue+)+', 'u', 'g');
  end if;
  plain := replace(replace(replace(replace(plain, '.', ' '), '-', ' '), '@', ' '), '&', ' ');
  if plain ~ '[\x01-\x1f\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f\u00a0]' then
    plain := regexp_replace(plain, '[\x01-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f\u00a0]+', ' ', 'g');
  end if;
  while strpos(plain, '  ') > 0 loop
    plain := replace(plain, '  ', ' ');
  end loop;
  return trim(plain);
end $function$;

create function forget_custom_field(field text)
 returns integer
 language sql
 security definer
 set search_path TO 'public', 'pg_temp'
as $function$
  with masked as (
    update changes c
    set fields = (
      select coalesce(jsonb_agg(
        case when each ->> 'name' = field then jsonb_build_object('name', field) else each end
        order by at
      ), '[]')
      from jsonb_array_elements(c.fields) with ordinality as told (each, at)
    )
    where c.tenant_id = current_tenant()
      and c.fields @> jsonb_build_array(jsonb_build_object('name', field))
    returning 1
  )
  select count(*)::int from masked
$function$;

create function found_in_sight(kind text, record uuid, search text, patterns text[])
 returns boolean
 language plpgsql
 stable parallel safe cost 1000
as $function$
declare
  hidden text;
  rest text;
begin
  if kind = 'contact' then
    select string_agg(o.name, ' ') into hidden
    from affiliations a
    join companies o on o.tenant_id = a.tenant_id and o.id = a.company_id
    where a.tenant_id = current_tenant() and a.contact_id = record
      and o.deleted_at is null and not sees_owner('companies', o.owner_id);
  else
    select o.name into hidden
    from deals d
    join companies o on o.tenant_id = d.tenant_id and o.id = d.company_id
    where d.tenant_id = current_tenant() and d.id = record
      and o.deleted_at is null and not sees_owner('companies', o.owner_id);
  end if;
  if hidden is null then
    return true;
  end if;
  -- As often as the word stands there for something else, it stays.
  select concat(' ', string_agg(word, ' '), ' ') into rest
  from (select string_to_table(search, ' ') except all select string_to_table(search_words(hidden), ' ')) kept (word);
  for i in 1..array_length(patterns, 1) loop
    if rest not like patterns[i][1] and rest not like patterns[i][2] then
      return false;
    end if;
  end loop;
  return true;
end $function$;

create function further_conditions(kind text, further jsonb)
 returns text
 language sql
 stable
as $function$
  select concat(
    case when further ? 'source' then
      ' and strpos(lower(c.source), lower($10 ->> ''source'')) > 0' end,
    case when further ? 'basis' and kind = 'contact' then
      ' and c.legal_basis = $10 ->> ''basis''' end,
    case when further ? 'createdFrom' then
      ' and c.created_at >= ($10 ->> ''createdFrom'')::date::timestamp at time zone ''Europe/Berlin''' end,
    case when further ? 'createdTo' then
      ' and c.created_at < (($10 ->> ''createdTo'')::date + 1)::timestamp at time zone ''Europe/Berlin''' end,
    case when further ? 'touchFrom' then
      ' and c.last_touch_at >= ($10 ->> ''touchFrom'')::date::timestamp at time zone ''Europe/Berlin''' end,
    case when further ? 'touchTo' then
      ' and c.last_touch_at < (($10 ->> ''touchTo'')::date + 1)::timestamp at time zone ''Europe/Berlin''' end,
    case when further ? 'place' and kind <> 'deal' then format(
      ' and exists (select from addresses d where d.tenant_id = $1 and d.%s_id = c.id and (%s))',
      kind,
      case when further ->> 'place' ~ '^[0-9]'
        then 'starts_with(d.postal_code, $10 ->> ''place'')'
        else 'starts_with(d.city_key, fold($10 ->> ''place''))' end
    ) end,
    case when further ? 'firm' and kind = 'contact' then concat(
      ' and exists (select from affiliations f join companies o on o.tenant_id = f.tenant_id and o.id = f.company_id
        where f.tenant_id = $1 and f.contact_id = c.id and o.deleted_at is null
          and starts_with(o.sort_name, fold($10 ->> ''firm''))',
      case when seen_owners('companies') is not null then ' and sees_owner(''companies'', o.owner_id)' end, ')'
    ) end,
    case when further ? 'firm' and kind = 'deal' then concat(
      ' and exists (select from companies o where o.tenant_id = $1 and o.id = c.company_id and o.deleted_at is null
        and starts_with(o.sort_name, fold($10 ->> ''firm''))',
      case when seen_owners('companies') is not null then ' and sees_owner(''companies'', o.owner_id)' end, ')'
    ) end,
    case when further -> 'empty' ? 'email' and kind <> 'deal' then format(
      ' and not exists (select from emails e where e.tenant_id = $1 and e.%s_id = c.id)', kind) end,
    case when further -> 'empty' ? 'phone' and kind <> 'deal' then format(
      ' and not exists (select from phones e where e.tenant_id = $1 and e.%s_id = c.id)', kind) end,
    case when further -> 'empty' ? 'address' and kind <> 'deal' then format(
      ' and not exists (select from addresses e where e.tenant_id = $1 and e.%s_id = c.id)', kind) end,
    case when further -> 'empty' ? 'company' and kind = 'contact' then concat(
      ' and not exists (select from affiliations e where e.tenant_id = $1 and e.contact_id = c.id',
      case when seen_owners('companies') is not null then ' and sees_company(e.company_id)' end, ')'
    ) end,
    case when further -> 'empty' ? 'owner' then ' and c.owner_id is null' end,
    case when further -> 'empty' ? 'notice' and kind = 'contact' then 
      ' and exists (select from contacts n where n.tenant_id = $1 and n.id = c.id and n.notice_sent_at is null
        and n.notice_exception is null)' end,
    case when further -> 'empty' ? 'exception' and kind = 'contact' then
      ' and exists (select from contacts n where n.tenant_id = $1 and n.id = c.id
        and n.notice_exception is not null)' end,
    case when further ? 'team' then
      ' and c.owner_id = any (array(select m.user_id from team_members m
        where m.tenant_id = $1 and m.team_id = ($10 ->> ''team'')::uuid))' end,
    case when further -> 'empty' ? 'activity' then format(
      ' and not exists (select from activity_links l join activities a on a.tenant_id = l.tenant_id and a.id = l.activity_id
        where l.tenant_id = $1 and l.%s_id = c.id and l.open_due is not null and a.deleted_at is null)', kind) end,
    custom_conditions(kind, further -> 'custom'),
    case when kind = 'deal' then deal_conditions(further) end
  )
$function$;

create function give_notice(last_day date, at timestamp with time zone)
 returns boolean
 language plpgsql
 security definer
 set search_path TO 'public', 'pg_temp'
as $function$
begin
  update tenants
  set notice_given_at = at, uses_until = last_day, contract_ends_on = last_day + 30
  where id = current_tenant()
    and notice_given_at is null
    and phase = 'open';
  return found;
end $function$;

create function hides_owner(kind text, owner uuid)
 returns boolean
 language sql
 stable parallel safe
as $function$
  select not coalesce(
    coalesce(owner, '00000000-0000-0000-0000-000000000000')
      = any (nullif(current_setting('app.' || kind || '_of', true), '')::uuid[]),
    true
  )
$function$;

create function hold_login_mail()
 returns trigger
 language plpgsql
as $function$
begin
  if exists (
    select from identities i
    where i.email_key = lower(new.recipient)
      and (i.restricted_at is not null or i.objected_at is not null)
  ) then
    return null;
  end if;
  return new;
end $function$;

create function hold_login_restriction()
 returns trigger
 language plpgsql
as $function$
begin
  -- A tenant's transaction does not see the provider's restrictions, and has no say about them.
  if coalesce(current_setting('app.tenant_id', true), '')
      not in ('', '00000000-0000-7000-8000-000000000000')
    or exists (select from restrictions r where r.identity_id = new.id and r.lifted_at is null)
  then
    raise exception 'the restriction still stands' using errcode = 'check_violation', constraint = 'told_before_lifted';
  end if;
  return new;
end $function$;

create function hold_restriction()
 returns trigger
 language plpgsql
as $function$
begin
  if exists (
    select from restrictions r
    where r.tenant_id = new.tenant_id and r.contact_id = new.id and r.lifted_at is null
  ) then
    raise exception 'the restriction still stands' using errcode = 'check_violation', constraint = 'told_before_lifted';
  end if;
  return new;
end $function$;

create function in_open_case(of_tenant uuid, contact uuid)
 returns boolean
 language plpgsql
 stable parallel safe
as $function$
begin
  return exists (
      select
      from emails e
      join cases c on c.tenant_id = e.tenant_id and c.status = 'open'
        and c.person_email_key = e.address_key
      where e.tenant_id = of_tenant
        and e.contact_id = contact
    )
    or exists (
      select
      from cases c
      join case_findings f on f.tenant_id = c.tenant_id and f.case_id = c.id
      where c.tenant_id = of_tenant
        and c.status = 'open'
        and contact = any (f.confirmed_ids)
    );
end $function$;

create function inbound_address(wanted text)
 returns table(tenant_id uuid, id uuid)
 language sql
 stable security definer
 set search_path TO 'public', 'pg_temp'
as $function$
  select a.tenant_id, a.id
  from inbound_addresses a
  join users u on u.tenant_id = a.tenant_id and u.id = a.user_id
  join tenants t on t.id = a.tenant_id
  where a.local_part = wanted
    and u.deactivated_at is null
    and t.phase = 'open'
$function$;

create function incident_content(incident uuid)
 returns jsonb
 language sql
 stable
 set search_path TO 'public', 'pg_temp'
as $function$
  select to_jsonb(i)
    - array['id', 'created_by', 'created_at', 'updated_at', 'warned_hours', 'supplement_at']
    || jsonb_build_object(
      'customers', (select count(*) from incident_customers c where c.incident_id = i.id),
      'notified_customers', (
        select count(*) from incident_customers c where c.incident_id = i.id and c.told_at is not null
      ),
      'notified_persons', (select count(*) from incident_persons p where p.incident_id = i.id)
    )
  from incidents i
  where i.id = incident
$function$;

create function incoming_transfer_by_digest(digest bytea)
 returns table(tenant_id uuid, id uuid)
 language sql
 stable security definer
 set search_path TO 'public', 'pg_temp'
as $function$
  select t.tenant_id, t.id
  from incoming_transfers t
  where t.token_digest = digest
$function$;

create function is_narrowed(of_tenant uuid, of_role text)
 returns boolean
 language sql
 stable security definer
 set search_path TO 'public', 'pg_temp'
as $function$
  select exists (select from record_sights s where s.tenant_id = of_tenant and s.role = of_role)
$function$;

create function is_token_resting(of_tenant uuid, of_identity uuid, vouched timestamp with time zone, at timestamp with time zone)
 returns boolean
 language sql
 stable security definer
 set search_path TO 'public', 'pg_temp'
as $function$
  select of_tenant = coalesce(current_tenant(), of_tenant)
    and coalesce(vouched <= at - interval '30 days', true)
    and exists (select from identity_providers p where p.tenant_id = of_tenant and p.demanded)
    and exists (select from demanding_house(of_identity) d where d.tenant_id = of_tenant)
$function$;

create function isolate(table_name text)
 returns void
 language plpgsql
as $function$
begin
  execute format('alter table %I enable row level security', table_name);
  execute format(
    'create policy tenant on %I using (tenant_id = current_tenant())
     with check (tenant_id = current_tenant() and (select may_write()))',
    table_name
  );
end $function$;

create function keep_approved_policies()
 returns trigger
 language plpgsql
as $function$
begin
  if old.status in ('published', 'in_force', 'superseded') and (
    tg_op = 'DELETE' or new.content is distinct from old.content or new.sha256 is distinct from old.sha256
    or new.number <> old.number or new.approved_at is distinct from old.approved_at
  ) then
    raise exception 'a published policy stays as it is';
  end if;
  if tg_op = 'DELETE' then
    return old;
  end if;
  return new;
end $function$;

create function keep_issued_offers()
 returns trigger
 language plpgsql
as $function$
begin
  if old.issued_on is not null
    and coalesce(current_setting('app.erases', true), '') <> 'on'
    and (new.first_id, new.version_no, new.number, new.language, new.recipient, new.subject,
      new.opening, new.closing, new.valid_until, new.currency, new.gross, new.items, new.net_cents,
      new.vat_cents, new.issued_on, new.paper, new.paper_digest)
    is distinct from (old.first_id, old.version_no, old.number, old.language, old.recipient,
      old.subject, old.opening, old.closing, old.valid_until, old.currency, old.gross, old.items,
      old.net_cents, old.vat_cents, old.issued_on, old.paper, old.paper_digest)
  then
    raise exception 'an issued offer stays as it is';
  end if;
  return new;
end $function$;

create function keep_open(table_name text)
 returns void
 language plpgsql
as $function$
begin
  execute format('alter policy tenant on %I with check (tenant_id = current_tenant())', table_name);
end $function$;

create function keep_out_of_statistics(table_name text, VARIADIC columns text[])
 returns void
 language plpgsql
as $function$
declare
  actions text := (
    select string_agg(format('alter column %I set statistics 0', each), ', ')
    from unnest(columns) as each
  );
begin
  execute format('alter table %I %s', table_name, actions);
exception when feature_not_supported then
  perform run_command_on_shards(table_name::regclass, 'alter table %s ' || actions);
end $function$;

create function limits_of_fields(of_tenant uuid, of_role text)
 returns jsonb
 language sql
 stable parallel safe
as $function$
  select jsonb_object_agg(k.record_kind, k.fields)
  from (
    select r.record_kind, jsonb_object_agg(r.field, r.level) as fields
    from field_rights r
    where r.tenant_id = of_tenant
      and r.role = of_role
    group by r.record_kind
  ) k
$function$;

create function lost_notices(policy uuid, before timestamp with time zone)
 returns integer
 language sql
 stable security definer
 set search_path TO 'public', 'pg_temp'
as $function$
  select count(*)::int
  from policy_notices n
  join identities i on i.id = n.identity_id
  where n.policy_id = policy
    and n.status = 'queued'
    and n.acknowledged_at is null
    and n.queued_at <= before
    and (i.operator or exists (
      select from users u where u.identity_id = i.id and u.deactivated_at is null
    ))
$function$;

create function mask_cases(day date, bound integer)
 returns integer
 language plpgsql
 security definer
 set search_path TO 'public', 'pg_temp'
as $function$
declare
  done record;
  total int := 0;
begin
  for done in
    select c.tenant_id, c.id, exists (
        select
        from case_items i
        where i.tenant_id = c.tenant_id
          and i.case_id = c.id
          and i.claimed_right = 'erasure'
          and i.status in ('done', 'partial')
      ) as erased
    from cases c
    where c.status = 'closed'
      and c.masked_on is null
      and (c.closed_at at time zone 'Europe/Berlin')::date < day
      -- Whoever is still to be written to needs a name and an address.
      and not exists (
        select
        from person_letters l
        where l.tenant_id = c.tenant_id
          and l.case_id = c.id
          and l.sent_at is null
      )
      and not exists (
        select
        from deliveries d
        where d.tenant_id = c.tenant_id
          and d.case_id = c.id
          and d.destroyed_at is null
      )
      and not exists (
        select
        from case_items i
        where i.tenant_id = c.tenant_id
          and i.case_id = c.id
          and i.status = 'refused'
          and not exists (
            select
            from case_events e
            where e.tenant_id = i.tenant_id
              and e.case_id = i.case_id
              and e.item_id = i.id
              and e.action in ('told_refusal', 'written_refusal')
          )
      )
    order by c.closed_at
    limit least(bound, 1000)
  loop
    update cases c
    set body = '', masked_on = day,
      person_name = case when done.erased then '' else c.person_name end,
      person_email = case when done.erased then '' else c.person_email end,
      person_address = case when done.erased then '' else c.person_address end
    where c.tenant_id = done.tenant_id and c.id = done.id;
    if done.erased then
      update case_items i
      set sentence = ''
      where i.tenant_id = done.tenant_id and i.case_id = done.id;
    end if;
    total := total + 1;
  end loop;
  return total;
end $function$;

create function mask_erased_cases(bound integer)
 returns integer
 language plpgsql
 security definer
 set search_path TO 'public', 'pg_temp'
as $function$
declare
  done record;
  total int := 0;
begin
  for done in
    select c.tenant_id, c.id
    from cases c
    where c.masked_on is not null
      and exists (
        select
        from case_items i
        join cases e on e.tenant_id = i.tenant_id and e.id = i.case_id
        where i.tenant_id = c.tenant_id
          and (i.case_id = c.id or e.person_hash = c.person_hash)
          and e.masked_on is not null
          and i.claimed_right = 'erasure'
          and i.status in ('done', 'partial')
      )
      and (
        (c.person_name, c.person_email, c.person_address) is distinct from ('', '', '')
        or exists (
          select
          from case_findings f
          where f.tenant_id = c.tenant_id and f.case_id = c.id and f.terms <> '{}'
        )
        or exists (
          select
          from person_letters l
          where l.tenant_id = c.tenant_id and l.case_id = c.id and l.sent_at is not null and l.body <> ''
        )
      )
    limit least(bound, 1000)
  loop
    update cases c
    set person_name = '', person_email = '', person_address = ''
    where c.tenant_id = done.tenant_id and c.id = done.id;
    update case_items i
    set sentence = ''
    where i.tenant_id = done.tenant_id and i.case_id = done.id;
    update case_findings f
    set terms = '{}'
    where f.tenant_id = done.tenant_id and f.case_id = done.id;
    update person_letters l
    set body = ''
    where l.tenant_id = done.tenant_id and l.case_id = done.id and l.sent_at is not null;
    total := total + 1;
  end loop;
  return total;
end $function$;

create function may_write()
 returns boolean
 language sql
 stable parallel safe
as $function$
  select coalesce((
    select t.phase = 'open'
      or (t.phase <> 'erasing' and coalesce(current_setting('app.actor', true), '') = 'system')
    from tenants t
    where t.id = current_tenant()
  ), true)
$function$;

create function meet(of_tenant uuid, of_identity uuid)
 returns void
 language sql
 security definer
 set search_path TO 'public', 'pg_temp'
as $function$
  update users
  set unmet = false
  where tenant_id = of_tenant
    and tenant_id = coalesce(current_tenant(), of_tenant)
    and identity_id = of_identity
    and unmet
$function$;

create function memberships(of_identity uuid)
 returns table(tenant_id uuid, user_id uuid, role text, tenant_name text, tenant_slug text)
 language sql
 stable security definer
 set search_path TO 'public', 'pg_temp'
as $function$
  select u.tenant_id, u.id, u.role, t.name, t.slug
  from users u
  join tenants t on t.id = u.tenant_id
  where u.identity_id = of_identity
    and u.deactivated_at is null
  order by t.name, t.id
  limit 200
$function$;

create function name_opening(kind text, query text)
 returns text
 language plpgsql
 stable
 set search_path TO 'public', 'pg_temp'
as $function$
declare
  tenant constant uuid := current_tenant();
  whole constant text := fold(left(query, 200));
  opening text;
  beyond text;
begin
  foreach opening in array array[
    whole, case when kind = 'contact' then regexp_replace(whole, '^(.*) ([^ ]+)$', '\2 \1') end
  ] loop
    beyond := opening || U&'\+10FFFF';
    if opening <> '' and (case kind
      when 'contact' then exists (
        select from contacts c
        where c.tenant_id = tenant and c.deleted_at is null
          and c.sort_name collate "C" >= opening and c.sort_name collate "C" < beyond
      )
      when 'company' then exists (
        select from companies c
        where c.tenant_id = tenant and c.deleted_at is null
          and c.sort_name collate "C" >= opening and c.sort_name collate "C" < beyond
      )
      when 'deal' then exists (
        select from deals c
        where c.tenant_id = tenant and c.deleted_at is null
          and c.sort_name collate "C" >= opening and c.sort_name collate "C" < beyond
      )
      end) then
      return opening;
    end if;
  end loop;
  return null;
end $function$;

create function name_opens(kind text, record_id uuid, opening text)
 returns boolean
 language plpgsql
 stable
 set search_path TO 'public', 'pg_temp'
as $function$
declare
  records constant text := case kind
    when 'contact' then 'contacts' when 'company' then 'companies' when 'deal' then 'deals' end;
  opens boolean;
begin
  execute format(
    'select starts_with(c.sort_name, $3)
     from %I c
     where c.tenant_id = $1
       and c.id = $2
       and ($4::uuid[] is null
         or coalesce(c.owner_id, ''00000000-0000-0000-0000-000000000000'') = any ($4))',
    records
  ) into opens using current_tenant(), record_id, opening, seen_owners(records);
  return opens;
end $function$;

create function narrow(of_user uuid)
 returns void
 language plpgsql
as $function$
declare
  nobody constant uuid := '00000000-0000-0000-0000-000000000000';
  levels text[];
  widest text;
  mates uuid[];
begin
  select array[coalesce(s.contacts, 'all'), coalesce(s.companies, 'all'), coalesce(s.deals, 'all')]
  into levels
  from users u
  left join record_sights s on s.tenant_id = u.tenant_id and s.role = u.role
  where u.tenant_id = current_tenant()
    and u.id = of_user;
  -- Who is no user of the tenant has nothing there.
  levels := coalesce(levels, array['own', 'own', 'own']);
  execute format('set local app.user_id = %L', of_user);
  if levels = array['all', 'all', 'all'] then
    return;
  end if;
  if 'team' = any (levels) then
    select array_agg(distinct m.user_id) into mates
    from team_members o
    join teams t on t.tenant_id = o.tenant_id and t.id = o.team_id
    join team_members m on m.tenant_id = o.tenant_id and m.team_id = o.team_id
    where o.tenant_id = current_tenant()
      and o.user_id = of_user;
    mates := array_remove(mates, of_user) || of_user || nobody;
  end if;
  widest := case when 'all' = any (levels) then 'all' when 'team' = any (levels) then 'team' else 'own' end;
  execute format(
    'set local app.contacts_of = %L; set local app.companies_of = %L; set local app.deals_of = %L; set local app.rest_of = %L',
    owners_at(levels[1], of_user, mates), owners_at(levels[2], of_user, mates),
    owners_at(levels[3], of_user, mates), owners_at(widest, of_user, mates)
  );
  execute 'set local app.narrowed = ''on''';
end $function$;

create function narrow_table(table_name text, condition text)
 returns void
 language plpgsql
as $function$
begin
  execute format(
    'create policy sight on %I as restrictive for select using ((select sees_all()) or %s)', table_name, condition
  );
end $function$;

create function note_deletion()
 returns trigger
 language plpgsql
as $function$
begin
  if tg_table_name in ('tenants', 'identities') then
    insert into ledger_entries (kind, table_name, record_ids)
    select 'deleted', tg_table_name, array_agg(id)
    from gone
    having count(*) > 0;
  else
    insert into ledger_entries (tenant_id, kind, table_name, record_ids)
    select tenant_id, 'deleted', tg_table_name, array_agg(id)
    from gone
    where not exists (select from tenants t where t.id = gone.tenant_id and t.phase = 'erasing')
    group by tenant_id;
  end if;
  return null;
end $function$;

create function note_facts()
 returns trigger
 language plpgsql
as $function$
begin
  perform write_facts(n.tenant_id, array_agg(n.id))
  from now_there n
  join there_before o on o.tenant_id = n.tenant_id and o.id = n.id
  where (n.status <> 'open' or o.status <> 'open')
    and (n.status, n.closed_at, n.amount_cents, n.currency, n.lost_reason_id, n.owner_id)
      is distinct from
      (o.status, o.closed_at, o.amount_cents, o.currency, o.lost_reason_id, o.owner_id)
  group by n.tenant_id;
  return null;
end $function$;

create function note_login_objection()
 returns trigger
 language plpgsql
as $function$
begin
  insert into ledger_entries (kind, table_name, record_ids) values ('objected', 'identities', array[new.id]);
  return null;
end $function$;

create function note_login_restriction()
 returns trigger
 language plpgsql
as $function$
begin
  insert into ledger_entries (kind, table_name, record_ids)
  values (
    case when new.restricted_at is null then 'unrestricted' else 'restricted' end, 'identities',
    array[new.id]
  );
  return null;
end $function$;

create function note_new_facts()
 returns trigger
 language plpgsql
as $function$
begin
  perform write_facts(n.tenant_id, array_agg(n.id))
  from now_there n
  where n.status <> 'open'
  group by n.tenant_id;
  return null;
end $function$;

create function note_objection()
 returns trigger
 language plpgsql
as $function$
begin
  insert into ledger_entries (tenant_id, kind, table_name, record_ids, detail)
  values (new.tenant_id, 'objected', 'contacts', array[new.contact_id], new.channel);
  return null;
end $function$;

create function note_objection_end()
 returns trigger
 language plpgsql
as $function$
begin
  insert into ledger_entries (tenant_id, kind, table_name, record_ids, detail)
  values (old.tenant_id, 'unobjected', 'contacts', array[old.contact_id], old.channel);
  return null;
end $function$;

create function note_restriction()
 returns trigger
 language plpgsql
as $function$
begin
  insert into ledger_entries (tenant_id, kind, table_name, record_ids, detail)
  values (
    new.tenant_id, case when new.restricted_at is null then 'unrestricted' else 'restricted' end,
    'contacts', array[new.id],
    case when new.restricted_reason in ('accuracy', 'unlawful', 'claims', 'objection')
      then new.restricted_reason else '' end
  );
  return null;
end $function$;

create function note_return(mail uuid, code text, at timestamp with time zone)
 returns boolean
 language plpgsql
 security definer
 set search_path TO 'public', 'pg_temp'
as $function$
declare
  found_any boolean;
begin
  update mails
  set status = 'failed', error_code = code, finished_at = at
  where id = mail
    and status = 'sent';
  found_any := found;
  update policy_notices
  set status = 'bounced', settled_at = at,
    retry_at = case when attempts < 3 then at + interval '1 day' end
  where mail_id = mail
    and status = 'sent';
  found_any := found_any or found;
  update processor_notices
  set status = 'bounced', settled_at = at,
    retry_at = case when attempts < 3 then at + interval '1 day' end
  where mail_id = mail
    and status = 'sent';
  found_any := found_any or found;
  update officer_probes
  set status = 'bounced', settled_at = at
  where mail_id = mail
    and status = 'sent';
  return found_any or found;
end $function$;

create function note_suppression()
 returns trigger
 language plpgsql
as $function$
begin
  insert into ledger_entries (tenant_id, kind, table_name, detail)
  values (
    new.tenant_id, 'suppressed', 'suppressions',
    encode(new.address_hash, 'hex') || ' ' || new.channel || ' ' || new.reason
  );
  return null;
end $function$;

create function note_suppression_end()
 returns trigger
 language plpgsql
as $function$
begin
  insert into ledger_entries (tenant_id, kind, table_name, detail)
  values (
    old.tenant_id, 'unsuppressed', 'suppressions',
    encode(old.address_hash, 'hex') || ' ' || old.channel || ' ' || old.reason
  );
  return null;
end $function$;

create function note_withdrawal()
 returns trigger
 language plpgsql
as $function$
begin
  insert into ledger_entries (tenant_id, kind, table_name, record_ids)
  values (
    new.tenant_id, case when new.withdrawn_at is null then 'unwithdrawn' else 'withdrawn' end,
    'consents', array[new.id]
  );
  return null;
end $function$;

create function notifications_to_mail(waited_until timestamp with time zone, most integer)
 returns table(tenant_id uuid, user_id uuid)
 language sql
 stable security definer
 set search_path TO 'public', 'pg_temp'
as $function$
  select n.tenant_id, n.user_id
  from notifications n
  where n.mail_due
    and (n.kind = 'reminder' or n.created_at <= waited_until)
  group by n.tenant_id, n.user_id
  order by min(n.created_at), n.tenant_id, n.user_id
  limit most
$function$;

create function officer_letters_due(at timestamp with time zone, day date, remind boolean, most integer)
 returns table(tenant_id uuid, case_id uuid, kind text, occasion text)
 language sql
 stable security definer
 set search_path TO 'public', 'pg_temp'
as $function$
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
$function$;

create function operator_factors_kept()
 returns table(people integer, protected integer)
 language sql
 stable security definer
 set search_path TO 'public', 'pg_temp'
as $function$
  select count(*)::int,
    (count(*) filter (where
      exists (select from totp_factors f where f.identity_id = i.id and f.confirmed_at is not null)
      or exists (select from passkeys p where p.identity_id = i.id)
    ))::int
  from identities i
  where i.operator
$function$;

create function owners_at(level text, of_user uuid, mates uuid[])
 returns text
 language sql
 immutable
as $function$
  select case level when 'all' then '' when 'own' then array[of_user]::text else mates::text end
$function$;

create function phone_digits(number text)
 returns text
 language sql
 immutable parallel safe strict
as $function$
  select regexp_replace(number, '\D', '', 'g') || case when number like '+%' then ' ' || regexp_replace(
    regexp_replace(number, '^\+(49|4[013-8]|42[013]|3[0123469]|35[1-9]|37[0-9]|38[1-9]|90|1|7)', '0'),
    '\D', '', 'g') else '' end || ' '
$function$;

create function phonetic(value text)
 returns text
 language plpgsql
 immutable parallel safe strict
as $function$
declare
  plain text;
begin
  if octet_length(value) = length(value) then
    plain := lower(value collate "C");
  else
    plain := value;
    if plain ~ '[^\x01-\u02ff]' then
      plain := normalize(plain, nfc);
    end if;
    plain := lower(public.unaccent('public.unaccent'::regdictionary, lower(plain)));
  end if;
  if plain collate "C" ~ '[^a-z]' then
    plain := regexp_replace(plain collate "C", '[^a-z]+', '', 'g');
  end if;
  plain := replace(plain, 'ph', 'f');
  if plain collate "C" ~ '[dt][csz]' then
    plain := regexp_replace(plain, '[dt](?=[csz])', '8', 'g');
  end if;
  if strpos(plain, 'x') > 0 then
    plain := regexp_replace(plain, '(?<=[ckq])x', 'X', 'g');
  end if;
  if strpos(plain, 'c') > 0 then
    plain := regexp_replace(plain, '(?<=[sz])c', '8', 'g');
    plain := regexp_replace(plain, '^c(?=[lr])', '4');
    plain := replace(regexp_replace(plain, 'c(?=[ahkoquX])', '4', 'g'), 'c', '8');
  end if;
  plain := translate(
    replace(plain, 'x', '48'), 'aeijouybpdtfvwgkqlmnrszXh', '000000011223334445667888'
  );
  -- By now all are digits. A pattern that refers back to itself takes ten times as long.
  while plain collate "C" ~ '00|11|22|33|44|55|66|77|88' loop
    plain := replace(replace(replace(plain, '00', '0'), '11', '1'), '22', '2');
    plain := replace(replace(replace(plain, '33', '3'), '44', '4'), '55', '5');
    plain := replace(replace(replace(plain, '66', '6'), '77', '7'), '88', '8');
  end loop;
  -- A vowel counts at the beginning alone.
  return left(plain, 1) || replace(substr(plain, 2), '0', '');
end $function$;

create function policy_to_acknowledge(of_identity uuid)
 returns integer
 language sql
 stable parallel safe
as $function$
  select max(p.number)
  from policy_notices n
  join policies p on p.id = n.policy_id
  where n.identity_id = of_identity
    and n.acknowledged_at is null
$function$;

create function processor_notice_tally(change uuid)
 returns table(untold integer, undelivered integer, queued integer, sent integer, bounced integer, told_on date, objected integer, answered_on date)
 language sql
 stable security definer
 set search_path TO 'public', 'pg_temp'
as $function$
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
$function$;

create function processor_objections_to(processor uuid, bound integer)
 returns table(tenant_id uuid, change_id uuid, takes_effect_on date, tenant_name text, name text, reason text, objected_at timestamp with time zone, settled_at timestamp with time zone, settled_by text, answer text, open boolean)
 language sql
 stable security definer
 set search_path TO 'public', 'pg_temp'
as $function$
  select o.tenant_id, o.change_id, c.takes_effect_on, t.name, o.name, o.reason, o.objected_at,
    o.settled_at, o.settled_by, o.answer,
    o.settled_at is null and exists (select from processor_plans p where p.change_id = c.id)
  from processor_changes c
  join processor_objections o on o.change_id = c.id
  join tenants t on t.id = o.tenant_id
  where c.processor_id = processor
  order by o.objected_at desc
  limit bound
$function$;

create function provider_of_domain(of_domain text)
 returns table(tenant_id uuid, id uuid)
 language sql
 stable security definer
 set search_path TO 'public', 'pg_temp'
as $function$
  select p.tenant_id, p.id
  from sign_in_domains d
  join identity_providers p on p.tenant_id = d.tenant_id
  where d.domain = of_domain
    and d.verified_at is not null
$function$;

create function records_overdue(at timestamp with time zone)
 returns table(due integer, overdue integer)
 language sql
 stable security definer
 set search_path TO 'public', 'pg_temp'
as $function$
  select count(*)::int,
    (count(*) filter (where bound_on < ((at - interval '1 day') at time zone 'Europe/Berlin')::date))::int
  from due_records d
  where due_on <= (at at time zone 'Europe/Berlin')::date
$function$;

create function refresh_company_search(ids uuid[])
 returns void
 language sql
 set plan_cache_mode TO 'force_generic_plan'
 set "app.lifted" TO 'on'
as $function$
  with made as materialized (
    select p.id,
      search_words(concat_ws(
        ' ', p.name, p.industry, p.vat_id, p.website, p.customer_number,
        regexp_replace(p.customer_number, '[^[:alnum:]]', '', 'g'), email.words, place.words, tag.words, own.words
      )) || coalesce(phone.words, '') as search,
      jsonb_strip_nulls(jsonb_build_object(
        'email', email.first, 'phone', phone.first, 'city', nullif(place.first, ''),
        'tags', tag.names
      )) as summary
    from companies p
    cross join lateral (
      select string_agg(e.address, ' ') as words,
        (array_agg(e.address order by e.position, e.id))[1] as first
      from emails e
      where e.tenant_id = p.tenant_id
        and e.company_id = p.id
    ) email
    cross join lateral (
      select string_agg(phone_digits(n.number), '') as words,
        (array_agg(n.number order by n.position, n.id))[1] as first
      from phones n
      where n.tenant_id = p.tenant_id
        and n.company_id = p.id
    ) phone
    cross join lateral (
      select string_agg(concat_ws(' ', d.postal_code, d.city), ' ') as words,
        (array_agg(d.city order by d.position, d.id))[1] as first
      from addresses d
      where d.tenant_id = p.tenant_id
        and d.company_id = p.id
    ) place
    cross join lateral (
      select string_agg(t.name, ' ') as words,
        jsonb_agg(t.name order by t.name_key) as names
      from company_tags x
      join tags t on t.tenant_id = x.tenant_id and t.id = x.tag_id
      where x.tenant_id = p.tenant_id
        and x.company_id = p.id
    ) tag
    cross join lateral (
      select string_agg(coalesce(nullif(concat_ws(' ', c.label_de, nullif(c.label_en, '')), ''), left(v.value, 1000)), ' ') as words
      from custom_values v
      join custom_fields f on f.tenant_id = v.tenant_id and f.id = v.field_id and f.removed_at is null
        and not f.unsearched
      left join custom_choices c on c.tenant_id = v.tenant_id and c.field_id = v.field_id and c.id = v.choice_id
      where v.tenant_id = p.tenant_id
        and v.company_id = p.id
        and v.kind in ('text', 'long_text', 'number', 'money', 'choice', 'choices', 'link')
    ) own
    where p.tenant_id = current_tenant()
      and p.id = any (ids)
  )
  update companies c
  set search = made.search, summary = made.summary
  from made
  where c.tenant_id = current_tenant()
    and c.id = made.id
    and (c.search <> made.search or c.summary <> made.summary)
$function$;

create function refresh_contact_search(ids uuid[])
 returns void
 language sql
 set plan_cache_mode TO 'force_generic_plan'
 set "app.lifted" TO 'on'
as $function$
  with made as materialized (
    select p.id,
      search_words(concat_ws(
        ' ', p.first_name, p.name_prefix, p.last_name, work.words, p.customer_number,
        regexp_replace(p.customer_number, '[^[:alnum:]]', '', 'g'), email.words, place.words, tag.words, own.words
      )) || coalesce(phone.words, '') as search,
      jsonb_strip_nulls(jsonb_build_object(
        'companyId', work.id, 'company', work.name, 'email', email.first, 'phone', phone.first, 'city', nullif(place.first, ''),
        'tags', tag.names
      )) as summary
    from contacts p
    cross join lateral (
      select string_agg(o.name, ' ') as words,
        (array_agg(o.id order by a.is_primary desc, a.id))[1] as id,
        (array_agg(o.name order by a.is_primary desc, a.id))[1] as name
      from affiliations a
      join companies o on o.tenant_id = a.tenant_id and o.id = a.company_id
      where a.tenant_id = p.tenant_id
        and a.contact_id = p.id
        and o.deleted_at is null
    ) work
    cross join lateral (
      select string_agg(e.address, ' ') as words,
        (array_agg(e.address order by e.position, e.id))[1] as first
      from emails e
      where e.tenant_id = p.tenant_id
        and e.contact_id = p.id
    ) email
    cross join lateral (
      select string_agg(phone_digits(n.number), '') as words,
        (array_agg(n.number order by n.position, n.id))[1] as first
      from phones n
      where n.tenant_id = p.tenant_id
        and n.contact_id = p.id
    ) phone
    cross join lateral (
      select string_agg(concat_ws(' ', d.postal_code, d.city), ' ') as words,
        (array_agg(d.city order by d.position, d.id))[1] as first
      from addresses d
      where d.tenant_id = p.tenant_id
        and d.contact_id = p.id
    ) place
    cross join lateral (
      select string_agg(t.name, ' ') as words,
        jsonb_agg(t.name order by t.name_key) as names
      from contact_tags x
      join tags t on t.tenant_id = x.tenant_id and t.id = x.tag_id
      where x.tenant_id = p.tenant_id
        and x.contact_id = p.id
    ) tag
    cross join lateral (
      select string_agg(coalesce(nullif(concat_ws(' ', c.label_de, nullif(c.label_en, '')), ''), left(v.value, 1000)), ' ') as words
      from custom_values v
      join custom_fields f on f.tenant_id = v.tenant_id and f.id = v.field_id and f.removed_at is null
        and not f.unsearched
      left join custom_choices c on c.tenant_id = v.tenant_id and c.field_id = v.field_id and c.id = v.choice_id
      where v.tenant_id = p.tenant_id
        and v.contact_id = p.id
        and v.kind in ('text', 'long_text', 'number', 'money', 'choice', 'choices', 'link')
    ) own
    where p.tenant_id = current_tenant()
      and p.id = any (ids)
  )
  update contacts c
  set search = made.search, summary = made.summary
  from made
  where c.tenant_id = current_tenant()
    and c.id = made.id
    and (c.search <> made.search or c.summary <> made.summary)
$function$;

create function refresh_deal_search(ids uuid[])
 returns void
 language sql
 set plan_cache_mode TO 'force_generic_plan'
 set "app.lifted" TO 'on'
as $function$
  with made as materialized (
    select p.id,
      search_words(concat_ws(' ', p.title, house.name, p.source, tag.words, own.words)) as search,
      jsonb_strip_nulls(jsonb_build_object(
        'companyId', house.id, 'company', house.name, 'tags', tag.names
      )) as summary
    from deals p
    left join companies house
      on house.tenant_id = p.tenant_id and house.id = p.company_id and house.deleted_at is null
    cross join lateral (
      select string_agg(t.name, ' ') as words,
        jsonb_agg(t.name order by t.name_key) as names
      from deal_tags x
      join tags t on t.tenant_id = x.tenant_id and t.id = x.tag_id
      where x.tenant_id = p.tenant_id
        and x.deal_id = p.id
    ) tag
    cross join lateral (
      select string_agg(coalesce(nullif(concat_ws(' ', c.label_de, nullif(c.label_en, '')), ''), left(v.value, 1000)), ' ') as words
      from custom_values v
      join custom_fields f on f.tenant_id = v.tenant_id and f.id = v.field_id and f.removed_at is null
        and not f.unsearched
      left join custom_choices c on c.tenant_id = v.tenant_id and c.field_id = v.field_id and c.id = v.choice_id
      where v.tenant_id = p.tenant_id
        and v.deal_id = p.id
        and v.kind in ('text', 'long_text', 'number', 'money', 'choice', 'choices', 'link')
    ) own
    where p.tenant_id = current_tenant()
      and p.id = any (ids)
  )
  update deals c
  set search = made.search, summary = made.summary
  from made
  where c.tenant_id = current_tenant()
    and c.id = made.id
    and (c.search <> made.search or c.summary <> made.summary)
$function$;

create function refresh_statistics()
 returns integer
 language plpgsql
 security definer
 set search_path TO 'public', 'pg_temp'
as $function$
declare
  grown text;
  refreshed integer := 0;
begin
  for grown in
    select c.relname
    from pg_class c
    where c.relnamespace = 'public'::regnamespace
      and c.relname in (
        'contacts', 'companies', 'affiliations', 'emails', 'phones', 'addresses', 'tags',
        'contact_tags', 'company_tags', 'custom_values', 'changes', 'import_rows', 'import_updates'
      )
      and pg_relation_size(c.oid) / current_setting('block_size')::bigint > 2 * c.relpages
  loop
    execute format('analyze %I', grown);
    refreshed := refreshed + 1;
  end loop;
  return refreshed;
end
$function$;

create function renamed_tags(kind text, of_tenant uuid, record uuid, summary jsonb)
 returns jsonb
 language plpgsql
 stable parallel safe
as $function$
declare
  carried uuid[];
begin
  case kind
    when 'contact' then
      carried := array(
        select x.tag_id from contact_tags x where x.tenant_id = of_tenant and x.contact_id = record
      );
    when 'company' then
      carried := array(
        select x.tag_id from company_tags x where x.tenant_id = of_tenant and x.company_id = record
      );
    when 'deal' then
      carried := array(
        select x.tag_id from deal_tags x where x.tenant_id = of_tenant and x.deal_id = record
      );
  end case;
  return summary || jsonb_build_object('tags', (
    select jsonb_agg(distinct coalesce(w.name, s.name))
    from jsonb_array_elements_text(summary -> 'tags') s (name)
    left join tags w on w.tenant_id = of_tenant
      and w.changing is not null
      and s.name in (w.name_before, w.name)
      and w.id = any (carried)
    where w.changing is distinct from 'removing'
  ));
end $function$;

create function renew_notices(identity uuid)
 returns void
 language sql
 security definer
 set search_path TO 'public', 'pg_temp'
as $function$
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
$function$;

create function replicate(table_name text)
 returns void
 language plpgsql
as $function$
begin
  if exists (select from pg_extension where extname = 'citus') then
    execute format('select create_reference_table(%L)', table_name);
  end if;
end $function$;

create function retention_overdue(at timestamp with time zone)
 returns table(store text, overdue integer)
 language plpgsql
 stable security definer
 set search_path TO 'public', 'pg_temp'
as $function$
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
end $function$;

create function search_contacts(query text, bound integer, counted integer)
 returns table(id uuid, total integer)
 language plpgsql
 stable security definer rows 50
 set search_path TO 'public', 'pg_temp'
 set plan_cache_mode TO 'force_generic_plan'
as $function$
#variable_conflict use_column
declare
  tenant constant uuid := current_tenant();
  patterns constant text[] := search_patterns(query);
  one constant text := patterns[1][1];
  -- Where no second word is asked for, everything has it.
  two constant text := coalesce(patterns[2][1], '%');
  -- Of other signs the index may know nothing, and a kept plan would not see that.
  plain boolean := seen_owners('contacts') is null and seen_owners('companies') is null
    and bound <= 150 and coalesce(array_length(patterns, 1), 3) < 3
    and one = patterns[1][2] and one ~ '^% ?[a-z0-9]+%$'
    and two = coalesce(patterns[2][2], '%') and two ~ '^%( ?[a-z0-9]+%)?$';
  -- Sooner looked for one by one than by LIKE.
  part_one constant text := btrim(one, '%');
  part_two constant text := btrim(two, '%');
  opening text;
  beyond text;
  hits uuid[] := '{}';
  others uuid[] := '{}';
  -- Contacts of the house, about.
  house real;
  large boolean;
  mine boolean;
  -- Names walked through, and which part of them are hits.
  steps int;
  seen int := 0;
  rate real;
  -- What a hit of the index may cost against a name walked through. It costs five times as much, and more among
  -- very many, where their pages lie apart; but a walk may end in vain.
  price real;
  missing int;
  found int;
  few constant int := 250;
begin
  if tenant is null or patterns is null then
    return;
  end if;
  if plain then
    opening := name_opening('contact', query);
    -- No name holds the last sign there is: with nothing else nobody's begins.
    beyond := coalesce(opening, '') || U&'\+10FFFF';
    if opening is null then
      opening := beyond;
    else
      hits := array(
        select c.id
        from contacts_opened(tenant, opening, beyond, 200) c
        where strpos(c.search, part_one) > 0 and strpos(c.search, part_two) > 0
        limit bound
      );
      -- Whose name begins so is nearly always a hit; where many are not, this is not the way.
      plain := cardinality(hits) >= bound or not exists (
        select
        from contacts c
        where c.tenant_id = tenant and c.deleted_at is null
          and c.sort_name collate "C" >= opening and c.sort_name collate "C" < beyond
        offset 200
      );
    end if;
  end if;
  if not plain then
    select coalesce(array_agg(r.id order by r.place), '{}'), max(r.total)
    into hits, found
    from search_records('contact', query, 'match', false, null, false, bound, null, null, null, null)
      with ordinality as r (id, total, place);
    if found is null and cardinality(hits) > 0 and counted is not null then
      found := (
        select count(*)
        from search_records('contact', query, 'name', false, null, false, counted, null, null, null, null)
      );
    end if;
    return query select hit, found
    from unnest(hits) with ordinality as page (hit, place)
    order by place;
    return;
  end if;

  missing := bound - cardinality(hits);
  if missing > 0 or counted is not null then
    -- By what `analyze` found; of the statistics only the view is open to an owner who is no superuser.
    -- Before they were ever counted they are taken for many, and for those of several houses.
    select case when a.whole > 0 then a.whole * a.share else 100000 end, a.whole = 0 or a.share < 0.5
    into house, mine
    from (
      select greatest(c.reltuples, 0) as whole,
        coalesce(
          s.most_common_freqs[array_position(s.most_common_vals::text::uuid[], tenant)],
          least(
            s.most_common_freqs[cardinality(s.most_common_freqs)],
            greatest(0, 1 - (select sum(part) from unnest(s.most_common_freqs) part))
          ),
          0
        ) as share
      from pg_class c
      left join pg_stats s on s.schemaname = 'public' and s.tablename = 'contacts' and s.attname = 'tenant_id'
        and not s.inherited
      where c.oid = 'contacts'::regclass
    ) a;
  end if;
  large := house > 200000;
  price := case when large then 4 else 2.5 end;
  -- A long number few have: the index finds them all before names tell how rare they are.
  if missing > 0 and opening = beyond and two = '%' and part_one ~ '^[0-9]{7,}$' then
    select array_agg(h.id order by h.name collate "C", h.id), count(*)
    into others, found
    from contacts_holding(one, two, few, mine, large) h;
    if found < few then
      return query select hit, found
      from unnest(others[1:bound]) with ordinality as page (hit, place)
      order by place;
      return;
    end if;
    others := '{}';
    found := null;
  end if;
  if missing > 0 then
    -- How rare hits are takes more names to tell where there are few, and where there are very many.
    foreach steps in array case when large then array[300, 1000] else array[100, 300] end loop
      select
        coalesce(
          array_agg(c.id) filter (where strpos(c.search, part_one) > 0 and strpos(c.search, part_two) > 0), '{}'
        ),
        count(*)
      into others, seen
      from contacts_unopened(tenant, opening, beyond, steps) c;
      rate := cardinality(others)::real / greatest(seen, 1);
      exit when seen < steps or steps = 100 and rate = 0 or (steps < 300 or cardinality(others) >= 9)
        and missing + least(coalesce(counted, 0), rate * house) * rate < price * house * rate * rate;
    end loop;
    if seen < steps then
      found := cardinality(hits) + cardinality(others);
    -- Names that have to be walked through, against hits that the index finds; it counts them as well.
    elsif cardinality(others) between 1 and missing - 1
      and missing + least(coalesce(counted, 0), rate * house) * rate < price * house * rate * rate
    then
      others := array(
        select c.id
        from contacts_unopened(tenant, opening, beyond, (seen + 2.5 * missing / rate)::int) c
        where strpos(c.search, part_one) > 0 and strpos(c.search, part_two) > 0
        limit missing
      );
    end if;
    hits := hits || others;
    if found is null and cardinality(hits) < bound then
      return query
      select h.id, (count(*) over ())::int
      from contacts_holding(one, two, null, mine, large) h
      order by h.name collate "C" >= opening and h.name collate "C" < beyond desc, h.name collate "C", h.id
      limit bound;
      return;
    end if;
  end if;
  if found is null and cardinality(hits) > 0 and counted is not null then
    if seen = 0 then
      -- Those whose names begin so may be enough.
      found := (
        select count(*)
        from (
          select
          from contacts_opened(tenant, opening, beyond, null) c
          where strpos(c.search, part_one) > 0 and strpos(c.search, part_two) > 0
          limit counted
        ) c
      );
    end if;
    if found is null or found < counted then
      -- What very many have is counted sooner one by one, in the order in which they lie, than by the
      -- index, whose lists of it are long.
      rate := (
        select count(*) filter (where strpos(c.search, part_one) > 0 and strpos(c.search, part_two) > 0) / 100.0
        from (
          select c.search
          from contacts c
          where c.tenant_id = tenant and c.deleted_at is null and c.restricted_at is null
          order by c.id
          limit 100
        ) c
      );
      if 2 * counted < (4 * counted + rate * house) * rate then
        found := (
          select count(*)
          from (
            select
            from (
              select c.search
              from contacts c
              where c.tenant_id = tenant and c.deleted_at is null and c.restricted_at is null
              order by c.id
              limit least(30000, 500 + 2 * counted / rate)::int
            ) c
            where strpos(c.search, part_one) > 0 and strpos(c.search, part_two) > 0
            limit counted
          ) c
        );
      end if;
    end if;
    if found is null or found < counted then
      found := (select count(*) from contacts_holding(one, two, counted, mine, large));
    end if;
  end if;
  return query select hit, found
  from unnest(hits[1:bound]) with ordinality as page (hit, place)
  order by place;
end $function$;

create function search_core(pattern text, beside boolean)
 returns text
 language plpgsql
 immutable parallel safe strict
as $function$
declare
  part constant text := btrim(pattern, '%');
begin
  return case
    when part ~ '^[0-9]{8,}$' then '%' || right(part, 4) || '%'
    when beside and length(part) >= 8 then '%' || substr(part, (length(part) - 3) / 2, 5) || '%'
    when length(part) >= 10 then '%' || substr(part, (length(part) - 4) / 2, 6) || '%'
    when length(part) >= 7 then '%' || substr(part, 2, length(part) - 2) || '%'
    when beside and length(part) = 6 then '%' || right(part, 5) || '%'
    else pattern end;
end $function$;

create function search_entries(kind text, query text, bound integer)
 returns setof uuid
 language plpgsql
 stable security definer rows 50
 set search_path TO 'public', 'pg_temp'
as $function$
declare
  tenant constant uuid := current_tenant();
  patterns constant text[] := search_patterns(query);
  entries constant text := case kind
    when 'activity' then 'activities' when 'message' then 'messages' when 'file' then 'files' end;
  wanted text := '';
  hits uuid[];
begin
  if tenant is null or patterns is null or entries is null then
    return;
  end if;
  for i in 1..array_length(patterns, 1) loop
    wanted := wanted || format(' and (e.search like ($2)[%1$s][1] or e.search like ($2)[%1$s][2])', i);
  end loop;
  if not sees_all() then
    wanted := wanted || case kind
      when 'activity' then ' and sees_activity(e.id)'
      when 'message' then ' and sees_message(e.id)'
      else ' and exists (select from files f where f.tenant_id = $1 and f.id = e.id
        and sees_file(f.contact_id, f.company_id, f.deal_id, f.activity_id, f.message_id))' end;
  end if;
  execute format(
    'select array(
       select e.id
       from (select id, search, at from %I where tenant_id = $1 order by at desc, id desc limit 3000) e
       where true%s
       order by e.at desc, e.id desc
       limit $3)',
    entries, wanted
  ) into hits using tenant, patterns, bound;
  if cardinality(hits) < bound then
    execute format(
      'with found as materialized (select e.id, e.at from %I e where e.tenant_id = $1%s)
       select array(select id from found order by at desc, id desc limit $3)',
      entries, wanted
    ) into hits using tenant, patterns, bound;
  end if;
  return query select unnest(hits);
end $function$;

create function search_part(kind text, query text, sort text, descending boolean, after_id uuid, backwards boolean, bound integer, of_tag uuid, of_owner uuid, of_status text, of_company uuid, further jsonb, opening text, opened boolean)
 returns table(id uuid, total integer)
 language plpgsql
 stable rows 50
 set search_path TO 'public', 'pg_temp'
as $function$
#variable_conflict use_column
declare
  tenant constant uuid := current_tenant();
  patterns constant text[] := search_patterns(query);
  direction constant text := case when descending <> backwards then 'desc' else 'asc' end;
  records text;
  key text;
  living text := 'c.tenant_id = $1 and c.deleted_at is null';
  wanted text := '';
  walk text;
  narrowing text := '';
  hits uuid[];
  seen int;
  -- Whose name begins so is nearly always a hit, of the others many are not.
  steps constant int := case when opened then bound + 50 else 300 end;
  -- The first text of all that do not begin so: no name holds the last sign there is.
  beyond constant text := opening || U&'\+10FFFF';
begin
  if tenant is null or patterns is null then
    return;
  end if;
  records := case kind when 'contact' then 'contacts' when 'company' then 'companies' when 'deal' then 'deals' end;
  key := case
    when sort = 'touch' then 'last_touch_at'
    when sort = 'created' then 'created_at'
    when sort = 'amount' and kind = 'deal' then 'amount_key'
    when sort = 'close' and kind = 'deal' then 'close_key'
    else 'sort_name collate "C"' end;
  living := living || case kind when 'contact' then ' and c.restricted_at is null' else '' end;
  living := living || case
    when opening is null then ''
    when opened then ' and c.sort_name collate "C" >= $11 and c.sort_name collate "C" < $12'
    else ' and not (c.sort_name collate "C" >= $11 and c.sort_name collate "C" < $12)' end;
  if seen_owners(records) is not null then
    narrowing := format(
      ' and coalesce(c.owner_id, ''00000000-0000-0000-0000-000000000000'') = any ((select seen_owners(%L))::uuid[])', records
    );
  end if;
  if after_id is not null then
    living := living || format(
      ' and (c.%1$s, c.id) %2$s (select a.%1$s, a.id from %3$I a where a.tenant_id = $1 and a.id = $2%4$s)',
      key, case direction when 'asc' then '>' else '<' end, records, replace(narrowing, 'c.owner_id', 'a.owner_id')
    );
  end if;
  for i in 1..array_length(patterns, 1) loop
    wanted := wanted || format(
      case when patterns[i][1] = patterns[i][2] then ' and c.search like ($6)[%1$s][1]'
      else ' and (c.search like ($6)[%1$s][1] or c.search like ($6)[%1$s][2])' end,
      i
    );
  end loop;
  if exists (
    select from generate_subscripts(patterns, 1) n where patterns[n][1] || patterns[n][2] !~ '[[:alnum:]]'
  ) then
    -- Written so, the index of words does not see that it could be asked for the others.
    wanted := format(' and (true%s) is true and octet_length(c.search) <> length(c.search)', wanted);
  end if;
  wanted := wanted
    || case when of_tag is not null then format(
      ' and exists (select from %1$s_tags x where x.tenant_id = $1 and x.tag_id = $3 and x.%1$s_id = c.id)', kind
    ) else '' end
    || case when of_owner is not null then ' and c.owner_id = $4' else '' end
    || case when of_status is not null then ' and c.status = $5' else '' end
    || case
      when of_company is null then ''
      when kind = 'contact' then
        ' and exists (select from affiliations f where f.tenant_id = $1 and f.company_id = $7 and f.contact_id = c.id)'
      when kind = 'deal' then ' and c.company_id = $7'
      else '' end;
  wanted := wanted || narrowing || further_conditions(kind, further);
  if seen_owners('companies') is not null and kind <> 'company' then
    wanted := wanted
      || case when of_company is not null then ' and sees_company($7)' else '' end
      || format(' and found_in_sight(%L, c.id, c.search, $6)', kind);
  end if;
  walk := format(
    'select c.id, c.search, c.owner_id, c.status, c.source, c.created_at, c.last_touch_at%5$s
     from %1$I c
     where %2$s
     order by c.%3$s %4$s, c.id %4$s
     limit $8',
    records, living, key, direction, case kind
      when 'contact' then ', c.legal_basis'
      when 'deal' then ', c.company_id, c.pipeline_id, c.stage_id, c.stage_since, c.lost_reason_id,
        c.amount_cents, c.expected_close_on'
      else '' end
  );
  execute format(
    'select coalesce(array_agg(c.id) filter (where true%s), ''{}''), count(*)::int from (%s) c',
    wanted, walk
  ) into hits, seen using tenant, after_id, of_tag, of_owner, of_status, patterns, of_company, steps, bound, further,
    opening, beyond;
  if seen < steps or cardinality(hits) >= bound then
    return query select hit, case when seen < steps then cardinality(hits) end
    from unnest(hits[1:bound]) with ordinality as walked (hit, place)
    order by place;
    return;
  end if;
  if cardinality(hits) * 20 >= bound then
    execute format('select array(select c.id from (%s) c where true%s limit $9)', walk, wanted)
    into hits using tenant, after_id, of_tag, of_owner, of_status, patterns, of_company,
      greatest(3000, bound * 450 / cardinality(hits)), bound, further, opening, beyond;
    if cardinality(hits) >= bound then
      return query select hit, null::int
      from unnest(hits) with ordinality as walked (hit, place)
      order by place;
      return;
    end if;
  end if;
  return query execute format(
    'with found as materialized (
       select c.id, c.%4$s as key
       from %2$I c
       where %3$s%1$s
     )
     select id, (select count(*)::int from found)
     from found
     order by key %5$s, id %5$s
     limit $8',
    wanted, records, living, key, direction
  ) using tenant, after_id, of_tag, of_owner, of_status, patterns, of_company, bound, bound, further,
    opening, beyond;
end $function$;

create function search_patterns(query text)
 returns text[]
 language plpgsql
 immutable parallel safe strict
as $function$
declare
  written text[];
  word text;
  pattern text;
  patterns text[] := '{}';
begin
  if query ~ '^[\d\s+()/.–-]+$' and query ~ '\d' then
    word := regexp_replace(regexp_replace(query, '\(0\)', ''), '\D', '', 'g');
    word := regexp_replace(word, '^00', '');
    pattern := case when length(word) < 3 then '% ' || word || '%' else '%' || word || '%' end;
    return array[[pattern, pattern]];
  end if;
  written := regexp_split_to_array(
    lower(public.unaccent(
      'public.unaccent'::regdictionary, lower(regexp_replace(left(query, 200), '[''’`´ʼ]+', '', 'g'))
    )),
    '[\x01-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f\u00a0]+'
  );
  foreach word in array written loop
    continue when fold(word) = '';
    pattern := case when length(fold(word)) < 3 then '% ' || fold(word) || '%' else '%' || fold(word) || '%' end;
    continue when pattern = any (patterns);
    patterns := patterns || array[[
      pattern,
      case
        when word <> fold(word) and length(word) > 2 and (length(fold(word)) < 3 or word ~ '^u?e')
        then '%' || word || '%'
        else pattern
      end
    ]];
    exit when array_length(patterns, 1) = 8;
  end loop;
  return nullif(patterns, '{}');
end $function$;

create function search_records(kind text, query text, sort text, descending boolean, after_id uuid, backwards boolean, bound integer, of_tag uuid, of_owner uuid, of_status text, of_company uuid, further jsonb DEFAULT '{}'::jsonb)
 returns table(id uuid, total integer)
 language plpgsql
 stable security definer rows 50
 set search_path TO 'public', 'pg_temp'
as $function$
#variable_conflict use_column
declare
  opening constant text := case when sort = 'match' then name_opening(kind, query) end;
  opened boolean;
  first_hits uuid[];
  then_hits uuid[];
  then_total int;
begin
  if opening is null then
    return query select p.id, p.total
    from search_part(
      kind, query, sort, descending, after_id, backwards, bound, of_tag, of_owner, of_status,
      of_company, further, null, null
    ) p;
    return;
  end if;
  opened := case when after_id is null then true else name_opens(kind, after_id, opening) end;
  if opened is null then
    return;
  end if;
  first_hits := array(
    select p.id
    from search_part(
      kind, query, 'name', false, after_id, backwards, bound, of_tag, of_owner, of_status,
      of_company, further, opening, opened
    ) p
  );
  if cardinality(first_hits) >= bound or opened = backwards then
    return query select hit, null::int
    from unnest(first_hits) with ordinality as found (hit, place)
    order by place;
    return;
  end if;
  select coalesce(array_agg(p.id order by p.place), '{}'), max(p.total)
  into then_hits, then_total
  from search_part(
    kind, query, 'name', false, null, backwards, bound - cardinality(first_hits), of_tag, of_owner,
    of_status, of_company, further, opening, not opened
  ) with ordinality as p (id, total, place);
  if cardinality(then_hits) = 0 then
    then_total := 0;
  end if;
  return query select hit, cardinality(first_hits) + then_total
  from unnest(first_hits || then_hits) with ordinality as found (hit, place)
  order by place;
end $function$;

create function search_words(value text)
 returns text
 language plpgsql
 immutable parallel safe strict
as $function$
declare
  words text := ' ' || fold(value) || ' ';
  plain text;
  added text := ' ';
  word text;
begin
  if octet_length(value) = length(value) then
    plain := lower(value collate "C");
  else
    plain := lower(public.unaccent('public.unaccent'::regdictionary, lower(value)));
  end if;
  if strpos(plain, 'ae') > 0 or strpos(plain, 'oe') > 0 or strpos(plain, 'ue') > 0 then
    foreach word in array string_to_array(replace(replace(replace(plain, '@', ' '), '.', ' '), '-', ' '), ' ') loop
      continue when strpos(word, 'ae') = 0 and strpos(word, 'oe') = 0 and strpos(word, 'ue') = 0;
      if word ~ '[^a-z0-9]' then
        for word in
          select hit[1]
          from regexp_matches(word, '[[:alnum:]]*[aou]e[[:alnum:]]*', 'g') as hit
        loop
          if strpos(added, ' ' || word || ' ') = 0 then
            added := added || word || ' ' || regexp_replace(word, '([aou])e+', '\1', 'g') || ' ';
          end if;
        end loop;
      elsif strpos(added, ' ' || word || ' ') = 0 then
        added := added || word || ' ' || regexp_replace(word, '([aou])e+', '\1', 'g') || ' ';
      end if;
    end loop;
  end if;
  return words || substr(added, 2);
end $function$;

create function second_factors()
 returns table(people integer, protected integer)
 language sql
 stable security definer
 set search_path TO 'public', 'pg_temp'
as $function$
  select count(*)::int,
    (count(*) filter (where
      exists (select from totp_factors f where f.identity_id = i.id and f.confirmed_at is not null)
      or exists (select from passkeys p where p.identity_id = i.id)
    ))::int
  from identities i
  where i.operator
    or exists (select from users u where u.identity_id = i.id and u.deactivated_at is null)
$function$;

create function seen_owners(kind text)
 returns uuid[]
 language sql
 stable parallel safe
as $function$
  select case
    when current_setting('app.lifted', true) = 'on' then null
    else nullif(current_setting('app.' || kind || '_of', true), '')::uuid[]
  end
$function$;

create function sees_activity(of_activity uuid)
 returns boolean
 language plpgsql
 stable parallel safe security definer cost 1
 set search_path TO 'public', 'pg_temp'
as $function$
declare
  me constant uuid := acting_user();
  contacts_of constant uuid[] := seen_owners('contacts');
  companies_of constant uuid[] := seen_owners('companies');
  deals_of constant uuid[] := seen_owners('deals');
  nobody constant uuid := '00000000-0000-0000-0000-000000000000';
  hangs boolean;
  seen boolean;
begin
  if of_activity is null then
    return true;
  end if;
  select count(*) > 0, bool_or(
    c.id is not null and (contacts_of is null or coalesce(c.owner_id, nobody) = any (contacts_of))
    or o.id is not null and (companies_of is null or coalesce(o.owner_id, nobody) = any (companies_of))
    or d.id is not null and (deals_of is null or coalesce(d.owner_id, nobody) = any (deals_of))
  )
  into hangs, seen
  from activity_links l
  left join contacts c on c.tenant_id = l.tenant_id and c.id = l.contact_id
  left join companies o on o.tenant_id = l.tenant_id and o.id = l.company_id
  left join deals d on d.tenant_id = l.tenant_id and d.id = l.deal_id
  where l.tenant_id = current_tenant() and l.activity_id = of_activity and l.direct;
  if seen then
    return true;
  end if;
  return exists (
    select from activities a
    where a.tenant_id = current_tenant() and a.id = of_activity
      and (a.owner_id = me or not hangs and sees_owner('rest', a.owner_id))
  ) or exists (
    select from activity_participants p
    where p.tenant_id = current_tenant() and p.activity_id = of_activity and p.user_id = me
  );
end $function$;

create function sees_all()
 returns boolean
 language sql
 stable parallel safe
as $function$
  select coalesce(current_setting('app.narrowed', true), '') <> 'on'
    or current_setting('app.lifted', true) = 'on'
$function$;

create function sees_company(of_company uuid)
 returns boolean
 language plpgsql
 stable parallel safe security definer cost 1
 set search_path TO 'public', 'pg_temp'
as $function$
begin
  return of_company is null or exists (
    select from companies c
    where c.tenant_id = current_tenant() and c.id = of_company and sees_owner('companies', c.owner_id)
  );
end $function$;

create function sees_contact(of_contact uuid)
 returns boolean
 language plpgsql
 stable parallel safe security definer cost 1
 set search_path TO 'public', 'pg_temp'
as $function$
begin
  return of_contact is null or exists (
    select from contacts c
    where c.tenant_id = current_tenant() and c.id = of_contact and sees_owner('contacts', c.owner_id)
  );
end $function$;

create function sees_deal(of_deal uuid)
 returns boolean
 language plpgsql
 stable parallel safe security definer cost 1
 set search_path TO 'public', 'pg_temp'
as $function$
begin
  return of_deal is null or exists (
    select from deals d
    where d.tenant_id = current_tenant() and d.id = of_deal and sees_owner('deals', d.owner_id)
  );
end $function$;

create function sees_file(contact uuid, company uuid, deal uuid, activity uuid, message uuid)
 returns boolean
 language sql
 stable parallel safe cost 1
as $function$
  select sees_contact(contact) and sees_company(company) and sees_deal(deal)
    and sees_activity(activity) and sees_message(message)
$function$;

create function sees_history(kind text, record uuid)
 returns boolean
 language sql
 stable parallel safe cost 1
as $function$
  select case kind
    when 'contact' then sees_contact(record)
    when 'company' then sees_company(record)
    when 'deal' then sees_deal(record)
    when 'activity' then sees_activity(record)
    else true
  end
$function$;

create function sees_message(of_message uuid)
 returns boolean
 language plpgsql
 stable parallel safe security definer cost 1
 set search_path TO 'public', 'pg_temp'
as $function$
declare
  me constant uuid := acting_user();
  links bigint;
  near boolean;
  seen boolean;
  house boolean;
begin
  if of_message is null
    or exists (
      select from messages m
      where m.tenant_id = current_tenant() and m.id = of_message and m.user_id = me
    )
    or exists (
      select from inbox_messages i
      where i.tenant_id = current_tenant() and i.message_id = of_message and i.user_id = me
    ) then
    return true;
  end if;
  select count(*), count(*) filter (where l.company_id is null) > 0,
    bool_or(sees_contact(l.contact_id) and sees_deal(l.deal_id)) filter (where l.company_id is null),
    bool_or(sees_company(l.company_id)) filter (where l.company_id is not null)
  into links, near, seen, house
  from message_links l
  where l.tenant_id = current_tenant() and l.message_id = of_message;
  if links = 0 then
    return exists (
      select from inbox_messages i
      where i.tenant_id = current_tenant() and i.message_id = of_message and i.user_id is null
        and i.state <> 'assigned'
    );
  end if;
  return case when near then seen else house end;
end $function$;

create function sees_owner(kind text, owner uuid)
 returns boolean
 language sql
 stable parallel safe
as $function$
  select coalesce(
    coalesce(owner, '00000000-0000-0000-0000-000000000000') = any (seen_owners(kind)), true
  )
$function$;

create function session_by_digest(digest bytea, at timestamp with time zone)
 returns table(id uuid, identity_id uuid, tenant_id uuid, user_id uuid, role text, name text, email text, locale text, theme text, flash jsonb, operator boolean, tenant_name text, tenant_slug text, tenant_country text, tenant_phase text, contract_ends_on date, tenants integer, unread integer, away_since timestamp with time zone, policy integer, created_at timestamp with time zone, last_seen_at timestamp with time zone, expires_at timestamp with time zone, factor text, confirmed_at timestamp with time zone, owes_factor boolean)
 language sql
 stable security definer
 set search_path TO 'public', 'pg_temp'
as $function$
  select s.id, s.identity_id, u.tenant_id, u.id, u.role, i.name, i.email, i.locale, s.theme, s.flash,
    i.operator and s.factor <> 'single_sign_on', t.name, t.slug, t.country, t.phase, t.contract_ends_on,
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
    i.away_since,
    (
      select max(p.number)
      from policy_notices n
      join policies p on p.id = n.policy_id
      where n.identity_id = i.id
        and n.acknowledged_at is null
    ),
    s.created_at, s.last_seen_at, s.expires_at, s.factor, s.confirmed_at,
    coalesce(u.role = any (t.factor_roles), false) and s.factor in ('link', 'password')
  from sessions s
  join identities i on i.id = s.identity_id
  left join users u
    on u.tenant_id = s.tenant_id and u.identity_id = s.identity_id and u.deactivated_at is null
  left join tenants t on t.id = u.tenant_id
  where s.token_digest = digest
    and s.expires_at > at
$function$;

create function session_with_rights(digest bytea, at timestamp with time zone)
 returns table(id uuid, identity_id uuid, tenant_id uuid, user_id uuid, role text, name text, email text, locale text, theme text, flash jsonb, operator boolean, tenant_name text, tenant_slug text, tenant_country text, tenant_phase text, contract_ends_on date, tenants integer, unread integer, away_since timestamp with time zone, policy integer, created_at timestamp with time zone, last_seen_at timestamp with time zone, expires_at timestamp with time zone, factor text, confirmed_at timestamp with time zone, owes_factor boolean, narrowed boolean, field_limits jsonb, importing timestamp with time zone)
 language sql
 stable security definer
 set search_path TO 'public', 'pg_temp'
as $function$
  select s.id, s.identity_id, u.tenant_id, u.id, u.role, i.name, i.email, i.locale, s.theme, s.flash,
    i.operator and s.factor <> 'single_sign_on', t.name, t.slug, t.country, t.phase, t.contract_ends_on,
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
    i.away_since,
    case
      when exists (
        select
        from policy_notices n
        where n.identity_id = i.id
          and n.acknowledged_at is null
      ) then policy_to_acknowledge(i.id)
    end,
    s.created_at, s.last_seen_at, s.expires_at, s.factor, s.confirmed_at,
    coalesce(u.role = any (t.factor_roles), false) and s.factor in ('link', 'password'),
    exists (select from record_sights r where r.tenant_id = u.tenant_id and r.role = u.role),
    case
      when exists (select from field_rights r where r.tenant_id = u.tenant_id and r.role = u.role)
      then limits_of_fields(u.tenant_id, u.role)
    end,
    (
      select m.started_at
      from imports m
      where m.tenant_id = u.tenant_id
        and m.status = 'running'
      order by m.started_at desc
      limit 1
    )
  from sessions s
  join identities i on i.id = s.identity_id
  left join users u
    on u.tenant_id = s.tenant_id and u.identity_id = s.identity_id and u.deactivated_at is null
  left join tenants t on t.id = u.tenant_id
  where s.token_digest = digest
    and s.expires_at > at
$function$;

create function set_up(digest bytea, at timestamp with time zone, provider_name text, provider_legal_form text, provider_street text, provider_postal_code text, provider_city text, provider_country text, provider_email text, officer_name text, officer_email text, tenant_id uuid, tenant_slug text, tenant_name text, tenant_locale text)
 returns boolean
 language plpgsql
 security definer
 set search_path TO 'public', 'pg_temp'
as $function$
begin
  update tokens set used_at = at
  where kind = 'setup' and token_digest = digest and used_at is null and expires_at > at;
  if not found or exists (select from provider) then
    return false;
  end if;
  insert into provider (
    name, legal_form, street, postal_code, city, country, email, dpo_name, dpo_email, created_at, updated_at
  ) values (
    provider_name, provider_legal_form, provider_street, provider_postal_code, provider_city,
    provider_country, provider_email, officer_name, officer_email, at, at
  );
  insert into tenants (id, slug, name, locale, country, created_at)
  values (tenant_id, tenant_slug, tenant_name, tenant_locale, provider_country, at);
  return true;
end $function$;

create function settle_processor_notices(oldest timestamp with time zone)
 returns void
 language sql
 security definer
 set search_path TO 'public', 'pg_temp'
as $function$
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
$function$;

create function shut_contact(of_contact uuid, trash boolean)
 returns boolean
 language plpgsql
 stable parallel safe security definer
 set search_path TO 'public', 'pg_temp'
as $function$
begin
  return exists (
    select from contacts c
    where c.tenant_id = current_tenant()
      and c.id = of_contact
      and (
        (c.restricted_at is not null and coalesce(current_setting('app.sees_restricted', true), '') <> 'on')
        or (trash and c.deleted_at is not null)
      )
  );
end $function$;

create function sole_ownerships(of_identity uuid)
 returns table(tenant_name text)
 language sql
 stable security definer
 set search_path TO 'public', 'pg_temp'
as $function$
  select t.name
  from users u
  join tenants t on t.id = u.tenant_id
  where u.identity_id = of_identity
    and u.role = 'owner'
    and u.deactivated_at is null
    and not exists (
      select
      from users o
      where o.tenant_id = u.tenant_id
        and o.role = 'owner'
        and o.deactivated_at is null
        and o.id <> u.id
    )
  order by t.name
  limit 200
$function$;

create function tenants_to_remind(until timestamp with time zone, most integer)
 returns table(tenant_id uuid)
 language sql
 stable security definer
 set search_path TO 'public', 'pg_temp'
as $function$
  select r.tenant_id
  from reminders r
  where r.sent_at is null
    and r.remind_at <= until
  group by r.tenant_id
  order by min(r.remind_at), r.tenant_id
  limit most
$function$;

create function transfer_by_digest(digest bytea)
 returns table(tenant_id uuid, id uuid)
 language sql
 stable security definer
 set search_path TO 'public', 'pg_temp'
as $function$
  select t.tenant_id, t.id
  from transfers t
  where t.token_digest = digest
$function$;

create function unsubscribe_link_by_digest(digest bytea)
 returns table(tenant_id uuid, tenant_name text, language text, used_at timestamp with time zone)
 language sql
 stable security definer
 set search_path TO 'public', 'pg_temp'
as $function$
  select l.tenant_id, t.name, l.language, l.used_at
  from unsubscribe_links l
  join tenants t on t.id = l.tenant_id
  where l.token_digest = digest
$function$;

create function untold_identities(policy uuid, due timestamp with time zone, bound integer)
 returns table(id uuid, email text, name text, locale text, bounced boolean)
 language sql
 stable security definer
 set search_path TO 'public', 'pg_temp'
as $function$
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
$function$;

create function untold_owners(change uuid, due timestamp with time zone, bound integer)
 returns table(tenant_id uuid, user_id uuid, email text, name text, locale text, tenant_name text, bounced boolean)
 language sql
 stable security definer
 set search_path TO 'public', 'pg_temp'
as $function$
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
$function$;

create function untold_withdrawals(bound integer)
 returns table(tenant_id uuid, change_id uuid, user_id uuid, email text, name text, locale text)
 language sql
 stable security definer
 set search_path TO 'public', 'pg_temp'
as $function$
  select n.tenant_id, n.change_id, n.user_id, i.email, i.name, i.locale
  from processor_notices n
  join users u on u.tenant_id = n.tenant_id and u.id = n.user_id
  join identities i on i.id = u.identity_id
  where n.withdrawal_due_at is not null
    and n.withdrawal_told_at is null
    and u.deactivated_at is null
  order by n.change_id, n.tenant_id, n.user_id
  limit least(bound, 1000)
$function$;

create function unusual_exports(since timestamp with time zone, least_rows integer, least_exports integer)
 returns table(tenant_id uuid, tenant_name text, user_id uuid, exports integer, row_sum integer)
 language sql
 stable security definer
 set search_path TO 'public', 'pg_temp'
as $function$
  select e.tenant_id, t.name, e.created_by, count(*)::int, coalesce(sum(e.rows), 0)::int
  from exports e
  join tenants t on t.id = e.tenant_id
  where e.created_at > since
  group by e.tenant_id, t.name, e.created_by
  having coalesce(sum(e.rows), 0) >= least_rows or count(*) >= least_exports
  order by 5 desc, 4 desc
  limit 50
$function$;

create function unvouch(of_tenant uuid, of_subject bytea, until timestamp with time zone)
 returns void
 language sql
 security definer
 set search_path TO 'public', 'pg_temp'
as $function$
  update users
  set vouched_at = null
  where tenant_id = of_tenant
    and tenant_id = coalesce(current_tenant(), of_tenant)
    and vouched_subject_digest = of_subject
    and vouched_at <= until
$function$;

create function update_provider(new_name text, new_legal_form text, new_street text, new_postal_code text, new_city text, new_land text, new_country text, new_email text, new_phone text, new_represented_by text, new_register_entry text, new_vat_id text, new_dpo_name text, new_dpo_email text, at timestamp with time zone)
 returns void
 language sql
 security definer
 set search_path TO 'public', 'pg_temp'
as $function$
  update provider
  set name = new_name, legal_form = new_legal_form, street = new_street,
    postal_code = new_postal_code, city = new_city, land = new_land, country = new_country,
    email = new_email, phone = new_phone, represented_by = new_represented_by,
    register_entry = new_register_entry, vat_id = new_vat_id, dpo_name = new_dpo_name,
    dpo_email = new_dpo_email, updated_at = at
$function$;

create function update_tenant(new_name text, new_trash_days integer)
 returns boolean
 language plpgsql
 security definer
 set search_path TO 'public', 'pg_temp'
as $function$
begin
  update tenants set name = new_name, trash_days = new_trash_days
  where id = current_tenant();
  return found;
end $function$;

create function verify_domain(of_tenant uuid, of_id uuid, at timestamp with time zone)
 returns boolean
 language plpgsql
 security definer
 set search_path TO 'public', 'pg_temp'
as $function$
begin
  perform pg_advisory_xact_lock(hashtextextended('sign_in_domains', 0));
  update sign_in_domains d set verified_at = at
  where d.tenant_id = of_tenant
    and d.id = of_id
    and not exists (
      select from sign_in_domains o
      where o.domain = d.domain and o.tenant_id <> d.tenant_id and o.verified_at is not null
    );
  return found;
end $function$;

create function web_form_entry_by_digest(digest bytea, since timestamp with time zone)
 returns table(tenant_id uuid, id uuid)
 language sql
 stable security definer
 set search_path TO 'public', 'pg_temp'
as $function$
  select e.tenant_id, e.id
  from web_form_entries e
  join tenants t on t.id = e.tenant_id
  where e.token_digest = digest
    and e.created_at > since
    and t.phase = 'open'
$function$;

create function webhook_leads_to(webhook uuid, wanted_host text, wanted_port integer)
 returns boolean
 language sql
 stable security definer
 set search_path TO 'public', 'pg_temp'
as $function$
  select exists (
    select
    from webhooks w
    where w.id = webhook
      and w.host = coalesce(wanted_host, w.host)
      and w.port = coalesce(wanted_port, w.port)
      and w.paused_at is null
  )
$function$;

create function withdraw_notice()
 returns boolean
 language plpgsql
 security definer
 set search_path TO 'public', 'pg_temp'
as $function$
begin
  update tenants
  set notice_given_at = null, uses_until = null, contract_ends_on = null, phase = 'open'
  where id = current_tenant()
    and notice_given_at is not null
    and phase <> 'erasing';
  return found;
end $function$;

create function withdraw_processor_notices(change uuid, at timestamp with time zone)
 returns void
 language sql
 security definer
 set search_path TO 'public', 'pg_temp'
as $function$
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
$function$;

create function without_common(pattern text, among text)
 returns text
 language plpgsql
 immutable parallel safe strict
as $function$
declare
  part constant text := btrim(pattern, '%');
  times int[] := '{}';
  first int := 1;
  last int := length(part) - 2;
begin
  if last < 2 then
    return pattern;
  end if;
  for place in first..last loop
    times := times || (length(among) - length(replace(among, substr(part, place, 3), ''))) / 3;
  end loop;
  while first < last and greatest(times[first], times[last]) >= 4 loop
    if times[first] > times[last] then
      first := first + 1;
    else
      last := last - 1;
    end if;
  end loop;
  return '%' || substr(part, first, last - first + 3) || '%';
end $function$;

create function write_facts(tenant uuid, deals_now uuid[])
 returns void
 language sql
 set "app.lifted" TO 'on'
as $function$
  delete from stat_facts where tenant_id = tenant and deal_id = any (deals_now);
  insert into stat_facts (
    tenant_id, deal_id, kind, month, pipeline_id, stage_id, lost_reason_id, amount_cents, currency, days,
    owner_id
  )
  select d.tenant_id, d.id, d.status, date_trunc('month', d.closed_at at time zone 'Europe/Berlin')::date,
    d.pipeline_id, d.stage_id, d.lost_reason_id, coalesce(d.amount_cents, 0), d.currency,
    greatest(0, extract(day from d.closed_at - d.created_at))::int, d.owner_id
  from deals d
  where d.tenant_id = tenant and d.id = any (deals_now) and d.status <> 'open' and d.merged_into is null
  union all
  select d.tenant_id, d.id, 'stage', date_trunc('month', d.closed_at at time zone 'Europe/Berlin')::date,
    s.pipeline_id, s.id, null, 0, d.currency, greatest(0, extract(day from g.until - g.at))::int, d.owner_id
  from deals d
  cross join lateral (
    select c.to_stage_id, c.at, coalesce(lead(c.at) over (order by c.at, c.id), d.closed_at) as until
    from deal_stage_changes c
    where c.tenant_id = d.tenant_id and c.deal_id = d.id
  ) g
  join stages s on s.tenant_id = d.tenant_id and s.id = g.to_stage_id and s.kind = 'open'
  where d.tenant_id = tenant and d.id = any (deals_now) and d.status <> 'open' and d.merged_into is null
$function$;

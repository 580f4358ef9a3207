-- Persons and companies, and all that hangs on them.

create table imports (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null,
  kind text not null default 'file' check (kind in ('file', 'sample')),
  status text not null check (
    status in ('uploaded', 'checking', 'checked', 'queued', 'running', 'done', 'failed', 'undoing', 'undone', 'expired')
  ),
  file_name text not null,
  file_size bigint not null default 0,
  inspection jsonb,
  options jsonb,
  source text,
  legal_basis text,
  purpose text,
  counts jsonb not null default '{}',
  progress int not null default 0,
  total int,
  error_code text,
  created_by uuid,
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  undo_until timestamptz,
  undone_at timestamptz,
  primary key (tenant_id, id)
);
create index imports_created on imports (tenant_id, created_at desc, id desc);
select distribute('imports');
select isolate('imports');

create table import_rows (
  tenant_id uuid not null,
  import_id uuid not null,
  row_no int not null,
  outcome text not null check (outcome in ('rejected', 'skipped', 'duplicate', 'warning')),
  problems jsonb not null default '[]',
  cells jsonb not null default '[]',
  contact_id uuid,
  primary key (tenant_id, import_id, row_no, outcome),
  foreign key (tenant_id, import_id) references imports (tenant_id, id) on delete cascade
);
select distribute('import_rows');
select isolate('import_rows');

create table companies (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null,
  name text not null check (name <> ''),
  legal_form text not null default '',
  industry text not null default '',
  status text not null default 'lead'
    check (status in ('lead', 'prospect', 'customer', 'partner', 'supplier', 'former')),
  customer_number text not null default '',
  vat_id text not null default '',
  tax_number text not null default '',
  register_court text not null default '',
  register_number text not null default '',
  website text not null default '',
  notes text not null default '',
  owner_id uuid,
  source text not null default '',
  import_id uuid,
  search text not null default '',
  sort_name text generated always as (fold(name)) stored,
  version int not null default 1,
  last_touch_at timestamptz not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  deleted_at timestamptz,
  deleted_by uuid,
  erase_after timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, owner_id) references users (tenant_id, id),
  foreign key (tenant_id, import_id) references imports (tenant_id, id)
);
create index companies_name on companies (tenant_id, sort_name collate "C", id) where deleted_at is null;
create index companies_touch on companies (tenant_id, last_touch_at desc, id desc) where deleted_at is null;
create index companies_created on companies (tenant_id, created_at desc, id desc) where deleted_at is null;
create index companies_trash on companies (tenant_id, erase_after) where deleted_at is not null;
create index companies_import on companies (tenant_id, import_id) where import_id is not null;
create index companies_owner on companies (tenant_id, owner_id) where owner_id is not null;
create index companies_number on companies (tenant_id, customer_number) where customer_number <> '';
select distribute('companies');
select isolate('companies');
create index companies_search on companies using gin (tenant_id, search gin_trgm_ops);

create table contacts (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null,
  salutation text not null default '' check (salutation in ('', 'ms', 'mr', 'divers')),
  title text not null default '',
  first_name text not null default '',
  name_prefix text not null default '',
  last_name text not null default '',
  name_suffix text not null default '',
  letter_salutation text not null default '',
  address_form text not null default 'formal' check (address_form in ('formal', 'informal')),
  language text not null default 'de' check (language ~ '^[a-z]{2}$'),
  position text not null default '',
  birthday text check (birthday ~ '^([0-9]{4}|-)-[0-9]{2}-[0-9]{2}$'),
  customer_number text not null default '',
  status text not null default 'lead'
    check (status in ('lead', 'prospect', 'customer', 'partner', 'supplier', 'former')),
  owner_id uuid,
  notes text not null default '',
  website text not null default '',
  -- privacy, from birth
  source text not null check (source <> ''),
  source_channel text not null check (source_channel in ('manual', 'import', 'sample', 'mail', 'form', 'api')),
  legal_basis text not null check (
    legal_basis in ('contract', 'consent', 'legitimate_interest', 'legal_obligation', 'pre_contract')
  ),
  purpose text not null check (purpose in ('customer_care', 'sales', 'marketing', 'supply', 'legal_duty')),
  notice_due_on date,
  notice_sent_at timestamptz,
  restricted_at timestamptz,
  restricted_reason text,
  restricted_until date,
  retain_until date,
  retain_reason text,
  last_touch_at timestamptz not null,
  -- housekeeping
  import_id uuid,
  external_uid text not null default '',
  search text not null default '',
  sort_name text generated always as (
    fold(case when last_name = '' then first_name else last_name || ' ' || first_name end)
  ) stored,
  version int not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  deleted_at timestamptz,
  deleted_by uuid,
  erase_after timestamptz,
  primary key (tenant_id, id),
  check (first_name <> '' or last_name <> ''),
  foreign key (tenant_id, owner_id) references users (tenant_id, id),
  foreign key (tenant_id, import_id) references imports (tenant_id, id)
);
create index contacts_name on contacts (tenant_id, sort_name collate "C", id) where deleted_at is null;
create index contacts_touch on contacts (tenant_id, last_touch_at desc, id desc) where deleted_at is null;
create index contacts_created on contacts (tenant_id, created_at desc, id desc) where deleted_at is null;
create index contacts_trash on contacts (tenant_id, erase_after) where deleted_at is not null;
create index contacts_import on contacts (tenant_id, import_id) where import_id is not null;
create index contacts_owner on contacts (tenant_id, owner_id) where owner_id is not null;
create index contacts_number on contacts (tenant_id, customer_number) where customer_number <> '';
create index contacts_uid on contacts (tenant_id, external_uid) where external_uid <> '';
select distribute('contacts');
alter table contacts enable row level security;
-- Art. 18 GDPR: a restricted person is invisible unless the transaction says that it may look.
create policy tenant on contacts
  using (
    tenant_id = current_tenant()
    and (restricted_at is null or current_setting('app.sees_restricted', true) = 'on')
  )
  with check (tenant_id = current_tenant());
create index contacts_search on contacts using gin (tenant_id, search gin_trgm_ops);

create table affiliations (
  tenant_id uuid not null,
  id uuid not null,
  contact_id uuid not null,
  company_id uuid not null,
  role text not null default '',
  department text not null default '',
  is_primary boolean not null default false,
  since_on date,
  until_on date,
  primary key (tenant_id, id),
  check (until_on is null or since_on is null or until_on >= since_on),
  foreign key (tenant_id, contact_id) references contacts (tenant_id, id) on delete cascade,
  foreign key (tenant_id, company_id) references companies (tenant_id, id) on delete cascade
);
create index affiliations_contact on affiliations (tenant_id, contact_id);
create index affiliations_company on affiliations (tenant_id, company_id);
select distribute('affiliations');
select isolate('affiliations');

create table emails (
  tenant_id uuid not null,
  id uuid not null,
  contact_id uuid,
  company_id uuid,
  kind text not null default 'work' check (kind in ('work', 'home', 'other')),
  address text not null check (address <> ''),
  address_key text generated always as (lower(address)) stored,
  position int not null default 0,
  primary key (tenant_id, id),
  check (num_nonnulls(contact_id, company_id) = 1),
  foreign key (tenant_id, contact_id) references contacts (tenant_id, id) on delete cascade,
  foreign key (tenant_id, company_id) references companies (tenant_id, id) on delete cascade
);
create index emails_key on emails (tenant_id, address_key);
create index emails_contact on emails (tenant_id, contact_id, position) where contact_id is not null;
create index emails_company on emails (tenant_id, company_id, position) where company_id is not null;
select distribute('emails');
select isolate('emails');

create table phones (
  tenant_id uuid not null,
  id uuid not null,
  contact_id uuid,
  company_id uuid,
  kind text not null default 'work' check (kind in ('work', 'mobile', 'home', 'fax', 'other')),
  number text not null check (number <> ''),
  position int not null default 0,
  primary key (tenant_id, id),
  check (num_nonnulls(contact_id, company_id) = 1),
  foreign key (tenant_id, contact_id) references contacts (tenant_id, id) on delete cascade,
  foreign key (tenant_id, company_id) references companies (tenant_id, id) on delete cascade
);
create index phones_number on phones (tenant_id, number);
create index phones_contact on phones (tenant_id, contact_id, position) where contact_id is not null;
create index phones_company on phones (tenant_id, company_id, position) where company_id is not null;
select distribute('phones');
select isolate('phones');

create table addresses (
  tenant_id uuid not null,
  id uuid not null,
  contact_id uuid,
  company_id uuid,
  kind text not null default 'work'
    check (kind in ('work', 'home', 'billing', 'shipping', 'visit', 'other')),
  street text not null default '',
  extra text not null default '',
  po_box text not null default '',
  postal_code text not null default '',
  city text not null default '',
  region text not null default '',
  country text not null default '' check (country = '' or country ~ '^[A-Z]{2}$'),
  position int not null default 0,
  primary key (tenant_id, id),
  check (num_nonnulls(contact_id, company_id) = 1),
  foreign key (tenant_id, contact_id) references contacts (tenant_id, id) on delete cascade,
  foreign key (tenant_id, company_id) references companies (tenant_id, id) on delete cascade
);
create index addresses_contact on addresses (tenant_id, contact_id, position) where contact_id is not null;
create index addresses_company on addresses (tenant_id, company_id, position) where company_id is not null;
select distribute('addresses');
select isolate('addresses');

create table tags (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null,
  name text not null check (name <> ''),
  name_key text generated always as (lower(name)) stored,
  import_id uuid,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, name_key),
  foreign key (tenant_id, import_id) references imports (tenant_id, id)
);
select distribute('tags');
select isolate('tags');

create table contact_tags (
  tenant_id uuid not null,
  tag_id uuid not null,
  contact_id uuid not null,
  primary key (tenant_id, tag_id, contact_id),
  foreign key (tenant_id, tag_id) references tags (tenant_id, id) on delete cascade,
  foreign key (tenant_id, contact_id) references contacts (tenant_id, id) on delete cascade
);
create index contact_tags_contact on contact_tags (tenant_id, contact_id);
select distribute('contact_tags');
select isolate('contact_tags');

create table company_tags (
  tenant_id uuid not null,
  tag_id uuid not null,
  company_id uuid not null,
  primary key (tenant_id, tag_id, company_id),
  foreign key (tenant_id, tag_id) references tags (tenant_id, id) on delete cascade,
  foreign key (tenant_id, company_id) references companies (tenant_id, id) on delete cascade
);
create index company_tags_company on company_tags (tenant_id, company_id);
select distribute('company_tags');
select isolate('company_tags');

-- Deals: pipelines with their stages, what is sold to whom, and the way of each deal through them.

create table pipelines (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null,
  name text not null check (name <> ''),
  position int not null default 0,
  created_at timestamptz not null,
  -- Taken out of use; the histories of deals still name it.
  removed_at timestamptz,
  primary key (tenant_id, id)
);
select distribute('pipelines');
select isolate('pipelines');

create table stages (
  tenant_id uuid not null,
  id uuid not null,
  pipeline_id uuid not null,
  name text not null check (name <> ''),
  kind text not null check (kind in ('open', 'won', 'lost')),
  position int not null default 0,
  probability int not null check (probability between 0 and 100),
  colour text not null default 'grey'
    check (colour in ('grey', 'blue', 'teal', 'green', 'yellow', 'orange', 'red', 'violet')),
  -- After so many days in it a deal is shown as rotting; null for never.
  rotting_days int check (rotting_days between 1 and 365),
  removed_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, pipeline_id, id, kind),
  check (kind = 'open' or rotting_days is null),
  check (probability = case kind when 'won' then 100 when 'lost' then 0 else probability end),
  foreign key (tenant_id, pipeline_id) references pipelines (tenant_id, id) on delete cascade
);
select distribute('stages');
select isolate('stages');

create table lost_reasons (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null,
  name text not null check (name <> ''),
  position int not null default 0,
  removed_at timestamptz,
  primary key (tenant_id, id)
);
select distribute('lost_reasons');
select isolate('lost_reasons');

create table deals (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null,
  title text not null check (title <> ''),
  company_id uuid,
  -- Up to 100 thousand millions: the sum of many is still exact where numbers end at 2^53.
  amount_cents bigint check (amount_cents between 0 and 9999999999999),
  currency text not null default 'EUR' check (currency ~ '^[A-Z]{3}$'),
  expected_close_on date,
  owner_id uuid,
  source text not null default '',
  notes text not null default '',
  pipeline_id uuid not null,
  stage_id uuid not null,
  -- The kind of the stage.
  status text not null,
  stage_since timestamptz not null,
  closed_at timestamptz,
  lost_reason_id uuid,
  import_id uuid,
  search text not null default '',
  summary jsonb not null default '{}',
  sort_name text generated always as (fold(title)) stored,
  -- To sort by what may be missing.
  amount_key bigint generated always as (coalesce(amount_cents, -1)) stored,
  close_key date generated always as (coalesce(expected_close_on, '9999-12-31')) stored,
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
  check ((status = 'open') = (closed_at is null)),
  check (lost_reason_id is null or status = 'lost'),
  foreign key (tenant_id, company_id) references companies (tenant_id, id) on delete set null (company_id),
  foreign key (tenant_id, owner_id) references users (tenant_id, id),
  foreign key (tenant_id, pipeline_id, stage_id, status) references stages (tenant_id, pipeline_id, id, kind),
  foreign key (tenant_id, lost_reason_id) references lost_reasons (tenant_id, id),
  foreign key (tenant_id, import_id) references imports (tenant_id, id)
);
create index deals_name on deals (tenant_id, sort_name collate "C", id) where deleted_at is null;
create index deals_touch on deals (tenant_id, last_touch_at desc, id desc) where deleted_at is null;
create index deals_created on deals (tenant_id, created_at desc, id desc) where deleted_at is null;
create index deals_amount on deals (tenant_id, amount_key, id) where deleted_at is null;
create index deals_close on deals (tenant_id, close_key, id) where deleted_at is null;
create index deals_owner on deals (tenant_id, owner_id, sort_name collate "C", id) where deleted_at is null;
create index deals_status on deals (tenant_id, status, sort_name collate "C", id) where deleted_at is null;
create index deals_company on deals (tenant_id, company_id) where company_id is not null;
create index deals_trash on deals (tenant_id, erase_after) where deleted_at is not null;
create index deals_import on deals (tenant_id, import_id) where import_id is not null;
-- The columns of the board, and their sums without looking at the rows.
create index deals_board on deals (tenant_id, stage_id, stage_since desc, id desc)
  include (amount_cents, currency) where deleted_at is null;
select distribute('deals');
select isolate('deals');
create index deals_search on deals using gin (tenant_id, search gin_trgm_ops)
  with (gin_pending_list_limit = 256);
select keep_out_of_statistics('deals', 'title', 'notes', 'search', 'summary', 'sort_name');

-- The persons a deal is made with, each in a role.
create table deal_contacts (
  tenant_id uuid not null,
  deal_id uuid not null,
  contact_id uuid not null,
  role text not null default '',
  added_at timestamptz not null,
  primary key (tenant_id, deal_id, contact_id),
  foreign key (tenant_id, deal_id) references deals (tenant_id, id) on delete cascade,
  foreign key (tenant_id, contact_id) references contacts (tenant_id, id) on delete cascade
);
create index deal_contacts_contact on deal_contacts (tenant_id, contact_id);
select distribute('deal_contacts');
select isolate('deal_contacts');

create table deal_tags (
  tenant_id uuid not null,
  tag_id uuid not null,
  deal_id uuid not null,
  primary key (tenant_id, tag_id, deal_id),
  foreign key (tenant_id, tag_id) references tags (tenant_id, id) on delete cascade,
  foreign key (tenant_id, deal_id) references deals (tenant_id, id) on delete cascade
);
create index deal_tags_deal on deal_tags (tenant_id, deal_id);
select distribute('deal_tags');
select isolate('deal_tags');

-- Each step of a deal, the first one from nowhere.
create table deal_stage_changes (
  tenant_id uuid not null,
  id uuid not null,
  deal_id uuid not null,
  from_stage_id uuid,
  to_stage_id uuid not null,
  at timestamptz not null,
  -- Null for the system.
  actor_id uuid,
  primary key (tenant_id, id),
  foreign key (tenant_id, deal_id) references deals (tenant_id, id) on delete cascade,
  foreign key (tenant_id, from_stage_id) references stages (tenant_id, id),
  foreign key (tenant_id, to_stage_id) references stages (tenant_id, id)
);
create index deal_stage_changes_deal on deal_stage_changes (tenant_id, deal_id, at desc, id desc);
select distribute('deal_stage_changes');
select isolate('deal_stage_changes');

-- Deals have a history, views, changes of many, visits and exports like the other records.
alter table changes
  drop constraint changes_record_kind_check,
  add constraint changes_record_kind_check check (record_kind in (
    'contact', 'company', 'deal', 'import', 'export', 'user', 'tenant', 'tag', 'pipeline', 'lost_reason'
  ));
alter table exports
  drop constraint exports_kind_check,
  add constraint exports_kind_check check (kind in ('contacts', 'companies', 'deals'));
alter table views
  drop constraint views_kind_check,
  add constraint views_kind_check check (kind in ('contact', 'company', 'deal'));
alter table view_defaults
  drop constraint view_defaults_kind_check,
  add constraint view_defaults_kind_check check (kind in ('contact', 'company', 'deal'));

alter table visits add column deal_id uuid;
alter table visits
  drop constraint visits_check,
  add constraint visits_check check (
    record_id = coalesce(contact_id, company_id, deal_id)
    and num_nonnulls(contact_id, company_id, deal_id) = 1
  ),
  add foreign key (tenant_id, deal_id) references deals (tenant_id, id) on delete cascade;
create index visits_deal on visits (tenant_id, deal_id) where deal_id is not null;

alter table bulk_changes
  drop constraint bulk_changes_kind_check,
  add constraint bulk_changes_kind_check check (kind in ('contact', 'company', 'deal')),
  drop constraint bulk_changes_action_check,
  add constraint bulk_changes_action_check
    check (action in ('tag', 'untag', 'owner', 'status', 'stage', 'delete'));
-- A generated column gets another expression only by being made anew before PostgreSQL 17.
alter table bulk_change_rows add column deal_id uuid;
alter table bulk_change_rows
  drop constraint bulk_change_rows_check,
  drop constraint bulk_change_rows_pkey,
  drop column record_id;
alter table bulk_change_rows
  add column record_id uuid not null generated always as (coalesce(contact_id, company_id, deal_id)) stored;
alter table bulk_change_rows
  add primary key (tenant_id, bulk_change_id, record_id),
  add constraint bulk_change_rows_check check (num_nonnulls(contact_id, company_id, deal_id) = 1),
  add foreign key (tenant_id, deal_id) references deals (tenant_id, id) on delete cascade;
create index bulk_change_rows_deal on bulk_change_rows (tenant_id, deal_id) where deal_id is not null;

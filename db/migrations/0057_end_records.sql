-- What a tenant has set about the periods of its records, in months and days.
create table retention_settings (
  tenant_id uuid not null references tenants (id) on delete cascade,
  prospect int not null check (prospect between 1 and 36),
  lost_deal int not null check (lost_deal between 1 and 36),
  applicant int not null check (applicant between 1 and 6),
  claim int not null check (claim between 12 and 36),
  confirm_days int not null check (confirm_days between 0 and 90),
  primary key (tenant_id)
);
select distribute('retention_settings');
select isolate('retention_settings');

-- Documents and decisions that keep a record longer than its own state does.
create table retention_duties (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null,
  contact_id uuid,
  company_id uuid,
  deal_id uuid,
  class text not null check (class in ('letter', 'voucher', 'books', 'applicant', 'claim', 'kept')),
  reference text not null check (reference <> ''),
  starts_on date,
  ends_on date,
  created_by uuid,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, contact_id) references contacts (tenant_id, id) on delete cascade,
  foreign key (tenant_id, company_id) references companies (tenant_id, id) on delete cascade,
  foreign key (tenant_id, deal_id) references deals (tenant_id, id) on delete cascade,
  check (num_nonnulls(contact_id, company_id, deal_id) = 1),
  check ((class = 'kept') = (ends_on is not null))
);
alter table retention_duties alter column reference set statistics 0;
create index retention_duties_contact on retention_duties (tenant_id, contact_id) where contact_id is not null;
create index retention_duties_company on retention_duties (tenant_id, company_id) where company_id is not null;
create index retention_duties_deal on retention_duties (tenant_id, deal_id) where deal_id is not null;
select distribute('retention_duties');
select isolate('retention_duties');

-- What suspends an erasure, with a day on which somebody looks at it again.
create table holds (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null,
  contact_id uuid,
  company_id uuid,
  deal_id uuid,
  kind text not null check (kind in ('law', 'dispute', 'assessment', 'case')),
  reason text not null check (reason <> ''),
  review_on date not null,
  created_by uuid,
  created_at timestamptz not null,
  released_by uuid,
  released_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, contact_id) references contacts (tenant_id, id) on delete cascade,
  foreign key (tenant_id, company_id) references companies (tenant_id, id) on delete cascade,
  foreign key (tenant_id, deal_id) references deals (tenant_id, id) on delete cascade,
  check (num_nonnulls(contact_id, company_id, deal_id) = 1)
);
alter table holds alter column reason set statistics 0;
create index holds_contact on holds (tenant_id, contact_id) where contact_id is not null;
create index holds_company on holds (tenant_id, company_id) where company_id is not null;
create index holds_deal on holds (tenant_id, deal_id) where deal_id is not null;
create index holds_review on holds (tenant_id, review_on) where released_at is null;
select distribute('holds');
select isolate('holds');

-- Records whose end is near or here, found by the nightly look, until they are erased or kept.
create table due_records (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null,
  contact_id uuid,
  company_id uuid,
  deal_id uuid,
  class text not null,
  due_on date not null,
  -- On this day it is erased, confirmed or not.
  bound_on date not null,
  found_at timestamptz not null,
  announced_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, contact_id),
  unique (tenant_id, company_id),
  unique (tenant_id, deal_id),
  foreign key (tenant_id, contact_id) references contacts (tenant_id, id) on delete cascade,
  foreign key (tenant_id, company_id) references companies (tenant_id, id) on delete cascade,
  foreign key (tenant_id, deal_id) references deals (tenant_id, id) on delete cascade,
  check (num_nonnulls(contact_id, company_id, deal_id) = 1)
);
create index due_records_due on due_records (tenant_id, due_on, id);
create index due_records_bound on due_records (bound_on);
select distribute('due_records');
select isolate('due_records');

-- How far the look of a day has come with each kind, so that it goes on where it was broken off.
create table retention_runs (
  tenant_id uuid not null references tenants (id) on delete cascade,
  kind text not null check (kind in ('contact', 'company', 'deal')),
  run_on date not null,
  after_at timestamptz,
  after_id uuid,
  finished_at timestamptz,
  looked int not null default 0,
  erased int not null default 0,
  reported int not null default 0,
  primary key (tenant_id, kind, run_on)
);
select distribute('retention_runs');
select isolate('retention_runs');

-- Records whose bound has passed by more than a day, over all tenants: a number, nobody's name.
create function records_overdue(at timestamptz) returns table (due int, overdue int)
language sql stable security definer set search_path = public, pg_temp
as $$
  select count(*)::int,
    (count(*) filter (where bound_on < ((at - interval '1 day') at time zone 'Europe/Berlin')::date))::int
  from due_records d
  where due_on <= (at at time zone 'Europe/Berlin')::date
$$;

-- Products, what a deal consists of, offers made of it with the numbers they bear, and letterheads.

create table products (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null,
  number text not null default '',
  name text not null check (name <> ''),
  description text not null default '',
  unit text not null default '',
  price_cents bigint not null check (price_cents between 0 and 9999999999999),
  currency text not null default 'EUR' check (currency ~ '^[A-Z]{3}$'),
  -- Hundredths of a percent.
  vat_rate int not null check (vat_rate between 0 and 10000),
  active boolean not null default true,
  number_key text generated always as (lower(number)) stored,
  sort_name text generated always as (fold(name)) stored,
  search text generated always as (fold(number || ' ' || name)) stored,
  version int not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
create index products_name on products (tenant_id, sort_name collate "C", id);
create unique index products_number on products (tenant_id, number_key) where number_key <> '';
select distribute('products');
select isolate('products');

-- What a deal's lines come to; its version tells of two who write them at once.
create table deal_calculations (
  tenant_id uuid not null,
  deal_id uuid not null,
  -- Whether its prices hold the tax already.
  gross boolean not null,
  net_cents bigint not null,
  vat_cents bigint not null,
  version int not null default 1,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, deal_id),
  foreign key (tenant_id, deal_id) references deals (tenant_id, id) on delete cascade
);
select distribute('deal_calculations');
select isolate('deal_calculations');

create table deal_items (
  tenant_id uuid not null,
  id uuid not null,
  deal_id uuid not null,
  position int not null,
  product_id uuid,
  name text not null check (name <> ''),
  description text not null default '',
  unit text not null default '',
  -- Thousandths.
  quantity bigint not null check (quantity between 1 and 999999999999),
  price_cents bigint not null check (price_cents between 0 and 9999999999999),
  -- Hundredths of a percent, both.
  discount int not null default 0 check (discount between 0 and 10000),
  vat_rate int not null check (vat_rate between 0 and 10000),
  primary key (tenant_id, id),
  foreign key (tenant_id, deal_id) references deals (tenant_id, id) on delete cascade,
  foreign key (tenant_id, product_id) references products (tenant_id, id) on delete set null (product_id)
);
create index deal_items_deal on deal_items (tenant_id, deal_id, position);
create index deal_items_product on deal_items (tenant_id, product_id) where product_id is not null;
select distribute('deal_items');
select isolate('deal_items');
select keep_out_of_statistics('deal_items', 'name', 'description', 'unit');

create table offer_settings (
  tenant_id uuid not null references tenants (id) on delete cascade,
  number_format text not null,
  valid_days int not null check (valid_days between 1 and 365),
  gross boolean not null,
  vat_rate int not null check (vat_rate between 0 and 10000),
  opening_de text not null,
  opening_en text not null,
  closing_de text not null,
  closing_en text not null,
  updated_at timestamptz not null,
  primary key (tenant_id)
);
select distribute('offer_settings');
select isolate('offer_settings');

-- What stands on the paper of letters and offers beside the address of the house.
create table letterheads (
  tenant_id uuid not null references tenants (id) on delete cascade,
  logo bytea check (octet_length(logo) <= 300000),
  logo_type text check (logo_type in ('png', 'jpg')),
  footer text not null default '',
  updated_at timestamptz not null,
  primary key (tenant_id),
  check ((logo is null) = (logo_type is null))
);
select distribute('letterheads');
select isolate('letterheads');
select keep_out_of_statistics('letterheads', 'logo', 'footer');

-- The last number given out of a series; its row is held until the number's paper is written.
create table number_ranges (
  tenant_id uuid not null references tenants (id) on delete cascade,
  series text not null,
  last int not null check (last > 0),
  primary key (tenant_id, series)
);
select distribute('number_ranges');
select isolate('number_ranges');

create table offers (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null,
  -- The first of its versions; its own id for that.
  first_id uuid not null,
  version_no int not null default 1 check (version_no between 1 and 999),
  deal_id uuid,
  contact_id uuid,
  company_id uuid,
  -- Given when the first version is issued, and the same for all.
  number text check (number <> ''),
  state text not null default 'draft'
    check (state in ('draft', 'issued', 'sent', 'accepted', 'declined', 'replaced')),
  language text not null check (language in ('de', 'en')),
  recipient text not null default '',
  subject text not null check (subject <> ''),
  opening text not null default '',
  closing text not null default '',
  valid_until date not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  gross boolean not null default false,
  -- Lines and sums as they were issued; those of a draft are its deal's.
  items jsonb not null default '[]',
  net_cents bigint not null default 0,
  vat_cents bigint not null default 0,
  issued_on date,
  paper bytea,
  paper_digest bytea,
  message_id uuid,
  sent_at timestamptz,
  decided_at timestamptz,
  -- The last day of an offer that became a contract.
  kept_until date,
  version int not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id),
  unique (tenant_id, first_id, version_no),
  unique (tenant_id, number, version_no),
  check ((state = 'draft') = (issued_on is null)),
  check (issued_on is null or number is not null),
  check ((state in ('accepted', 'declined')) = (decided_at is not null)),
  check ((state = 'accepted') = (kept_until is not null)),
  foreign key (tenant_id, deal_id) references deals (tenant_id, id) on delete set null (deal_id),
  foreign key (tenant_id, contact_id) references contacts (tenant_id, id) on delete set null (contact_id),
  foreign key (tenant_id, company_id) references companies (tenant_id, id) on delete set null (company_id),
  foreign key (tenant_id, message_id) references messages (tenant_id, id) on delete set null (message_id)
);
create index offers_created on offers (tenant_id, created_at desc, id desc);
create index offers_deal on offers (tenant_id, deal_id) where deal_id is not null;
create index offers_contact on offers (tenant_id, contact_id) where contact_id is not null;
create index offers_company on offers (tenant_id, company_id) where company_id is not null;
create index offers_message on offers (tenant_id, message_id) where message_id is not null;
create index offers_kept on offers (tenant_id, kept_until) where kept_until is not null;
select distribute('offers');
select isolate('offers');
select keep_out_of_statistics('offers', 'recipient', 'subject', 'opening', 'closing', 'items', 'paper');

-- An issued version stays as it is; only an erasure makes persons unreadable in it.
create function keep_issued_offers() returns trigger language plpgsql as $$
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
end $$;
create trigger keep before update on offers for each row execute function keep_issued_offers();

-- The provider's Land decides its authority and its holidays.
alter table provider add column land text not null default '';
alter table provider add check (land in (
  '', 'BW', 'BY', 'BE', 'BB', 'HB', 'HH', 'HE', 'MV', 'NI', 'NW', 'RP', 'SL', 'SN', 'ST', 'SH', 'TH'
));
select keep_out_of_statistics('provider', 'land');

drop function update_provider(
  text, text, text, text, text, text, text, text, text, text, text, text, text, timestamptz
);
create function update_provider(
  new_name text, new_legal_form text, new_street text, new_postal_code text, new_city text,
  new_land text, new_country text, new_email text, new_phone text, new_represented_by text,
  new_register_entry text, new_vat_id text, new_dpo_name text, new_dpo_email text, at timestamptz
) returns void
language sql security definer set search_path = public, pg_temp
as $$
  update provider
  set name = new_name, legal_form = new_legal_form, street = new_street,
    postal_code = new_postal_code, city = new_city, land = new_land, country = new_country,
    email = new_email, phone = new_phone, represented_by = new_represented_by,
    register_entry = new_register_entry, vat_id = new_vat_id, dpo_name = new_dpo_name,
    dpo_email = new_dpo_email, updated_at = at
$$;

-- Why a legitimate interest outweighs (Art. 6(1)(f) GDPR): each review is a row of its own.
create table balancing_tests (
  id uuid primary key,
  activity text not null,
  interest text not null check (interest <> ''),
  necessity text not null check (necessity <> ''),
  balance text not null check (balance <> ''),
  reviewer text not null check (reviewer <> ''),
  reviewed_on date not null,
  created_at timestamptz not null,
  created_by uuid references identities (id) on delete set null
);
create index balancing_tests_activity on balancing_tests (activity, reviewed_on desc, id desc);
select replicate('balancing_tests');
select keep_out_of_statistics('balancing_tests', 'interest', 'necessity', 'balance', 'reviewer');

-- Which text of the processing agreement a customer has accepted, and who did so (Art. 28(3) GDPR).
create table processing_agreements (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null,
  sha256 text not null,
  content jsonb not null,
  accepted_by_name text not null check (accepted_by_name <> ''),
  user_id uuid,
  accepted_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, sha256)
);
select distribute('processing_agreements');
select isolate('processing_agreements');
select keep_out_of_statistics('processing_agreements', 'accepted_by_name');

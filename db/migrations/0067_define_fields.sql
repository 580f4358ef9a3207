-- Fields that a house defines for its contacts, companies and deals, each with what the personal-data
-- map says of a column. A value is a row: it can be found by an index past row-level security, which
-- no operator of jsonb gets past, it goes with its field, its choice and its person by foreign keys,
-- and records of a house without such fields stay as narrow as they were.

-- What a value is compared and sorted by; a number that is none any more sorts as a text.
create function custom_key(kind text, value text) returns text
language sql immutable parallel safe strict
as $$
  select case
    when kind in ('number', 'money') and value ~ '^-?[0-9]{1,14}(\.[0-9]{1,6})?$'
      then lpad((value::numeric + 1000000000000000)::numeric(22, 6)::text, 23, '0')
    when kind in ('text', 'long_text', 'link', 'number', 'money') then left(fold(value), 200)
    else value end
$$;

create table custom_fields (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null,
  record_kind text not null check (record_kind in ('contact', 'company', 'deal')),
  kind text not null check (kind in (
    'text', 'long_text', 'number', 'money', 'date', 'choice', 'choices', 'yes_no', 'link', 'person'
  )),
  -- What templates, files for machines and the API call it; it stays when the label changes.
  name text not null check (name ~ '^[a-z][a-z0-9_]{0,59}$'),
  label_de text not null check (label_de <> ''),
  label_en text not null default '',
  help_de text not null default '',
  help_en text not null default '',
  position int not null,
  required boolean not null default false,
  -- The personal-data map of this column.
  category text not null check (category in (
    'name', 'contact', 'address', 'birth', 'identifier', 'work', 'organisation', 'content',
    'classification', 'sales'
  )),
  purpose text not null
    check (purpose in ('customer_care', 'sales', 'marketing', 'supply', 'legal_duty')),
  legal_basis text not null check (legal_basis in (
    'contract', 'pre_contract', 'consent', 'legitimate_interest', 'legal_obligation'
  )),
  -- Art. 20 GDPR: whether the person gives it.
  provided boolean not null default false,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  -- Out of use at once; a job takes the values away and then the field.
  removed_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, id, kind)
);
create unique index custom_fields_name on custom_fields (tenant_id, record_kind, name) where removed_at is null;
select distribute('custom_fields');
select isolate('custom_fields');

create table custom_choices (
  tenant_id uuid not null,
  id uuid not null,
  field_id uuid not null,
  label_de text not null check (label_de <> ''),
  label_en text not null default '',
  position int not null,
  primary key (tenant_id, id),
  unique (tenant_id, field_id, id),
  foreign key (tenant_id, field_id) references custom_fields (tenant_id, id) on delete cascade
);
select distribute('custom_choices');
select isolate('custom_choices');

create table custom_values (
  tenant_id uuid not null,
  id uuid not null,
  field_id uuid not null,
  kind text not null,
  contact_id uuid,
  company_id uuid,
  deal_id uuid,
  -- The place among several choices.
  item int not null default 0,
  value text not null,
  key text generated always as (custom_key(kind, value)) stored,
  -- What the value names, where it is no text.
  choice_id uuid,
  person_id uuid,
  primary key (tenant_id, id),
  check (num_nonnulls(contact_id, company_id, deal_id) = 1),
  check (value <> ''),
  check ((choice_id is not null) = (kind in ('choice', 'choices'))),
  check ((person_id is not null) = (kind = 'person')),
  check (kind not in ('choice', 'choices', 'person') or value = coalesce(choice_id, person_id)::text),
  foreign key (tenant_id, field_id, kind) references custom_fields (tenant_id, id, kind) on delete cascade,
  foreign key (tenant_id, field_id, choice_id)
    references custom_choices (tenant_id, field_id, id) on delete cascade,
  foreign key (tenant_id, person_id) references contacts (tenant_id, id) on delete cascade,
  foreign key (tenant_id, contact_id) references contacts (tenant_id, id) on delete cascade,
  foreign key (tenant_id, company_id) references companies (tenant_id, id) on delete cascade,
  foreign key (tenant_id, deal_id) references deals (tenant_id, id) on delete cascade
);
create unique index custom_values_contact on custom_values (tenant_id, contact_id, field_id, item)
  where contact_id is not null;
create unique index custom_values_company on custom_values (tenant_id, company_id, field_id, item)
  where company_id is not null;
create unique index custom_values_deal on custom_values (tenant_id, deal_id, field_id, item)
  where deal_id is not null;
create index custom_values_key on custom_values (tenant_id, field_id, key collate "C");
create index custom_values_person on custom_values (tenant_id, person_id) where person_id is not null;
select distribute('custom_values');
select isolate('custom_values');
select keep_out_of_statistics('custom_values', 'value', 'key');


alter table changes
  drop constraint changes_record_kind_check,
  add constraint changes_record_kind_check check (record_kind in (
    'contact', 'company', 'deal', 'activity', 'import', 'export', 'user', 'tenant', 'tag', 'pipeline',
    'lost_reason', 'custom_field'
  ));

-- Search texts as before, and the words of own fields; persons stand in them no more than in those of deals.
create or replace function refresh_contact_search(ids uuid[]) returns void
language sql
as $$
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
$$;

create or replace function refresh_company_search(ids uuid[]) returns void
language sql
as $$
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
$$;

create or replace function refresh_deal_search(ids uuid[]) returns void
language sql
as $$
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
$$;

-- What a role may not do with single fields of records: read only, or not even see. The owner's role is
-- never narrowed. An own field that is hidden from any role is left out of the search texts of all.
create table field_rights (
  tenant_id uuid not null references tenants (id) on delete cascade,
  record_kind text not null check (record_kind in ('contact', 'company', 'deal')),
  -- A name of `db/field_catalogue.ts`, or the id of an own field.
  field text not null check (field <> ''),
  role text not null check (role in ('admin', 'member', 'read_only')),
  custom_field_id uuid check (custom_field_id is null or field = custom_field_id::text),
  level text not null check (level in ('read_only', 'hidden')),
  primary key (tenant_id, record_kind, field, role),
  foreign key (tenant_id, custom_field_id) references custom_fields (tenant_id, id) on delete cascade
);
select distribute('field_rights');
select isolate('field_rights');
create index field_rights_custom_field on field_rights (tenant_id, custom_field_id) where custom_field_id is not null;

alter table custom_fields add column unsearched boolean not null default false;

-- A role's limits by kind of record and field; null where there are none. Asked with the session,
-- before any house is chosen; inside a house it tells of that one alone.
create function field_limits(of_tenant uuid, of_role text) returns jsonb
language sql stable security definer set search_path = public, pg_temp
as $$
  select jsonb_object_agg(k.record_kind, k.fields)
  from (
    select r.record_kind, jsonb_object_agg(r.field, r.level) as fields
    from field_rights r
    where r.tenant_id = of_tenant
      and r.tenant_id = coalesce(current_tenant(), of_tenant)
      and r.role = of_role
    group by r.record_kind
  ) k
$$;

create or replace function refresh_company_search(ids uuid[]) returns void
language sql set plan_cache_mode = force_generic_plan
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
$$;

create or replace function refresh_contact_search(ids uuid[]) returns void
language sql set plan_cache_mode = force_generic_plan
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
$$;

create or replace function refresh_deal_search(ids uuid[]) returns void
language sql set plan_cache_mode = force_generic_plan
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
$$;

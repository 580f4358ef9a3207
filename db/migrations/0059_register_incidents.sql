-- The register of personal data breaches (Art. 33(5) GDPR): every one, told to the authority or not.
create table incidents (
  id uuid primary key,
  title text not null check (title <> ''),
  -- When the house became aware of it: from then the 72 hours run.
  noticed_at timestamptz not null,
  nature text not null check (nature <> ''),
  persons int not null default 0 check (persons >= 0),
  data_records int not null default 0 check (data_records >= 0),
  consequences text not null default '',
  measures text not null default '',
  risk text not null check (risk in ('none', 'risk', 'high')),
  -- Why the authority was told late, or is not told at all.
  reason text not null default '',
  told_at timestamptz,
  closed_at timestamptz,
  created_by uuid,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index incidents_noticed on incidents (noticed_at desc, id desc);
select replicate('incidents');

-- The customers whose data are concerned; they are told without delay (Art. 33(2)).
create table incident_customers (
  incident_id uuid not null references incidents (id) on delete cascade,
  customer_id uuid not null references tenants (id) on delete cascade,
  told_at timestamptz,
  primary key (incident_id, customer_id)
);
create index incident_customers_customer on incident_customers (customer_id);
select replicate('incident_customers');

do $$
begin
  execute 'alter table incidents ' || (
    select string_agg(format('alter column %I set statistics 0', each), ', ')
    from unnest(array['title', 'nature', 'consequences', 'measures', 'reason']) as each
  );
end $$;

-- Who took out strikingly much since an instant: identifiers and sums, no content.
create function unusual_exports(since timestamptz, least_rows int, least_exports int)
returns table (tenant_id uuid, tenant_name text, user_id uuid, exports int, row_sum int)
language sql stable security definer set search_path = public, pg_temp
as $$
  select e.tenant_id, t.name, e.created_by, count(*)::int, coalesce(sum(e.rows), 0)::int
  from exports e
  join tenants t on t.id = e.tenant_id
  where e.created_at > since
  group by e.tenant_id, t.name, e.created_by
  having coalesce(sum(e.rows), 0) >= least_rows or count(*) >= least_exports
  order by 5 desc, 4 desc
  limit 50
$$;

-- Numbers that outlive what they were counted from, and reports that are counted once a minute.

-- A line for each closed deal, and one for each stage it went through: no person, no company, the
-- month alone. The deal is named while it is there, so that its reopening takes the lines back.
create table stat_facts (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null default gen_random_uuid(),
  deal_id uuid,
  kind text not null check (kind in ('won', 'lost', 'stage')),
  month date not null check (extract(day from month) = 1),
  pipeline_id uuid not null,
  stage_id uuid not null,
  lost_reason_id uuid,
  amount_cents bigint not null default 0,
  currency text not null,
  days int not null check (days >= 0),
  primary key (tenant_id, id),
  foreign key (tenant_id, deal_id) references deals (tenant_id, id) on delete set null (deal_id),
  foreign key (tenant_id, pipeline_id) references pipelines (tenant_id, id) on delete cascade,
  foreign key (tenant_id, stage_id) references stages (tenant_id, id) on delete cascade,
  foreign key (tenant_id, lost_reason_id) references lost_reasons (tenant_id, id)
    on delete set null (lost_reason_id)
);
create index stat_facts_month on stat_facts (tenant_id, kind, month);
create index stat_facts_deal on stat_facts (tenant_id, deal_id) where deal_id is not null;
select distribute('stat_facts');
select isolate('stat_facts');

-- What a report amounts to, kept for a minute: many look, and nothing is counted twice.
create table stat_snapshots (
  tenant_id uuid not null references tenants (id) on delete cascade,
  key text not null,
  figures jsonb not null,
  made_at timestamptz not null,
  primary key (tenant_id, key)
);
select distribute('stat_snapshots');
select isolate('stat_snapshots');
select keep_open('stat_snapshots');

-- The lines of deals as they are now; those that stood there before go.
create function write_facts(tenant uuid, deals_now uuid[]) returns void
language sql
as $$
  delete from stat_facts where tenant_id = tenant and deal_id = any (deals_now);
  insert into stat_facts (
    tenant_id, deal_id, kind, month, pipeline_id, stage_id, lost_reason_id, amount_cents, currency, days
  )
  select d.tenant_id, d.id, d.status, date_trunc('month', d.closed_at at time zone 'Europe/Berlin')::date,
    d.pipeline_id, d.stage_id, d.lost_reason_id, coalesce(d.amount_cents, 0), d.currency,
    greatest(0, extract(day from d.closed_at - d.created_at))::int
  from deals d
  where d.tenant_id = tenant and d.id = any (deals_now) and d.status <> 'open'
  union all
  select d.tenant_id, d.id, 'stage', date_trunc('month', d.closed_at at time zone 'Europe/Berlin')::date,
    s.pipeline_id, s.id, null, 0, d.currency, greatest(0, extract(day from g.until - g.at))::int
  from deals d
  cross join lateral (
    select c.to_stage_id, c.at, coalesce(lead(c.at) over (order by c.at, c.id), d.closed_at) as until
    from deal_stage_changes c
    where c.tenant_id = d.tenant_id and c.deal_id = d.id
  ) g
  join stages s on s.tenant_id = d.tenant_id and s.id = g.to_stage_id and s.kind = 'open'
  where d.tenant_id = tenant and d.id = any (deals_now) and d.status <> 'open'
$$;

-- Once for all deals of a statement: many are moved at once.
create function note_new_facts() returns trigger
language plpgsql
as $$
begin
  perform write_facts(n.tenant_id, array_agg(n.id))
  from now_there n
  where n.status <> 'open'
  group by n.tenant_id;
  return null;
end $$;
create trigger note_new_facts after insert on deals referencing new table as now_there
for each statement execute function note_new_facts();

create function note_facts() returns trigger
language plpgsql
as $$
begin
  perform write_facts(n.tenant_id, array_agg(n.id))
  from now_there n
  join there_before o on o.tenant_id = n.tenant_id and o.id = n.id
  where (n.status <> 'open' or o.status <> 'open')
    and (n.status, n.closed_at, n.amount_cents, n.currency, n.lost_reason_id)
      is distinct from (o.status, o.closed_at, o.amount_cents, o.currency, o.lost_reason_id)
  group by n.tenant_id;
  return null;
end $$;
create trigger note_facts after update on deals
referencing old table as there_before new table as now_there
for each statement execute function note_facts();

select write_facts(tenant_id, array_agg(id)) from deals where status <> 'open' group by tenant_id;

-- Who looked after a closed deal is known when the deal is gone: one of the house, whom the deal was
-- never about. It goes with the user; of the deal's own persons nothing is added.

alter table stat_facts add column owner_id uuid;
alter table stat_facts add foreign key (tenant_id, owner_id) references users (tenant_id, id)
  on delete set null (owner_id);
create index stat_facts_owner on stat_facts (tenant_id, owner_id) where owner_id is not null;

update stat_facts f
set owner_id = d.owner_id
from deals d
where d.tenant_id = f.tenant_id
  and d.id = f.deal_id
  and d.owner_id is not null;

create or replace function write_facts(tenant uuid, deals_now uuid[]) returns void
language sql
as $$
  delete from stat_facts where tenant_id = tenant and deal_id = any (deals_now);
  insert into stat_facts (
    tenant_id, deal_id, kind, month, pipeline_id, stage_id, lost_reason_id, amount_cents, currency, days,
    owner_id
  )
  select d.tenant_id, d.id, d.status, date_trunc('month', d.closed_at at time zone 'Europe/Berlin')::date,
    d.pipeline_id, d.stage_id, d.lost_reason_id, coalesce(d.amount_cents, 0), d.currency,
    greatest(0, extract(day from d.closed_at - d.created_at))::int, d.owner_id
  from deals d
  where d.tenant_id = tenant and d.id = any (deals_now) and d.status <> 'open'
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
  where d.tenant_id = tenant and d.id = any (deals_now) and d.status <> 'open'
$$;

create or replace function note_facts() returns trigger
language plpgsql
as $$
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
end $$;

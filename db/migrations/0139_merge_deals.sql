-- Deals that were entered twice are made one, as contacts and companies are.

alter table deals add column merged_into uuid;
alter table deals add foreign key (tenant_id, merged_into)
  references deals (tenant_id, id) on delete cascade;
alter table deals add check (merged_into is null or deleted_at is not null);
create index deals_merged on deals (tenant_id, merged_into) where merged_into is not null;

alter table merges add column deal_id uuid;
alter table merges add foreign key (tenant_id, deal_id)
  references deals (tenant_id, id) on delete cascade;
alter table merges
  drop constraint merges_check,
  add check (num_nonnulls(contact_id, company_id, deal_id) = 1);
create index merges_deal on merges (tenant_id, deal_id, created_at desc) where deal_id is not null;
drop policy sight on merges;
select narrow_table('merges', 'sees_contact(contact_id) and sees_company(company_id) and sees_deal(deal_id)');

alter table former_ids add column deal_id uuid;
alter table former_ids add foreign key (tenant_id, deal_id)
  references deals (tenant_id, id) on delete cascade;
alter table former_ids
  drop constraint former_ids_check,
  add check (num_nonnulls(contact_id, company_id, deal_id) = 1);
create index former_ids_deal on former_ids (tenant_id, deal_id) where deal_id is not null;

-- A deal that went into another one is counted there.
create or replace function write_facts(tenant uuid, deals_now uuid[]) returns void
language sql set app.lifted to 'on'
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
  where d.tenant_id = tenant and d.id = any (deals_now) and d.status <> 'open' and d.merged_into is null
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
  where d.tenant_id = tenant and d.id = any (deals_now) and d.status <> 'open' and d.merged_into is null
$$;

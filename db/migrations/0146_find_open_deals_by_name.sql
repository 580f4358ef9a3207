-- Whether a deal is there already is asked of the open deals of its company by name, the nearest first:
-- of a company with very many, any hundred were compared.
create index deals_open on deals (tenant_id, company_id, sort_name collate "C", id)
  where status = 'open' and deleted_at is null and company_id is not null;

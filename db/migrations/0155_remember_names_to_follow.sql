-- Since when contacts and deals of a company may still show an earlier name of it: kept with the
-- company, as a backup does not include the job that rewrites them.
alter table companies add column behind_since timestamptz;
create index companies_behind on companies (tenant_id, id) where behind_since is not null;

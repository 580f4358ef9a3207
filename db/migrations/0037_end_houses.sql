-- Requests, officers and raw mails belong to a house or to the provider, who is no tenant: no foreign
-- key leads to tenants. What is a tenant's goes with it all the same (clause 5.2).
create function end_house() returns trigger
language plpgsql
as $$
begin
  delete from case_events where tenant_id in (select id from gone);
  delete from cases where tenant_id in (select id from gone);
  delete from controllers where tenant_id in (select id from gone);
  delete from officer_reports where tenant_id in (select id from gone);
  delete from officers where tenant_id in (select id from gone);
  delete from raw_mails where tenant_id in (select id from gone);
  return null;
end $$;
create trigger end_house after delete on tenants referencing old table as gone
for each statement execute function end_house();

-- Imports wrote what a record is found by, but not what lists show of it: they do both from now on,
-- and what came in before is mended here.
do $$
declare
  tenant uuid;
begin
  for tenant in select id from tenants loop
    execute format('set local app.tenant_id = %L', tenant);
    perform refresh_company_search(array(
      select id from companies where tenant_id = tenant and summary = '{}'
    ));
    perform refresh_contact_search(array(
      select id from contacts where tenant_id = tenant and summary = '{}'
    ));
  end loop;
  set local app.tenant_id = '';
end $$;

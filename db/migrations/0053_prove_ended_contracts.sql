-- What is left of erased tenants, counted over every table with a tenant, and what is late. The control
-- counts a living tenant by the same way: where that finds nothing, nothing was counted.
create function contracts_erased(today date)
returns table (erased int, left_rows bigint, control bigint, overdue int)
language plpgsql stable security definer set search_path = public, pg_temp
as $$
declare
  counted text;
  gone uuid[] := array(
    select distinct e.house::uuid
    from tenant_erasures e
    join tenant_erasure_steps s on s.erasure_id = e.id and s.step = 'live' and s.state = 'done'
  );
  living uuid[] := array(select t.id from tenants t where t.phase = 'open' order by t.id limit 1);
  found bigint;
begin
  erased := cardinality(gone);
  left_rows := (select count(*) from tenants where id = any(gone));
  control := 0;
  for counted in
    select c.table_name::text
    from information_schema.columns c
    join information_schema.tables b using (table_schema, table_name)
    where c.table_schema = 'public' and c.column_name = 'tenant_id' and b.table_type = 'BASE TABLE'
    order by 1
  loop
    execute format('select count(*) from %I where tenant_id = any($1)', counted) into found using gone;
    left_rows := left_rows + found;
    execute format('select count(*) from %I where tenant_id = any($1)', counted) into found using living;
    control := control + found;
  end loop;
  overdue := (
    select count(*)
    from tenants
    where contract_ends_on + 3 < today
  ) + (
    select count(*)
    from tenant_erasures e
    cross join (values
      ('freeze', 1), ('live', 3), ('traces', 5), ('processors', 7), ('logs', 7), ('backups', 21),
      ('search', 25)
    ) as budget (step, due)
    left join tenant_erasure_steps s on s.erasure_id = e.id and s.step = budget.step
    where e.status = 'running'
      and s.state is distinct from 'done'
      and e.contract_ended_on + budget.due < today
  ) + (
    select count(*)
    from tenant_erasures
    where status = 'done'
      and certificate_id is null
  );
  return next;
end $$;

-- What the planner knows of tables that an import fills. Of a table that was never looked at it
-- takes any index that begins with the tenant for as good as any other: each row of a large import
-- into a young house was then compared with all rows before it. The serving role owns no table and
-- may not analyze one; before version 17 that could not be granted either.
create function refresh_statistics() returns integer
language plpgsql security definer set search_path = public, pg_temp
as $$
declare
  grown text;
  refreshed integer := 0;
begin
  for grown in
    select c.relname
    from pg_class c
    where c.relnamespace = 'public'::regnamespace
      and c.relname in (
        'contacts', 'companies', 'affiliations', 'emails', 'phones', 'addresses', 'tags',
        'contact_tags', 'company_tags', 'custom_values', 'changes', 'import_rows', 'import_updates'
      )
      and pg_relation_size(c.oid) / current_setting('block_size')::bigint > 2 * c.relpages
  loop
    execute format('analyze %I', grown);
    refreshed := refreshed + 1;
  end loop;
  return refreshed;
end
$$;

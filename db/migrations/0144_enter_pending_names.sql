-- An import wrote 4 MB of records to the list that waits for the index of names, then stopped to enter
-- them: an eighth of its time in the database. Now another connection enters them meanwhile. Only the owner
-- of an index may do that. Returns how many pages of the lists were entered, those of all tenants.
create function enter_pending_names() returns bigint
language sql security definer set search_path = public, pg_temp
as $$
  select gin_clean_pending_list('contacts_search'::regclass)
    + gin_clean_pending_list('companies_search'::regclass)
$$;

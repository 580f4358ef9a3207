-- Of two words each tells less that the other has not told: the index is asked for fewer letters of both.
create function search_core(pattern text, beside boolean)
 returns text
 language plpgsql
 immutable parallel safe strict
as $function$
declare
  part constant text := btrim(pattern, '%');
begin
  return case
    when part ~ '^[0-9]{8,}$' then '%' || right(part, 4) || '%'
    when beside and length(part) >= 8 then '%' || substr(part, (length(part) - 3) / 2, 5) || '%'
    when length(part) >= 10 then '%' || substr(part, (length(part) - 4) / 2, 6) || '%'
    when length(part) >= 7 then '%' || substr(part, 2, length(part) - 2) || '%'
    when beside and length(part) = 6 then '%' || right(part, 5) || '%'
    else pattern end;
end $function$;

-- The contacts that have two patterns, up to so many; `mine`: the index is asked for the house as well.
create or replace function contacts_holding(one text, two text, most integer, mine boolean)
 returns table(id uuid, name text)
 language plpgsql
 stable
 set search_path to 'public', 'pg_temp'
as $function$
#variable_conflict use_column
declare
  tenant constant uuid := current_tenant();
  core_one constant text := search_core(one, two <> '%');
  core_two constant text := search_core(two, true);
begin
  -- Nor is it asked for the whole words beside what is amid them.
  if mine then
    return query
    select c.id, c.sort_name
    from contacts c
    where c.tenant_id = tenant and c.deleted_at is null and c.restricted_at is null
      and c.search like core_one and c.search like core_two
      and (c.search like one) is true and (c.search like two) is true
    limit most;
  else
    -- Written so, the index does not see that it could be asked for the tenant, too.
    return query
    select c.id, c.sort_name
    from contacts c
    where (c.tenant_id = tenant) is true and c.deleted_at is null and c.restricted_at is null
      and c.search like core_one and c.search like core_two
      and (c.search like one) is true and (c.search like two) is true
    limit most;
  end if;
end $function$;

drop function search_core(text);

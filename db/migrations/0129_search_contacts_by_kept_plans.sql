-- The index of search texts is asked for as little as will do. Its list of a tenant's records has to be
-- read along with those of the letters, which takes as long as all of them: where a house is alone in the
-- database, the rows found are the tenant's own anyhow. And the first and last letters of a long word are
-- in very many names ("sch", "mann"), while those between tell it from nearly all others.
create function contacts_holding(one text, two text, most integer)
 returns table(id uuid, name text)
 language plpgsql
 stable
 set search_path to 'public', 'pg_temp'
as $function$
#variable_conflict use_column
declare
  tenant constant uuid := current_tenant();
  part constant text := btrim(one, '%');
  core constant text := case when length(part) >= 10 then '%' || substr(part, 3, length(part) - 4) || '%' else one end;
begin
  if exists (select from tenants offset 1) then
    return query
    select c.id, c.sort_name
    from contacts c
    where c.tenant_id = tenant and c.deleted_at is null and c.restricted_at is null
      and c.search like core and c.search like two and strpos(c.search, part) > 0
    limit most;
  else
    -- Written so, the index does not see that it could be asked for the tenant.
    return query
    select c.id, c.sort_name
    from contacts c
    where (c.tenant_id = tenant) is true and c.deleted_at is null and c.restricted_at is null
      and c.search like core and c.search like two and strpos(c.search, part) > 0
    limit most;
  end if;
end $function$;

-- A search for contacts by words alone, its first page: what `search_records` finds in the order of
-- its best matches, by plans that are kept. Made anew they took longer than a rare name takes to be
-- found. Where `counted` is given, the hits are counted with the page, up to so many of them.
create function search_contacts(query text, bound integer, counted integer)
 returns table(id uuid, total integer)
 language plpgsql
 stable security definer rows 50
 set search_path to 'public', 'pg_temp'
as $function$
#variable_conflict use_column
declare
  tenant constant uuid := current_tenant();
  patterns constant text[] := search_patterns(query);
  one constant text := patterns[1][1];
  -- Where no second word is asked for, everything has it.
  two constant text := coalesce(patterns[2][1], '%');
  -- Of other signs the index may know nothing, and a kept plan would not see that.
  plain boolean := seen_owners('contacts') is null and seen_owners('companies') is null
    and bound <= 150 and coalesce(array_length(patterns, 1), 3) < 3
    and one = patterns[1][2] and one ~ '^% ?[a-z0-9]+%$'
    and two = coalesce(patterns[2][2], '%') and two ~ '^%( ?[a-z0-9]+%)?$';
  -- Sooner looked for one by one than by LIKE.
  part_one constant text := btrim(one, '%');
  part_two constant text := btrim(two, '%');
  opening text;
  beyond text;
  hits uuid[] := '{}';
  others uuid[];
  seen int;
  last uuid;
  found int;
begin
  if tenant is null or patterns is null then
    return;
  end if;
  if plain then
    opening := name_opening('contact', query);
    -- No name holds the last sign there is: with nothing else nobody's begins.
    beyond := coalesce(opening, '') || U&'\+10FFFF';
    opening := coalesce(opening, beyond);
    hits := array(
      select c.id
      from (
        select c.id, c.search
        from contacts c
        where c.tenant_id = tenant and c.deleted_at is null and c.restricted_at is null
          and c.sort_name collate "C" >= opening and c.sort_name collate "C" < beyond
        order by c.sort_name collate "C", c.id
        limit 200
      ) c
      where strpos(c.search, part_one) > 0 and strpos(c.search, part_two) > 0
      limit bound
    );
    -- Whose name begins so is nearly always a hit; where many are not, this is not the way.
    plain := cardinality(hits) >= bound or not exists (
      select
      from contacts c
      where c.tenant_id = tenant and c.deleted_at is null
        and c.sort_name collate "C" >= opening and c.sort_name collate "C" < beyond
      offset 200
    );
  end if;
  if not plain then
    select coalesce(array_agg(r.id order by r.place), '{}'), max(r.total)
    into hits, found
    from search_records('contact', query, 'match', false, null, false, bound, null, null, null, null)
      with ordinality as r (id, total, place);
    if found is null and cardinality(hits) > 0 and counted is not null then
      found := (
        select count(*)
        from search_records('contact', query, 'name', false, null, false, counted, null, null, null, null)
      );
    end if;
    return query select hit, found
    from unnest(hits) with ordinality as page (hit, place)
    order by place;
    return;
  end if;

  if cardinality(hits) < bound then
    select
      coalesce(
        array_agg(c.id) filter (where strpos(c.search, part_one) > 0 and strpos(c.search, part_two) > 0), '{}'
      ),
      count(*), (array_agg(c.id))[300]
    into others, seen, last
    from (
      select c.id, c.search
      from contacts c
      where c.tenant_id = tenant and c.deleted_at is null and c.restricted_at is null
        and not (c.sort_name collate "C" >= opening and c.sort_name collate "C" < beyond)
      order by c.sort_name collate "C", c.id
      limit 300
    ) c;
    if seen < 300 then
      found := cardinality(hits) + cardinality(others);
    elsif cardinality(hits) + cardinality(others) < bound
      and cardinality(others) * 20 >= bound - cardinality(hits)
    then
      others := others || array(
        select c.id
        from (
          select c.id, c.search
          from contacts c
          where c.tenant_id = tenant and c.deleted_at is null and c.restricted_at is null
            and not (c.sort_name collate "C" >= opening and c.sort_name collate "C" < beyond)
            and (c.sort_name collate "C", c.id) > (
              select a.sort_name collate "C", a.id from contacts a where a.tenant_id = tenant and a.id = last
            )
          order by c.sort_name collate "C", c.id
          limit greatest(3000, bound * 450 / cardinality(others)) - 300
        ) c
        where strpos(c.search, part_one) > 0 and strpos(c.search, part_two) > 0
        limit bound - cardinality(hits) - cardinality(others)
      );
    end if;
    hits := hits || others;
    if found is null and cardinality(hits) < bound then
      return query
      select h.id, (count(*) over ())::int
      from contacts_holding(one, two, null) h
      order by h.name collate "C" >= opening and h.name collate "C" < beyond desc, h.name collate "C", h.id
      limit bound;
      return;
    end if;
  end if;
  if found is null and cardinality(hits) > 0 and counted is not null then
    -- What a sixth of all have is counted sooner one by one than by the index.
    if (
      select count(*) filter (where strpos(c.search, part_one) > 0 and strpos(c.search, part_two) > 0) >= 10
      from (
        select c.search
        from contacts c
        where c.tenant_id = tenant and c.deleted_at is null and c.restricted_at is null
        order by c.sort_name collate "C", c.id
        limit 60
      ) c
    ) then
      found := (
        select count(*)
        from (
          select
          from (
            select c.search
            from contacts c
            where c.tenant_id = tenant and c.deleted_at is null and c.restricted_at is null
            order by c.sort_name collate "C", c.id
            limit 7500
          ) c
          where strpos(c.search, part_one) > 0 and strpos(c.search, part_two) > 0
          limit counted
        ) c
      );
    end if;
    if found is null or found < counted then
      found := (select count(*) from contacts_holding(one, two, counted));
    end if;
  end if;
  return query select hit, found
  from unnest(hits[1:bound]) with ordinality as page (hit, place)
  order by place;
end $function$;

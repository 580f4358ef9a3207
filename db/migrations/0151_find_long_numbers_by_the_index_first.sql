-- Part of a telephone number was looked for among the first hundreds of names before the index was asked, only to
-- learn how rare it is. Of seven digits and more the index is asked at once, as few contacts have them; where
-- several hundred do, as at one switchboard, the names are walked through as before.
create or replace function search_contacts(query text, bound integer, counted integer)
 returns table(id uuid, total integer)
 language plpgsql
 stable security definer rows 50
 set search_path = public, pg_temp
 set plan_cache_mode = force_generic_plan
as $$
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
  others uuid[] := '{}';
  -- Contacts of the house, about.
  house real;
  large boolean;
  mine boolean;
  -- Names walked through, and which part of them are hits.
  steps int;
  seen int := 0;
  rate real;
  -- What a hit of the index may cost against a name walked through. It costs five times as much, and more among
  -- very many, where their pages lie apart; but a walk may end in vain.
  price real;
  missing int;
  found int;
  few constant int := 250;
begin
  if tenant is null or patterns is null then
    return;
  end if;
  if plain then
    opening := name_opening('contact', query);
    -- No name holds the last sign there is: with nothing else nobody's begins.
    beyond := coalesce(opening, '') || U&'\+10FFFF';
    if opening is null then
      opening := beyond;
    else
      hits := array(
        select c.id
        from contacts_opened(tenant, opening, beyond, 200) c
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

  missing := bound - cardinality(hits);
  if missing > 0 or counted is not null then
    -- By what `analyze` found; of the statistics only the view is open to an owner who is no superuser.
    -- Before they were ever counted they are taken for many, and for those of several houses.
    select case when a.whole > 0 then a.whole * a.share else 100000 end, a.whole = 0 or a.share < 0.5
    into house, mine
    from (
      select greatest(c.reltuples, 0) as whole,
        coalesce(
          s.most_common_freqs[array_position(s.most_common_vals::text::uuid[], tenant)],
          least(
            s.most_common_freqs[cardinality(s.most_common_freqs)],
            greatest(0, 1 - (select sum(part) from unnest(s.most_common_freqs) part))
          ),
          0
        ) as share
      from pg_class c
      left join pg_stats s on s.schemaname = 'public' and s.tablename = 'contacts' and s.attname = 'tenant_id'
        and not s.inherited
      where c.oid = 'contacts'::regclass
    ) a;
  end if;
  large := house > 200000;
  price := case when large then 4 else 2.5 end;
  -- A long number few have: the index finds them all before names tell how rare they are.
  if missing > 0 and opening = beyond and two = '%' and part_one ~ '^[0-9]{7,}$' then
    select array_agg(h.id order by h.name collate "C", h.id), count(*)
    into others, found
    from contacts_holding(one, two, few, mine, large) h;
    if found < few then
      return query select hit, found
      from unnest(others[1:bound]) with ordinality as page (hit, place)
      order by place;
      return;
    end if;
    others := '{}';
    found := null;
  end if;
  if missing > 0 then
    -- How rare hits are takes more names to tell where there are few, and where there are very many.
    foreach steps in array case when large then array[300, 1000] else array[100, 300] end loop
      select
        coalesce(
          array_agg(c.id) filter (where strpos(c.search, part_one) > 0 and strpos(c.search, part_two) > 0), '{}'
        ),
        count(*)
      into others, seen
      from contacts_unopened(tenant, opening, beyond, steps) c;
      rate := cardinality(others)::real / greatest(seen, 1);
      exit when seen < steps or steps = 100 and rate = 0 or (steps < 300 or cardinality(others) >= 9)
        and missing + least(coalesce(counted, 0), rate * house) * rate < price * house * rate * rate;
    end loop;
    if seen < steps then
      found := cardinality(hits) + cardinality(others);
    -- Names that have to be walked through, against hits that the index finds; it counts them as well.
    elsif cardinality(others) between 1 and missing - 1
      and missing + least(coalesce(counted, 0), rate * house) * rate < price * house * rate * rate
    then
      others := array(
        select c.id
        from contacts_unopened(tenant, opening, beyond, (seen + 2.5 * missing / rate)::int) c
        where strpos(c.search, part_one) > 0 and strpos(c.search, part_two) > 0
        limit missing
      );
    end if;
    hits := hits || others;
    if found is null and cardinality(hits) < bound then
      return query
      select h.id, (count(*) over ())::int
      from contacts_holding(one, two, null, mine, large) h
      order by h.name collate "C" >= opening and h.name collate "C" < beyond desc, h.name collate "C", h.id
      limit bound;
      return;
    end if;
  end if;
  if found is null and cardinality(hits) > 0 and counted is not null then
    if seen = 0 then
      -- Those whose names begin so may be enough.
      found := (
        select count(*)
        from (
          select
          from contacts_opened(tenant, opening, beyond, null) c
          where strpos(c.search, part_one) > 0 and strpos(c.search, part_two) > 0
          limit counted
        ) c
      );
    end if;
    if found is null or found < counted then
      -- What very many have is counted sooner one by one, in the order in which they lie, than by the
      -- index, whose lists of it are long.
      rate := (
        select count(*) filter (where strpos(c.search, part_one) > 0 and strpos(c.search, part_two) > 0) / 100.0
        from (
          select c.search
          from contacts c
          where c.tenant_id = tenant and c.deleted_at is null and c.restricted_at is null
          order by c.id
          limit 100
        ) c
      );
      if 2 * counted < (4 * counted + rate * house) * rate then
        found := (
          select count(*)
          from (
            select
            from (
              select c.search
              from contacts c
              where c.tenant_id = tenant and c.deleted_at is null and c.restricted_at is null
              order by c.id
              limit least(30000, 500 + 2 * counted / rate)::int
            ) c
            where strpos(c.search, part_one) > 0 and strpos(c.search, part_two) > 0
            limit counted
          ) c
        );
      end if;
    end if;
    if found is null or found < counted then
      found := (select count(*) from contacts_holding(one, two, counted, mine, large));
    end if;
  end if;
  return query select hit, found
  from unnest(hits[1:bound]) with ordinality as page (hit, place)
  order by place;
end $$;

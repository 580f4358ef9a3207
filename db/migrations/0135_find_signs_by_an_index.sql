-- Of a word of signs alone, a star or a heart, the index of words knows nothing: every record of the house
-- was read for it. Search texts that hold any sign beyond ASCII are few where names are written
-- in Latin letters, for those lose their accents; an index of their own finds them.
create index contacts_signs on contacts (tenant_id) where octet_length(search) <> length(search);
create index companies_signs on companies (tenant_id) where octet_length(search) <> length(search);
create index deals_signs on deals (tenant_id) where octet_length(search) <> length(search);

create or replace function search_part(kind text, query text, sort text, descending boolean, after_id uuid, backwards boolean, bound integer, of_tag uuid, of_owner uuid, of_status text, of_company uuid, further jsonb, opening text, opened boolean)
 returns table(id uuid, total integer)
 language plpgsql
 stable rows 50
 set search_path to 'public', 'pg_temp'
as $function$
#variable_conflict use_column
declare
  tenant constant uuid := current_tenant();
  patterns constant text[] := search_patterns(query);
  direction constant text := case when descending <> backwards then 'desc' else 'asc' end;
  records text;
  key text;
  living text := 'c.tenant_id = $1 and c.deleted_at is null';
  wanted text := '';
  walk text;
  narrowing text := '';
  hits uuid[];
  seen int;
  -- Whose name begins so is nearly always a hit, of the others many are not.
  steps constant int := case when opened then bound + 50 else 300 end;
  -- The first text of all that do not begin so: no name holds the last sign there is.
  beyond constant text := opening || U&'\+10FFFF';
begin
  if tenant is null or patterns is null then
    return;
  end if;
  records := case kind when 'contact' then 'contacts' when 'company' then 'companies' when 'deal' then 'deals' end;
  key := case
    when sort = 'touch' then 'last_touch_at'
    when sort = 'created' then 'created_at'
    when sort = 'amount' and kind = 'deal' then 'amount_key'
    when sort = 'close' and kind = 'deal' then 'close_key'
    else 'sort_name collate "C"' end;
  living := living || case kind when 'contact' then ' and c.restricted_at is null' else '' end;
  living := living || case
    when opening is null then ''
    when opened then ' and c.sort_name collate "C" >= $11 and c.sort_name collate "C" < $12'
    else ' and not (c.sort_name collate "C" >= $11 and c.sort_name collate "C" < $12)' end;
  if seen_owners(records) is not null then
    narrowing := format(
      ' and coalesce(c.owner_id, ''00000000-0000-0000-0000-000000000000'') = any ((select seen_owners(%L))::uuid[])', records
    );
  end if;
  if after_id is not null then
    living := living || format(
      ' and (c.%1$s, c.id) %2$s (select a.%1$s, a.id from %3$I a where a.tenant_id = $1 and a.id = $2%4$s)',
      key, case direction when 'asc' then '>' else '<' end, records, replace(narrowing, 'c.owner_id', 'a.owner_id')
    );
  end if;
  for i in 1..array_length(patterns, 1) loop
    wanted := wanted || format(
      case when patterns[i][1] = patterns[i][2] then ' and c.search like ($6)[%1$s][1]'
      else ' and (c.search like ($6)[%1$s][1] or c.search like ($6)[%1$s][2])' end,
      i
    );
  end loop;
  if exists (
    select from generate_subscripts(patterns, 1) n where patterns[n][1] || patterns[n][2] !~ '[[:alnum:]]'
  ) then
    -- Written so, the index of words does not see that it could be asked for the others.
    wanted := format(' and (true%s) is true and octet_length(c.search) <> length(c.search)', wanted);
  end if;
  wanted := wanted
    || case when of_tag is not null then format(
      ' and exists (select from %1$s_tags x where x.tenant_id = $1 and x.tag_id = $3 and x.%1$s_id = c.id)', kind
    ) else '' end
    || case when of_owner is not null then ' and c.owner_id = $4' else '' end
    || case when of_status is not null then ' and c.status = $5' else '' end
    || case
      when of_company is null then ''
      when kind = 'contact' then
        ' and exists (select from affiliations f where f.tenant_id = $1 and f.company_id = $7 and f.contact_id = c.id)'
      when kind = 'deal' then ' and c.company_id = $7'
      else '' end;
  wanted := wanted || narrowing || further_conditions(kind, further);
  if seen_owners('companies') is not null and kind <> 'company' then
    wanted := wanted
      || case when of_company is not null then ' and sees_company($7)' else '' end
      || format(' and found_in_sight(%L, c.id, c.search, $6)', kind);
  end if;
  walk := format(
    'select c.id, c.search, c.owner_id, c.status, c.source, c.created_at, c.last_touch_at%5$s
     from %1$I c
     where %2$s
     order by c.%3$s %4$s, c.id %4$s
     limit $8',
    records, living, key, direction, case kind
      when 'contact' then ', c.legal_basis'
      when 'deal' then ', c.company_id, c.pipeline_id, c.stage_id, c.stage_since, c.lost_reason_id,
        c.amount_cents, c.expected_close_on'
      else '' end
  );
  execute format(
    'select coalesce(array_agg(c.id) filter (where true%s), ''{}''), count(*)::int from (%s) c',
    wanted, walk
  ) into hits, seen using tenant, after_id, of_tag, of_owner, of_status, patterns, of_company, steps, bound, further,
    opening, beyond;
  if seen < steps or cardinality(hits) >= bound then
    return query select hit, case when seen < steps then cardinality(hits) end
    from unnest(hits[1:bound]) with ordinality as walked (hit, place)
    order by place;
    return;
  end if;
  if cardinality(hits) * 20 >= bound then
    execute format('select array(select c.id from (%s) c where true%s limit $9)', walk, wanted)
    into hits using tenant, after_id, of_tag, of_owner, of_status, patterns, of_company,
      greatest(3000, bound * 450 / cardinality(hits)), bound, further, opening, beyond;
    if cardinality(hits) >= bound then
      return query select hit, null::int
      from unnest(hits) with ordinality as walked (hit, place)
      order by place;
      return;
    end if;
  end if;
  return query execute format(
    'with found as materialized (
       select c.id, c.%4$s as key
       from %2$I c
       where %3$s%1$s
     )
     select id, (select count(*)::int from found)
     from found
     order by key %5$s, id %5$s
     limit $8',
    wanted, records, living, key, direction
  ) using tenant, after_id, of_tag, of_owner, of_status, patterns, of_company, bound, bound, further,
    opening, beyond;
end $function$;

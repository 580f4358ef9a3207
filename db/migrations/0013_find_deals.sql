-- Deals are found like contacts and companies: a folded text, the same search, filters of their own.

-- Writes search text and summary of deals anew; call it in the transaction that changes them, their
-- tags or their companies. Persons stand in neither: who is restricted must not be found here.
create function refresh_deal_search(ids uuid[]) returns void
language sql
as $$
  with made as materialized (
    select p.id,
      search_words(concat_ws(' ', p.title, house.name, p.source, tag.words)) as search,
      jsonb_strip_nulls(jsonb_build_object(
        'companyId', house.id, 'company', house.name, 'tags', tag.names
      )) as summary
    from deals p
    left join companies house
      on house.tenant_id = p.tenant_id and house.id = p.company_id and house.deleted_at is null
    cross join lateral (
      select string_agg(t.name, ' ') as words,
        jsonb_agg(t.name order by t.name_key) as names
      from deal_tags x
      join tags t on t.tenant_id = x.tenant_id and t.id = x.tag_id
      where x.tenant_id = p.tenant_id
        and x.deal_id = p.id
    ) tag
    where p.tenant_id = current_tenant()
      and p.id = any (ids)
  )
  update deals c
  set search = made.search, summary = made.summary
  from made
  where c.tenant_id = current_tenant()
    and c.id = made.id
    and (c.search <> made.search or c.summary <> made.summary)
$$;

-- The same for what only deals have.
create function deal_conditions(further jsonb) returns text
language sql immutable
as $$
  select concat(
    case when further ? 'pipeline' then ' and c.pipeline_id = ($10 ->> ''pipeline'')::uuid' end,
    case when further ? 'stage' then ' and c.stage_id = ($10 ->> ''stage'')::uuid' end,
    case when further ? 'lostReason' then ' and c.lost_reason_id = ($10 ->> ''lostReason'')::uuid' end,
    case when further ? 'amountFrom' then ' and c.amount_cents >= ($10 ->> ''amountFrom'')::bigint' end,
    case when further ? 'amountTo' then ' and c.amount_cents <= ($10 ->> ''amountTo'')::bigint' end,
    case when further ? 'closeFrom' then ' and c.expected_close_on >= ($10 ->> ''closeFrom'')::date' end,
    case when further ? 'closeTo' then ' and c.expected_close_on <= ($10 ->> ''closeTo'')::date' end,
    case when further ? 'rottingAt' then
      ' and c.status = ''open'' and exists (select from stages s where s.tenant_id = $1 and s.id = c.stage_id
        and c.stage_since < ($10 ->> ''rottingAt'')::timestamptz - make_interval(days => s.rotting_days))' end,
    case when further ? 'person' then
      ' and exists (select from deal_contacts x join contacts p on p.tenant_id = x.tenant_id and p.id = x.contact_id
        where x.tenant_id = $1 and x.deal_id = c.id and x.contact_id = ($10 ->> ''person'')::uuid
          and p.deleted_at is null and p.restricted_at is null)' end,
    case when further -> 'empty' ? 'company' then ' and c.company_id is null' end,
    case when further -> 'empty' ? 'amount' then ' and c.amount_cents is null' end,
    case when further -> 'empty' ? 'close' then ' and c.expected_close_on is null' end
  )
$$;

-- The conditions on row `c` that `further` adds to a search, as before, and those of deals.
create or replace function further_conditions(kind text, further jsonb) returns text
language sql immutable
as $$
  select concat(
    case when further ? 'source' then
      ' and strpos(lower(c.source), lower($10 ->> ''source'')) > 0' end,
    case when further ? 'basis' and kind = 'contact' then
      ' and c.legal_basis = $10 ->> ''basis''' end,
    case when further ? 'createdFrom' then
      ' and c.created_at >= ($10 ->> ''createdFrom'')::date::timestamp at time zone ''Europe/Berlin''' end,
    case when further ? 'createdTo' then
      ' and c.created_at < (($10 ->> ''createdTo'')::date + 1)::timestamp at time zone ''Europe/Berlin''' end,
    case when further ? 'touchFrom' then
      ' and c.last_touch_at >= ($10 ->> ''touchFrom'')::date::timestamp at time zone ''Europe/Berlin''' end,
    case when further ? 'touchTo' then
      ' and c.last_touch_at < (($10 ->> ''touchTo'')::date + 1)::timestamp at time zone ''Europe/Berlin''' end,
    case when further ? 'place' and kind <> 'deal' then format(
      ' and exists (select from addresses d where d.tenant_id = $1 and d.%s_id = c.id and (%s))',
      kind,
      case when further ->> 'place' ~ '^[0-9]'
        then 'starts_with(d.postal_code, $10 ->> ''place'')'
        else 'starts_with(d.city_key, fold($10 ->> ''place''))' end
    ) end,
    case when further ? 'firm' and kind = 'contact' then
      ' and exists (select from affiliations f join companies o on o.tenant_id = f.tenant_id and o.id = f.company_id
        where f.tenant_id = $1 and f.contact_id = c.id and o.deleted_at is null
          and starts_with(o.sort_name, fold($10 ->> ''firm'')))' end,
    case when further ? 'firm' and kind = 'deal' then
      ' and exists (select from companies o where o.tenant_id = $1 and o.id = c.company_id and o.deleted_at is null
        and starts_with(o.sort_name, fold($10 ->> ''firm'')))' end,
    case when further -> 'empty' ? 'email' and kind <> 'deal' then format(
      ' and not exists (select from emails e where e.tenant_id = $1 and e.%s_id = c.id)', kind) end,
    case when further -> 'empty' ? 'phone' and kind <> 'deal' then format(
      ' and not exists (select from phones e where e.tenant_id = $1 and e.%s_id = c.id)', kind) end,
    case when further -> 'empty' ? 'address' and kind <> 'deal' then format(
      ' and not exists (select from addresses e where e.tenant_id = $1 and e.%s_id = c.id)', kind) end,
    case when further -> 'empty' ? 'company' and kind = 'contact' then
      ' and not exists (select from affiliations e where e.tenant_id = $1 and e.contact_id = c.id)' end,
    case when further -> 'empty' ? 'owner' then ' and c.owner_id is null' end,
    case when kind = 'deal' then deal_conditions(further) end
  )
$$;

-- The ids of one page of matching records, as before, of deals too.
create or replace function search_records(
  kind text, query text, sort text, descending boolean, after_id uuid, backwards boolean,
  bound int, of_tag uuid, of_owner uuid, of_status text, of_company uuid,
  further jsonb default '{}'
) returns setof uuid
language plpgsql stable rows 50 security definer set search_path = public, pg_temp
as $$
declare
  tenant constant uuid := current_tenant();
  patterns constant text[] := search_patterns(query);
  direction constant text := case when descending <> backwards then 'desc' else 'asc' end;
  records text;
  key text;
  living text := 'c.tenant_id = $1 and c.deleted_at is null';
  wanted text := '';
  walk text;
  hits uuid[];
  seen int;
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
  if after_id is not null then
    living := living || format(
      ' and (c.%1$s, c.id) %2$s (select a.%1$s, a.id from %3$I a where a.tenant_id = $1 and a.id = $2)',
      key, case direction when 'asc' then '>' else '<' end, records
    );
  end if;
  for i in 1..array_length(patterns, 1) loop
    wanted := wanted || format(
      case when patterns[i][1] = patterns[i][2] then ' and c.search like ($6)[%1$s][1]'
      else ' and (c.search like ($6)[%1$s][1] or c.search like ($6)[%1$s][2])' end,
      i
    );
  end loop;
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
  wanted := wanted || further_conditions(kind, further);
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
  ) into hits, seen using tenant, after_id, of_tag, of_owner, of_status, patterns, of_company, 300, bound, further;
  if seen < 300 or cardinality(hits) >= bound then
    return query select unnest(hits[1:bound]);
    return;
  end if;
  if cardinality(hits) * 6 >= bound then
    execute format('select array(select c.id from (%s) c where true%s limit $9)', walk, wanted)
    into hits using tenant, after_id, of_tag, of_owner, of_status, patterns, of_company, 3000, bound, further;
    if cardinality(hits) >= bound then
      return query select unnest(hits);
      return;
    end if;
  end if;
  return query execute format(
    'with found as materialized (
       select c.id, c.%4$s as key
       from %2$I c
       where %3$s%1$s
     )
     select id
     from found
     order by key %5$s, id %5$s
     limit $8',
    wanted, records, living, key, direction
  ) using tenant, after_id, of_tag, of_owner, of_status, patterns, of_company, bound, bound, further;
end $$;

-- Filters and words of a search find nothing through records that its user does not see. What is
-- added stands in the text of the search only where it is narrowed.

-- Whether a record is found without the names of its companies that are out of sight: the search text
-- is one for all, and a pattern never reaches over a word. Only searches ask, past row-level security.
create function found_in_sight(kind text, record uuid, search text, patterns text[]) returns boolean
language plpgsql stable parallel safe cost 1000
as $$
declare
  hidden text;
  rest text;
begin
  if kind = 'contact' then
    select string_agg(o.name, ' ') into hidden
    from affiliations a
    join companies o on o.tenant_id = a.tenant_id and o.id = a.company_id
    where a.tenant_id = current_tenant() and a.contact_id = record
      and o.deleted_at is null and not sees_owner('companies', o.owner_id);
  else
    select o.name into hidden
    from deals d
    join companies o on o.tenant_id = d.tenant_id and o.id = d.company_id
    where d.tenant_id = current_tenant() and d.id = record
      and o.deleted_at is null and not sees_owner('companies', o.owner_id);
  end if;
  if hidden is null then
    return true;
  end if;
  -- As often as the word stands there for something else, it stays.
  select concat(' ', string_agg(word, ' '), ' ') into rest
  from (select string_to_table(search, ' ') except all select string_to_table(search_words(hidden), ' ')) kept (word);
  for i in 1..array_length(patterns, 1) loop
    if rest not like patterns[i][1] and rest not like patterns[i][2] then
      return false;
    end if;
  end loop;
  return true;
end $$;

-- The conditions of filters by own fields, as before; a person out of sight is no value.
create or replace function custom_conditions(kind text, filters jsonb) returns text
language sql stable
as $$
  select string_agg(format(
    ' and (not exists (select from custom_fields f where f.tenant_id = $1 and f.id = %2$s and f.removed_at is null)
      or c.id %3$s (select v.%1$s_id from custom_values v where v.tenant_id = $1 and v.field_id = %2$s
        and v.%1$s_id is not null%4$s))',
    kind,
    format('($10 #>> ''{custom,%s,field}'')::uuid', at - 1),
    case when each ? 'empty' then 'not in' else 'in' end,
    concat(
      case when each ? 'is' then format(' and v.key collate "C" = ($10 #>> ''{custom,%s,is}'')', at - 1) end,
      case when each ? 'like' then format(
        ' and (strpos(v.key, fold($10 #>> ''{custom,%1$s,like}'')) > 0 or v.kind = ''person'' and v.person_id in (
          select x.id from contacts x where x.tenant_id = $1 and x.deleted_at is null and x.restricted_at is null
            and strpos(fold(concat_ws('' '', x.first_name, x.name_prefix, x.last_name)), fold($10 #>> ''{custom,%1$s,like}'')) > 0))',
        at - 1) end,
      case when seen_owners('contacts') is not null and (each ? 'is' or each ? 'like') then
        ' and sees_contact(v.person_id)' end,
      case when each ? 'from' then
        format(' and v.key collate "C" >= custom_bound($10 #>> ''{custom,%s,from}'') collate "C"', at - 1) end,
      case when each ? 'to' then
        format(' and v.key collate "C" <= custom_bound($10 #>> ''{custom,%s,to}'') collate "C"', at - 1) end
    )
  ), '')
  from jsonb_array_elements(filters) with ordinality as asked (each, at)
$$;

-- The conditions that only deals have, as before, of persons in sight.
create or replace function deal_conditions(further jsonb) returns text
language sql stable
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
    case when further ? 'person' then concat(
      ' and exists (select from deal_contacts x join contacts p on p.tenant_id = x.tenant_id and p.id = x.contact_id
        where x.tenant_id = $1 and x.deal_id = c.id and x.contact_id = ($10 ->> ''person'')::uuid
          and p.deleted_at is null and p.restricted_at is null',
      case when seen_owners('contacts') is not null then ' and sees_owner(''contacts'', p.owner_id)' end, ')'
    ) end,
    case when further -> 'empty' ? 'company' then ' and c.company_id is null' end,
    case when further -> 'empty' ? 'amount' then ' and c.amount_cents is null' end,
    case when further -> 'empty' ? 'close' then ' and c.expected_close_on is null' end
  )
$$;

-- The conditions that `further` adds to a search, as before, of companies in sight.
create or replace function further_conditions(kind text, further jsonb) returns text
language sql stable
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
    case when further ? 'firm' and kind = 'contact' then concat(
      ' and exists (select from affiliations f join companies o on o.tenant_id = f.tenant_id and o.id = f.company_id
        where f.tenant_id = $1 and f.contact_id = c.id and o.deleted_at is null
          and starts_with(o.sort_name, fold($10 ->> ''firm''))',
      case when seen_owners('companies') is not null then ' and sees_owner(''companies'', o.owner_id)' end, ')'
    ) end,
    case when further ? 'firm' and kind = 'deal' then concat(
      ' and exists (select from companies o where o.tenant_id = $1 and o.id = c.company_id and o.deleted_at is null
        and starts_with(o.sort_name, fold($10 ->> ''firm''))',
      case when seen_owners('companies') is not null then ' and sees_owner(''companies'', o.owner_id)' end, ')'
    ) end,
    case when further -> 'empty' ? 'email' and kind <> 'deal' then format(
      ' and not exists (select from emails e where e.tenant_id = $1 and e.%s_id = c.id)', kind) end,
    case when further -> 'empty' ? 'phone' and kind <> 'deal' then format(
      ' and not exists (select from phones e where e.tenant_id = $1 and e.%s_id = c.id)', kind) end,
    case when further -> 'empty' ? 'address' and kind <> 'deal' then format(
      ' and not exists (select from addresses e where e.tenant_id = $1 and e.%s_id = c.id)', kind) end,
    case when further -> 'empty' ? 'company' and kind = 'contact' then concat(
      ' and not exists (select from affiliations e where e.tenant_id = $1 and e.contact_id = c.id',
      case when seen_owners('companies') is not null then ' and sees_company(e.company_id)' end, ')'
    ) end,
    case when further -> 'empty' ? 'owner' then ' and c.owner_id is null' end,
    custom_conditions(kind, further -> 'custom'),
    case when kind = 'deal' then deal_conditions(further) end
  )
$$;

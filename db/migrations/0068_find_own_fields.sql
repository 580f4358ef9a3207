-- Lists narrowed by own fields, and what history says of a field that is gone.

-- The key of a bound: a day or a number, whatever the field holds.
create function custom_bound(value text) returns text
language sql immutable parallel safe strict
as $$
  select custom_key(case when value ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' then 'date' else 'number' end, value)
$$;

-- The conditions on row `c` that filters by own fields add to a search; those of fields that are gone
-- let everything through, so that a kept view goes on.
create function custom_conditions(kind text, filters jsonb) returns text
language sql immutable
as $$
  select string_agg(format(
    ' and (not exists (select from custom_fields f where f.tenant_id = $1 and f.id = %2$s and f.removed_at is null)
      or c.id %3$s (select v.%1$s_id from custom_values v where v.tenant_id = $1 and v.field_id = %2$s
        and v.%1$s_id is not null%4$s))',
    kind,
    format('($10 #>> ''{custom,%s,field}'')::uuid', at - 1),
    case when each ? 'empty' then 'not in' else 'in' end,
    concat(
      case when each ? 'is' then format(' and v.key = ($10 #>> ''{custom,%s,is}'')', at - 1) end,
      case when each ? 'like' then format(
        ' and (strpos(v.key, fold($10 #>> ''{custom,%1$s,like}'')) > 0 or v.kind = ''person'' and v.person_id in (
          select x.id from contacts x where x.tenant_id = $1 and x.deleted_at is null and x.restricted_at is null
            and strpos(fold(concat_ws('' '', x.first_name, x.name_prefix, x.last_name)), fold($10 #>> ''{custom,%1$s,like}'')) > 0))',
        at - 1) end,
      case when each ? 'from' then
        format(' and v.key collate "C" >= custom_bound($10 #>> ''{custom,%s,from}'') collate "C"', at - 1) end,
      case when each ? 'to' then
        format(' and v.key collate "C" <= custom_bound($10 #>> ''{custom,%s,to}'') collate "C"', at - 1) end
    )
  ), '')
  from jsonb_array_elements(filters) with ordinality as asked (each, at)
$$;

-- The conditions that `further` adds to a search, as before, and those of own fields.
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
    custom_conditions(kind, further -> 'custom'),
    case when kind = 'deal' then deal_conditions(further) end
  )
$$;

-- Of a field that is gone its history says only that something was changed; how many entries.
create function forget_custom_field(field text) returns int
language sql security definer set search_path = public, pg_temp
as $$
  with masked as (
    update changes c
    set fields = (
      select coalesce(jsonb_agg(
        case when each ->> 'name' = field then jsonb_build_object('name', field) else each end
        order by at
      ), '[]')
      from jsonb_array_elements(c.fields) with ordinality as told (each, at)
    )
    where c.tenant_id = current_tenant()
      and c.fields @> jsonb_build_array(jsonb_build_object('name', field))
    returning 1
  )
  select count(*)::int from masked
$$;

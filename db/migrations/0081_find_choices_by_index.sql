-- A choice of an own field is found by its index; sums of a deal's lines are no longer kept beside them
-- (servers of the version before still write those columns).

alter table deal_calculations
  alter column net_cents drop not null,
  alter column vat_cents drop not null;

-- The conditions on row `c` that filters by own fields add to a search; those of fields that are gone
-- let everything through, so that a kept view goes on.
create or replace function custom_conditions(kind text, filters jsonb) returns text
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
      case when each ? 'is' then format(' and v.key collate "C" = ($10 #>> ''{custom,%s,is}'')', at - 1) end,
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

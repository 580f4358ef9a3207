-- Working with lists: filters beyond owner, status and tag, kept views, changes of many records.

-- Places are found by the beginning of their name or code. The generated column stands for an index
-- of expressions, which the planner would sample and row-level security would not use.
alter table addresses add column city_key text generated always as (fold(city)) stored;
select keep_out_of_statistics('addresses', 'city_key');
create index addresses_city on addresses (tenant_id, city_key collate "C");
create index addresses_postal_code on addresses (tenant_id, postal_code collate "C");

-- The conditions on row `c` that `further` adds to a search, whose values stand in $10 and whose
-- tenant in $1: the same ones that lists without a search name in their query.
create function further_conditions(kind text, further jsonb) returns text
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
    case when further ? 'place' then format(
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
    case when further -> 'empty' ? 'email' then format(
      ' and not exists (select from emails e where e.tenant_id = $1 and e.%s_id = c.id)', kind) end,
    case when further -> 'empty' ? 'phone' then format(
      ' and not exists (select from phones e where e.tenant_id = $1 and e.%s_id = c.id)', kind) end,
    case when further -> 'empty' ? 'address' then format(
      ' and not exists (select from addresses e where e.tenant_id = $1 and e.%s_id = c.id)', kind) end,
    case when further -> 'empty' ? 'company' and kind = 'contact' then
      ' and not exists (select from affiliations e where e.tenant_id = $1 and e.contact_id = c.id)' end,
    case when further -> 'empty' ? 'owner' then ' and c.owner_id is null' end
  )
$$;

drop function search_records(text, text, text, boolean, uuid, boolean, int, uuid, uuid, text, uuid);

-- The ids of one page of matching records, in order. It looks through the first rows of the list
-- itself and is done when hits are frequent; rare ones come by the trigram index. The planner
-- cannot choose between the two, for it keeps no statistics on what is personal.
create function search_records(
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
  records := case kind when 'contact' then 'contacts' when 'company' then 'companies' end;
  key := case sort when 'touch' then 'last_touch_at' when 'created' then 'created_at' else 'sort_name collate "C"' end;
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
    || case when of_company is not null and kind = 'contact' then
      ' and exists (select from affiliations f where f.tenant_id = $1 and f.company_id = $7 and f.contact_id = c.id)'
    else '' end;
  wanted := wanted || further_conditions(kind, further);
  walk := format(
    'select c.id, c.search, c.owner_id, c.status, c.source, c.created_at, c.last_touch_at%5$s
     from %1$I c
     where %2$s
     order by c.%3$s %4$s, c.id %4$s
     limit $8',
    records, living, key, direction, case kind when 'contact' then ', c.legal_basis' else '' end
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

-- A list kept under a name: what its address asks for. A shared one is seen by the whole house.
create table views (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null,
  kind text not null check (kind in ('contact', 'company')),
  name text not null check (name <> ''),
  query text not null,
  shared boolean not null default false,
  user_id uuid not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, user_id) references users (tenant_id, id) on delete cascade
);
create index views_kind on views (tenant_id, kind);
create index views_user on views (tenant_id, user_id);
select distribute('views');
select isolate('views');
select keep_out_of_statistics('views', 'name', 'query');

-- The view that opens where a person asks for a list and nothing else.
create table view_defaults (
  tenant_id uuid not null,
  user_id uuid not null,
  kind text not null check (kind in ('contact', 'company')),
  view_id uuid not null,
  primary key (tenant_id, user_id, kind),
  foreign key (tenant_id, user_id) references users (tenant_id, id) on delete cascade,
  foreign key (tenant_id, view_id) references views (tenant_id, id) on delete cascade
);
create index view_defaults_view on view_defaults (tenant_id, view_id);
select distribute('view_defaults');
select isolate('view_defaults');

-- A change of many records at once, kept for undoing it while its days last.
create table bulk_changes (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null,
  kind text not null check (kind in ('contact', 'company')),
  action text not null check (action in ('tag', 'untag', 'owner', 'status', 'delete')),
  -- The tag's or user's id, or the status; empty where there is none.
  value text not null default '',
  status text not null check (status in ('running', 'done', 'undoing', 'undone')),
  total int not null,
  changed int not null default 0,
  created_by uuid,
  created_at timestamptz not null,
  finished_at timestamptz,
  undo_until timestamptz not null,
  primary key (tenant_id, id)
);
create index bulk_changes_until on bulk_changes (tenant_id, undo_until);
select distribute('bulk_changes');
select isolate('bulk_changes');

-- The records of a change: still to be done, done with what stood there before, or passed over.
create table bulk_change_rows (
  tenant_id uuid not null,
  bulk_change_id uuid not null,
  record_id uuid not null generated always as (coalesce(contact_id, company_id)) stored,
  contact_id uuid,
  company_id uuid,
  state text not null default 'waiting' check (state in ('waiting', 'changed', 'same', 'undone')),
  old text,
  primary key (tenant_id, bulk_change_id, record_id),
  check (num_nonnulls(contact_id, company_id) = 1),
  foreign key (tenant_id, bulk_change_id) references bulk_changes (tenant_id, id) on delete cascade,
  foreign key (tenant_id, contact_id) references contacts (tenant_id, id) on delete cascade,
  foreign key (tenant_id, company_id) references companies (tenant_id, id) on delete cascade
);
create index bulk_change_rows_state on bulk_change_rows (tenant_id, bulk_change_id, state);
create index bulk_change_rows_contact on bulk_change_rows (tenant_id, contact_id) where contact_id is not null;
create index bulk_change_rows_company on bulk_change_rows (tenant_id, company_id) where company_id is not null;
select distribute('bulk_change_rows');
select isolate('bulk_change_rows');

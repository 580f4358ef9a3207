-- Row-level security holds every statement of a narrowed transaction to what its user may see.

-- Records: the owner alone decides. Once per statement it is asked whether it must be looked at.
create policy sight on contacts as restrictive for select using (
  (select seen_owners('contacts') is null)
  or coalesce(owner_id, '00000000-0000-0000-0000-000000000000') = any ((select seen_owners('contacts'))::uuid[])
);
create policy sight on companies as restrictive for select using (
  (select seen_owners('companies') is null)
  or coalesce(owner_id, '00000000-0000-0000-0000-000000000000') = any ((select seen_owners('companies'))::uuid[])
);
create policy sight on deals as restrictive for select using (
  (select seen_owners('deals') is null)
  or coalesce(owner_id, '00000000-0000-0000-0000-000000000000') = any ((select seen_owners('deals'))::uuid[])
);
create policy sight on stat_facts as restrictive for select using (
  (select seen_owners('deals') is null)
  or coalesce(owner_id, '00000000-0000-0000-0000-000000000000') = any ((select seen_owners('deals'))::uuid[])
);

-- The policy reads the owner: sums of a board's columns still need not leave the index.
drop index deals_board;
create index deals_board on deals (tenant_id, stage_id, stage_since desc, id desc)
  include (amount_cents, currency, owner_id) where deleted_at is null;

-- The room that a house's files take, whoever sees them.
create function files_size() returns bigint
language sql stable security definer set search_path = public, pg_temp
as $$ select coalesce(sum(f.size), 0)::bigint from files f where f.tenant_id = current_tenant() $$;

-- What hangs on them goes with them; links between entries and records tell ids alone.
create function narrow_table(table_name text, condition text) returns void
language plpgsql
as $$
begin
  execute format(
    'create policy sight on %I as restrictive for select using ((select sees_all()) or %s)', table_name, condition
  );
end $$;

select narrow_table(name, 'sees_contact(contact_id) and sees_company(company_id)')
from unnest(array['affiliations', 'addresses', 'emails', 'phones', 'merges', 'import_updates']) name;
select narrow_table(name, 'sees_contact(contact_id)')
from unnest(array['contact_tags', 'consents', 'objections', 'looks', 'rectifications', 'restrictions', 'transmissions']) name;
select narrow_table('company_tags', 'sees_company(company_id)');
select narrow_table(name, 'sees_deal(deal_id)')
from unnest(array['deal_tags', 'deal_items', 'deal_stage_changes', 'deal_calculations']) name;
select narrow_table('deal_contacts', 'sees_deal(deal_id) and sees_contact(contact_id)');
select narrow_table('custom_values', 'sees_contact(contact_id) and sees_company(company_id) and sees_deal(deal_id)');
select narrow_table('duplicate_pairs', 'sees_contact(contact_id) and sees_contact(other_contact_id) and sees_company(company_id) and sees_company(other_company_id)');
select narrow_table('stat_snapshots', 'false');
select narrow_table('activities', 'owner_id = (select acting_user()) or sees_activity(id)');
select narrow_table('messages', 'user_id = (select acting_user()) or sees_message(id)');
select narrow_table('files', 'sees_file(contact_id, company_id, deal_id, activity_id, message_id)');
select narrow_table('offers', 'case when deal_id is not null then sees_deal(deal_id) else num_nonnulls(contact_id, company_id) > 0 and sees_contact(contact_id) and sees_company(company_id) end');
select narrow_table('changes', 'sees_history(record_kind, record_id)');
-- What files brought and what was left of them is for who brought them.
select narrow_table('imports', 'created_by = (select acting_user())');
select narrow_table('import_rows', 'exists (select from imports i where i.tenant_id = import_rows.tenant_id and i.id = import_id)');

-- Search texts and summaries are the same for all: they are made from all that is there.
alter function refresh_contact_search(uuid[]) set app.lifted to 'on';
alter function refresh_company_search(uuid[]) set app.lifted to 'on';
alter function refresh_deal_search(uuid[]) set app.lifted to 'on';
alter function write_facts(uuid, uuid[]) set app.lifted to 'on';
-- Nobody is written to against their objection because the writer does not see them.
alter function address_bars(text[]) set app.lifted to 'on';

-- Searches look past row-level security: they are told. The walk along an index goes on as before.
create or replace function search_records(kind text, query text, sort text, descending boolean, after_id uuid, backwards boolean, bound integer, of_tag uuid, of_owner uuid, of_status text, of_company uuid, further jsonb DEFAULT '{}'::jsonb)
 returns table(id uuid, total integer)
 language plpgsql
 stable security definer rows 50
 set search_path = public, pg_temp
as $$
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
  ) into hits, seen using tenant, after_id, of_tag, of_owner, of_status, patterns, of_company, 300, bound, further;
  if seen < 300 or cardinality(hits) >= bound then
    return query select hit, case when seen < 300 then cardinality(hits) end
    from unnest(hits[1:bound]) with ordinality as walked (hit, place)
    order by place;
    return;
  end if;
  if cardinality(hits) * 6 >= bound then
    execute format('select array(select c.id from (%s) c where true%s limit $9)', walk, wanted)
    into hits using tenant, after_id, of_tag, of_owner, of_status, patterns, of_company, 3000, bound, further;
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
  ) using tenant, after_id, of_tag, of_owner, of_status, patterns, of_company, bound, bound, further;
end $$;

create or replace function search_entries(kind text, query text, bound integer)
 returns setof uuid
 language plpgsql
 stable security definer rows 50
 set search_path = public, pg_temp
as $$
declare
  tenant constant uuid := current_tenant();
  patterns constant text[] := search_patterns(query);
  entries constant text := case kind
    when 'activity' then 'activities' when 'message' then 'messages' when 'file' then 'files' end;
  wanted text := '';
  hits uuid[];
begin
  if tenant is null or patterns is null or entries is null then
    return;
  end if;
  for i in 1..array_length(patterns, 1) loop
    wanted := wanted || format(' and (e.search like ($2)[%1$s][1] or e.search like ($2)[%1$s][2])', i);
  end loop;
  if not sees_all() then
    wanted := wanted || case kind
      when 'activity' then ' and sees_activity(e.id)'
      when 'message' then ' and sees_message(e.id)'
      else ' and exists (select from files f where f.tenant_id = $1 and f.id = e.id
        and sees_file(f.contact_id, f.company_id, f.deal_id, f.activity_id, f.message_id))' end;
  end if;
  execute format(
    'select array(
       select e.id
       from (select id, search, at from %I where tenant_id = $1 order by at desc, id desc limit 3000) e
       where true%s
       order by e.at desc, e.id desc
       limit $3)',
    entries, wanted
  ) into hits using tenant, patterns, bound;
  if cardinality(hits) < bound then
    execute format(
      'with found as materialized (select e.id, e.at from %I e where e.tenant_id = $1%s)
       select array(select id from found order by at desc, id desc limit $3)',
      entries, wanted
    ) into hits using tenant, patterns, bound;
  end if;
  return query select unnest(hits);
end $$;

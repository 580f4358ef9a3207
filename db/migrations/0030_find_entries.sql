-- Activities, mails and files are found like records: a folded text each, looked into as the owner.
-- Of a long text its beginning counts.
alter table activities add column search text not null
  generated always as (search_words(subject || ' ' || left(body, 1000))) stored;
alter table messages add column search text not null generated always as
  (search_words(subject || ' ' || from_name || ' ' || from_address || ' ' || left(body_text, 1000))) stored;
alter table files add column search text not null generated always as (search_words(name)) stored;

create index activities_search on activities using gin (tenant_id, search gin_trgm_ops)
  with (gin_pending_list_limit = 256);
create index messages_search on messages using gin (tenant_id, search gin_trgm_ops)
  with (gin_pending_list_limit = 256);
create index files_search on files using gin (tenant_id, search gin_trgm_ops)
  with (gin_pending_list_limit = 256);
create index activities_at on activities (tenant_id, at desc, id desc);
create index messages_at on messages (tenant_id, at desc, id desc);
create index files_at on files (tenant_id, at desc, id desc);

select keep_out_of_statistics('activities', 'search');
select keep_out_of_statistics('messages', 'search');
select keep_out_of_statistics('files', 'search');

-- The ids of the newest activities, messages or files that match, at most `bound`. Who may see them
-- is for the caller to ask. Frequent words are among the newest rows, rare ones in the index.
create function search_entries(kind text, query text, bound int) returns setof uuid
language plpgsql stable rows 50 security definer set search_path = public, pg_temp
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

-- Search: a folded text of each record, kept by the verbs that change it, and the functions that
-- look into it as the owner, because row-level security would switch the trigram index off.

-- What a list shows of a record beyond its own columns, so that a page of it is one index scan.
alter table contacts add column summary jsonb not null default '{}';
alter table companies add column summary jsonb not null default '{}';

-- Folded words between blanks. A word with ae, oe or ue (Joel, Roeder, Bauer) stands there as
-- written and without its e as well, so that every fragment of it is found.
create function search_words(value text) returns text
language plpgsql immutable parallel safe strict
as $$
declare
  words text := ' ' || fold(value) || ' ';
  plain constant text := lower(public.unaccent('public.unaccent'::regdictionary, lower(value)));
  word text;
begin
  if plain ~ '[aou]e' then
    for word in
      select distinct hit[1]
      from regexp_matches(plain, '[[:alnum:]]*[aou]e[[:alnum:]]*', 'g') as hit
    loop
      words := words || word || ' ' || regexp_replace(word, '([aou])e+', '\1', 'g') || ' ';
    end loop;
  end if;
  return words;
end $$;

-- The digits of a number in international and in national form; an extension follows its number.
create function phone_digits(number text) returns text
language sql immutable parallel safe strict
as $$
  select regexp_replace(number, '\D', '', 'g') || case when number like '+%' then ' ' || regexp_replace(
    regexp_replace(number, '^\+(49|4[013-8]|42[013]|3[0123469]|35[1-9]|37[0-9]|38[1-9]|90|1|7)', '0'),
    '\D', '', 'g') else '' end || ' '
$$;

-- Writes search text and summary of contacts anew; call it in the transaction that changes them,
-- their e-mails, phones, addresses, tags or companies, once for all of them.
create function refresh_contact_search(ids uuid[]) returns void
language sql
as $$
  with made as materialized (
    select p.id,
      search_words(concat_ws(
        ' ', p.first_name, p.name_prefix, p.last_name, work.words, p.customer_number,
        regexp_replace(p.customer_number, '[^[:alnum:]]', '', 'g'), email.words, place.words, tag.words
      )) || coalesce(phone.words, '') as search,
      jsonb_strip_nulls(jsonb_build_object(
        'companyId', work.id, 'company', work.name, 'email', email.first, 'phone', phone.first, 'city', nullif(place.first, ''),
        'tags', tag.names
      )) as summary
    from contacts p
    cross join lateral (
      select string_agg(o.name, ' ') as words,
        (array_agg(o.id order by a.is_primary desc, a.id))[1] as id,
        (array_agg(o.name order by a.is_primary desc, a.id))[1] as name
      from affiliations a
      join companies o on o.tenant_id = a.tenant_id and o.id = a.company_id
      where a.tenant_id = p.tenant_id
        and a.contact_id = p.id
        and o.deleted_at is null
    ) work
    cross join lateral (
      select string_agg(e.address, ' ') as words,
        (array_agg(e.address order by e.position, e.id))[1] as first
      from emails e
      where e.tenant_id = p.tenant_id
        and e.contact_id = p.id
    ) email
    cross join lateral (
      select string_agg(phone_digits(n.number), '') as words,
        (array_agg(n.number order by n.position, n.id))[1] as first
      from phones n
      where n.tenant_id = p.tenant_id
        and n.contact_id = p.id
    ) phone
    cross join lateral (
      select string_agg(concat_ws(' ', d.postal_code, d.city), ' ') as words,
        (array_agg(d.city order by d.position, d.id))[1] as first
      from addresses d
      where d.tenant_id = p.tenant_id
        and d.contact_id = p.id
    ) place
    cross join lateral (
      select string_agg(t.name, ' ') as words,
        jsonb_agg(t.name order by t.name_key) as names
      from contact_tags x
      join tags t on t.tenant_id = x.tenant_id and t.id = x.tag_id
      where x.tenant_id = p.tenant_id
        and x.contact_id = p.id
    ) tag
    where p.tenant_id = current_tenant()
      and p.id = any (ids)
  )
  update contacts c
  set search = made.search, summary = made.summary
  from made
  where c.tenant_id = current_tenant()
    and c.id = made.id
    and (c.search <> made.search or c.summary <> made.summary)
$$;

-- The same for companies; their contacts carry the name, so a new name wants theirs refreshed too.
create function refresh_company_search(ids uuid[]) returns void
language sql
as $$
  with made as materialized (
    select p.id,
      search_words(concat_ws(
        ' ', p.name, p.industry, p.vat_id, p.website, p.customer_number,
        regexp_replace(p.customer_number, '[^[:alnum:]]', '', 'g'), email.words, place.words, tag.words
      )) || coalesce(phone.words, '') as search,
      jsonb_strip_nulls(jsonb_build_object(
        'email', email.first, 'phone', phone.first, 'city', nullif(place.first, ''),
        'tags', tag.names
      )) as summary
    from companies p
    cross join lateral (
      select string_agg(e.address, ' ') as words,
        (array_agg(e.address order by e.position, e.id))[1] as first
      from emails e
      where e.tenant_id = p.tenant_id
        and e.company_id = p.id
    ) email
    cross join lateral (
      select string_agg(phone_digits(n.number), '') as words,
        (array_agg(n.number order by n.position, n.id))[1] as first
      from phones n
      where n.tenant_id = p.tenant_id
        and n.company_id = p.id
    ) phone
    cross join lateral (
      select string_agg(concat_ws(' ', d.postal_code, d.city), ' ') as words,
        (array_agg(d.city order by d.position, d.id))[1] as first
      from addresses d
      where d.tenant_id = p.tenant_id
        and d.company_id = p.id
    ) place
    cross join lateral (
      select string_agg(t.name, ' ') as words,
        jsonb_agg(t.name order by t.name_key) as names
      from company_tags x
      join tags t on t.tenant_id = x.tenant_id and t.id = x.tag_id
      where x.tenant_id = p.tenant_id
        and x.company_id = p.id
    ) tag
    where p.tenant_id = current_tenant()
      and p.id = any (ids)
  )
  update companies c
  set search = made.search, summary = made.summary
  from made
  where c.tenant_id = current_tenant()
    and c.id = made.id
    and (c.search <> made.search or c.summary <> made.summary)
$$;

-- What a query asks for: pairs of patterns for LIKE, of each of which one must hit; null when nothing
-- is left of it. Digits and phone punctuation are one fragment; +49, 0049 and (0) are understood.
-- Words of one or two letters count at the start of a word only, so that an index can answer them;
-- one that only folding made so short (mue), or that begins within a digraph (eder of Roeder, uer of Bauer),
-- counts anywhere as it was written, too.
create function search_patterns(query text) returns text[]
language plpgsql immutable parallel safe strict
as $$
declare
  written text[];
  word text;
  pattern text;
  patterns text[] := '{}';
begin
  if query ~ '^[\d\s+()/.–-]+$' and query ~ '\d' then
    word := regexp_replace(regexp_replace(query, '\(0\)', ''), '\D', '', 'g');
    word := regexp_replace(word, '^00', '');
    pattern := case when length(word) < 3 then '% ' || word || '%' else '%' || word || '%' end;
    return array[[pattern, pattern]];
  end if;
  written := regexp_split_to_array(
    lower(public.unaccent(
      'public.unaccent'::regdictionary, lower(regexp_replace(left(query, 200), '[''’`´ʼ]+', '', 'g'))
    )),
    '[\x01-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f\u00a0]+'
  );
  foreach word in array written loop
    continue when fold(word) = '';
    pattern := case when length(fold(word)) < 3 then '% ' || fold(word) || '%' else '%' || fold(word) || '%' end;
    continue when pattern = any (patterns);
    patterns := patterns || array[[
      pattern,
      case
        when word <> fold(word) and length(word) > 2 and (length(fold(word)) < 3 or word ~ '^u?e')
        then '%' || word || '%'
        else pattern
      end
    ]];
    exit when array_length(patterns, 1) = 8;
  end loop;
  return nullif(patterns, '{}');
end $$;

-- The ids of one page of matching records, in order. It looks through the first rows of the list
-- itself and is done when hits are frequent; rare ones come by the trigram index. The planner
-- cannot choose between the two, for it keeps no statistics on what is personal.
create function search_records(
  kind text, query text, sort text, descending boolean, after_id uuid, backwards boolean,
  bound int, of_tag uuid, of_owner uuid, of_status text, of_company uuid
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
  walk := format(
    'select c.id, c.search, c.owner_id, c.status
     from %1$I c
     where %2$s
     order by c.%3$s %4$s, c.id %4$s
     limit $8',
    records, living, key, direction
  );
  execute format(
    'select coalesce(array_agg(c.id) filter (where true%s), ''{}''), count(*)::int from (%s) c',
    wanted, walk
  ) into hits, seen using tenant, after_id, of_tag, of_owner, of_status, patterns, of_company, 300;
  if seen < 300 or cardinality(hits) >= bound then
    return query select unnest(hits[1:bound]);
    return;
  end if;
  if cardinality(hits) * 6 >= bound then
    execute format('select array(select c.id from (%s) c where true%s limit $9)', walk, wanted)
    into hits using tenant, after_id, of_tag, of_owner, of_status, patterns, of_company, 3000, bound;
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
  ) using tenant, after_id, of_tag, of_owner, of_status, patterns, of_company, bound;
end $$;

-- Filters that come with an order of their own.
drop index contacts_owner;
drop index companies_owner;
create index contacts_owner on contacts (tenant_id, owner_id, sort_name collate "C", id) where deleted_at is null;
create index contacts_status on contacts (tenant_id, status, sort_name collate "C", id) where deleted_at is null;
create index companies_owner on companies (tenant_id, owner_id, sort_name collate "C", id) where deleted_at is null;
create index companies_status on companies (tenant_id, status, sort_name collate "C", id) where deleted_at is null;

-- Each search reads what waits to be put into the index: little may wait.
alter index contacts_search set (gin_pending_list_limit = 256);
alter index companies_search set (gin_pending_list_limit = 256);

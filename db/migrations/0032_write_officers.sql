-- Letters to the officer about requests: what each may be answered with, by link or by mail.

-- Who decides a controller's requests, and who stands in while that person is away.
create table officers (
  tenant_id uuid not null,
  name text not null default '',
  email text not null default '',
  language text not null default 'de' check (language in ('de', 'en')),
  deputy_name text not null default '',
  deputy_email text not null default '',
  away_from date,
  away_until date,
  updated_at timestamptz not null,
  primary key (tenant_id),
  check ((away_from is null) = (away_until is null) and away_from <= away_until)
);
select distribute('officers');
select isolate('officers');
select keep_out_of_statistics('officers', 'name', 'email', 'deputy_name', 'deputy_email');

-- One letter; `occasion` lets each be written once, whatever runs twice.
create table case_letters (
  tenant_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  kind text not null check (kind in ('new', 'decision', 'approval', 'reminder', 'overdue')),
  occasion text not null check (occasion <> ''),
  -- Whom it was written to: who opens its links acts as that one.
  recipient text not null check (recipient in ('officer', 'deputy')),
  -- The local part that answers come to.
  reply_part text not null,
  -- Wrong codes so far, by link and by mail; after three nothing of the letter counts.
  failures int not null default 0,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, case_id, occasion),
  foreign key (tenant_id, case_id) references cases (tenant_id, id) on delete cascade
);
create index case_letters_reply on case_letters (reply_part);
select distribute('case_letters');
select isolate('case_letters');
select keep_out_of_statistics('case_letters', 'reply_part');

-- The code of each item in a letter, as a keyed digest, and the state that it was made for.
create table case_codes (
  tenant_id uuid not null,
  letter_id uuid not null,
  item_id uuid not null,
  code_digest bytea not null,
  state text not null,
  primary key (tenant_id, letter_id, item_id),
  foreign key (tenant_id, letter_id) references case_letters (tenant_id, id) on delete cascade,
  foreign key (tenant_id, item_id) references case_items (tenant_id, id) on delete cascade
);
create index case_codes_item on case_codes (tenant_id, item_id);
select distribute('case_codes');
select isolate('case_codes');
select keep_out_of_statistics('case_codes', 'code_digest');

create table case_links (
  tenant_id uuid not null,
  id uuid not null,
  letter_id uuid not null,
  item_id uuid not null,
  action text not null check (action in ('approve', 'refuse', 'extend', 'identity', 'identified', 'done')),
  token_digest bytea not null,
  used_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, letter_id) references case_letters (tenant_id, id) on delete cascade,
  foreign key (tenant_id, letter_id, item_id) references case_codes (tenant_id, letter_id, item_id) on delete cascade
);
create index case_links_letter on case_links (tenant_id, letter_id, item_id);
create index case_links_digest on case_links (token_digest);
select distribute('case_links');
select isolate('case_links');
select keep_out_of_statistics('case_links', 'token_digest');

-- Whose a link is: asked before anybody's tenant is known, and told identifiers only.
create function case_link_by_digest(digest bytea)
returns table (tenant_id uuid, id uuid)
language sql stable security definer set search_path = public, pg_temp
as $$
  select l.tenant_id, l.id
  from case_links l
  where l.token_digest = digest
$$;

-- Which letter an address answers.
create function case_letter_by_reply(part text)
returns table (tenant_id uuid, id uuid)
language sql stable security definer set search_path = public, pg_temp
as $$
  select l.tenant_id, l.id
  from case_letters l
  where l.reply_part = part
$$;

-- Which letters are due: the house asks for all controllers at once, and is told identifiers only.
-- An item that waits for the officer needs a letter that still counts, unless the staff has it in
-- hand. A reminder is due at the day before any shift, so that nobody relies on a holiday; what was
-- missed comes once, not often.
create function officer_letters_due(at timestamptz, day date, remind boolean, most int)
returns table (tenant_id uuid, case_id uuid, kind text, occasion text)
language sql stable security definer set search_path = public, pg_temp
as $$
  select d.tenant_id, d.case_id, d.kind, d.occasion
  from (
    select c.tenant_id, c.id as case_id,
      case
        when n.letters = 0 then 'new'
        when bool_or(i.status = 'approval') then 'approval'
        else 'decision'
      end as kind,
      format('%s %s', n.letters, coalesce(string_agg(format('%s.%s', i.id, i.version), ' ' order by i.id), '')) as occasion
    from cases c
    left join case_items i on i.tenant_id = c.tenant_id and i.case_id = c.id and i.closed_at is null
    cross join lateral (
      select count(*) as letters
      from case_letters l
      where l.tenant_id = c.tenant_id
        and l.case_id = c.id
    ) n
    where c.status = 'open'
      -- A letter in which no right was recognised is told once, for the officer to read it.
      and (i.id is not null or n.letters = 0)
      and coalesce(i.status, 'new') not in ('execution', 'proof')
      and (
        i.id is null
        or i.status in ('new', 'identity', 'approval')
        or (
          select e.actor_kind
          from case_events e
          where e.tenant_id = i.tenant_id
            and e.case_id = i.case_id
            and e.item_id = i.id
          order by e.seq desc
          limit 1
        ) not in ('user', 'operator')
      )
      and not exists (
        select
        from case_codes k
        join case_letters l on l.tenant_id = k.tenant_id and l.id = k.letter_id
        where k.tenant_id = i.tenant_id
          and k.item_id = i.id
          and k.state = i.version::text
          and l.expires_at > at
          and (l.failures < 3 or l.created_at > at - interval '1 hour')
      )
    group by c.tenant_id, c.id, n.letters
    union all
    select c.tenant_id, c.id,
      case when c.due_on < day then 'overdue' else 'reminder' end,
      case
        when c.due_on < day then format('overdue %s', day)
        else format('reminder %s %s', c.unshifted_on, t.days)
      end
    from cases c
    cross join lateral (
      select min(n) as days
      from unnest(array[1, 3, 7, 14]) as n
      where n >= c.unshifted_on - day
    ) t
    where remind
      and c.status = 'open'
      and c.paused_at is null
      and t.days is not null
      and c.received_on < day
  ) d
  where not exists (
    select
    from case_letters l
    where l.tenant_id = d.tenant_id
      and l.case_id = d.case_id
      and l.occasion = d.occasion
  )
  order by d.case_id, d.kind
  limit least(most, 500)
$$;

-- Reports and heads of the chain that the officer was sent: each day's once, and what it said.
create table officer_reports (
  tenant_id uuid not null,
  kind text not null check (kind in ('week', 'chain')),
  day date not null,
  seq bigint not null,
  digest bytea not null,
  created_at timestamptz not null,
  primary key (tenant_id, kind, day)
);
select distribute('officer_reports');
select isolate('officer_reports');

-- Answers to the provider's letters come in as well, and the provider is no tenant.
alter table raw_mails drop constraint if exists raw_mails_tenant_id_fkey;

-- Where answers to a mail go, empty: to its sender; and a PDF that goes with it.
alter table mails add column reply_to text not null default '';
alter table mails add column attachment_name text not null default '';
alter table mails add column attachment bytea;
select keep_out_of_statistics('mails', 'reply_to', 'attachment');

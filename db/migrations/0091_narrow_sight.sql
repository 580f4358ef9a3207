-- Teams, and what of the records each role sees. A user's transaction is narrowed as it begins
-- (`narrow`), and row-level security holds every statement to it; jobs of the house see all.
create table teams (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null,
  name text not null check (name <> '' and length(name) <= 100),
  name_key text generated always as (lower(name)) stored,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, name_key)
);
select distribute('teams');
select isolate('teams');
select keep_out_of_statistics('teams', 'name_key');

create table team_members (
  tenant_id uuid not null,
  team_id uuid not null,
  user_id uuid not null,
  added_at timestamptz not null,
  primary key (tenant_id, team_id, user_id),
  foreign key (tenant_id, team_id) references teams (tenant_id, id) on delete cascade,
  foreign key (tenant_id, user_id) references users (tenant_id, id) on delete cascade
);
select distribute('team_members');
select isolate('team_members');
create index team_members_user on team_members (tenant_id, user_id, team_id);

-- Owners and admins always see all: they answer persons' requests, and could lift any limit.
-- A role without a row sees all.
create table record_sights (
  tenant_id uuid not null references tenants (id) on delete cascade,
  role text not null check (role in ('member', 'read_only')),
  contacts text not null check (contacts in ('all', 'team', 'own')),
  companies text not null check (companies in ('all', 'team', 'own')),
  deals text not null check (deals in ('all', 'team', 'own')),
  primary key (tenant_id, role),
  check (contacts <> 'all' or companies <> 'all' or deals <> 'all')
);
select distribute('record_sights');
select isolate('record_sights');

-- The history of a team; until the next version a constraint that old servers keep as well.
alter table changes
  drop constraint changes_record_kind_check,
  add constraint changes_record_kind_check check (record_kind in (
    'contact', 'company', 'deal', 'activity', 'import', 'export', 'user', 'tenant', 'tag', 'pipeline',
    'lost_reason', 'custom_field', 'team'
  )) not valid;
alter table changes validate constraint changes_record_kind_check;

-- Narrows the rest of the transaction to what a user may see: for each kind of record whose owners'
-- records that are. Nobody's records stand under the nil UUID; an empty setting stands for all.
create function narrow(of_user uuid) returns void
language plpgsql
as $$
declare
  nobody constant uuid := '00000000-0000-0000-0000-000000000000';
  levels text[];
  widest text;
  mates uuid[];
begin
  select array[coalesce(s.contacts, 'all'), coalesce(s.companies, 'all'), coalesce(s.deals, 'all')]
  into levels
  from users u
  left join record_sights s on s.tenant_id = u.tenant_id and s.role = u.role
  where u.tenant_id = current_tenant()
    and u.id = of_user;
  -- Who is no user of the tenant has nothing there.
  levels := coalesce(levels, array['own', 'own', 'own']);
  execute format('set local app.user_id = %L', of_user);
  if levels = array['all', 'all', 'all'] then
    return;
  end if;
  if 'team' = any (levels) then
    select array_agg(distinct m.user_id) into mates
    from team_members o
    join teams t on t.tenant_id = o.tenant_id and t.id = o.team_id
    join team_members m on m.tenant_id = o.tenant_id and m.team_id = o.team_id
    where o.tenant_id = current_tenant()
      and o.user_id = of_user;
    mates := array_remove(mates, of_user) || of_user || nobody;
  end if;
  widest := case when 'all' = any (levels) then 'all' when 'team' = any (levels) then 'team' else 'own' end;
  execute format(
    'set local app.contacts_of = %L; set local app.companies_of = %L; set local app.deals_of = %L; set local app.rest_of = %L',
    owners_at(levels[1], of_user, mates), owners_at(levels[2], of_user, mates),
    owners_at(levels[3], of_user, mates), owners_at(widest, of_user, mates)
  );
  execute 'set local app.narrowed = ''on''';
end $$;

create function owners_at(level text, of_user uuid, mates uuid[]) returns text
language sql immutable
as $$
  select case level when 'all' then '' when 'own' then array[of_user]::text else mates::text end
$$;

-- Whether a role of a tenant sees less than all: asked with the session, so that the usual
-- transaction need not be narrowed.
create function is_narrowed(of_tenant uuid, of_role text) returns boolean
language sql stable security definer set search_path = public, pg_temp
as $$
  select exists (select from record_sights s where s.tenant_id = of_tenant and s.role = of_role)
$$;

-- Whose records of a kind (`contacts`, `companies`, `deals`; `rest` for what hangs on none) the
-- transaction may see, null for everybody's. A deed that was allowed may lift this for what follows.
create function acting_user() returns uuid
language sql stable parallel safe
as $$ select nullif(current_setting('app.user_id', true), '')::uuid $$;

create function seen_owners(kind text) returns uuid[]
language sql stable parallel safe
as $$
  select case
    when current_setting('app.lifted', true) = 'on' then null
    else nullif(current_setting('app.' || kind || '_of', true), '')::uuid[]
  end
$$;

-- Whether the transaction sees all records of all kinds: the usual case, asked once per statement.
create function sees_all() returns boolean
language sql stable parallel safe
as $$
  select coalesce(current_setting('app.narrowed', true), '') <> 'on'
    or current_setting('app.lifted', true) = 'on'
$$;

create function sees_owner(kind text, owner uuid) returns boolean
language sql stable parallel safe
as $$
  select coalesce(
    coalesce(owner, '00000000-0000-0000-0000-000000000000') = any (seen_owners(kind)), true
  )
$$;

-- Whether who began this transaction does not see an owner's records, lifted or not.
create function hides_owner(kind text, owner uuid) returns boolean
language sql stable parallel safe
as $$
  select not coalesce(
    coalesce(owner, '00000000-0000-0000-0000-000000000000')
      = any (nullif(current_setting('app.' || kind || '_of', true), '')::uuid[]),
    true
  )
$$;

-- The same of one record. These look past row-level security, so that a policy that asks them does
-- not ask other policies, and name the tenant themselves.
create function sees_contact(of_contact uuid) returns boolean
language plpgsql stable parallel safe security definer cost 1 set search_path = public, pg_temp
as $$
begin
  return of_contact is null or exists (
    select from contacts c
    where c.tenant_id = current_tenant() and c.id = of_contact and sees_owner('contacts', c.owner_id)
  );
end $$;

create function sees_company(of_company uuid) returns boolean
language plpgsql stable parallel safe security definer cost 1 set search_path = public, pg_temp
as $$
begin
  return of_company is null or exists (
    select from companies c
    where c.tenant_id = current_tenant() and c.id = of_company and sees_owner('companies', c.owner_id)
  );
end $$;

create function sees_deal(of_deal uuid) returns boolean
language plpgsql stable parallel safe security definer cost 1 set search_path = public, pg_temp
as $$
begin
  return of_deal is null or exists (
    select from deals d
    where d.tenant_id = current_tenant() and d.id = of_deal and sees_owner('deals', d.owner_id)
  );
end $$;

-- An activity is seen by who is responsible for it or takes part, and through each record chosen for it that may
-- be seen; not through those drawn along. What hangs on nothing goes by the widest sight of a role.
create function sees_activity(of_activity uuid) returns boolean
language plpgsql stable parallel safe security definer cost 1 set search_path = public, pg_temp
as $$
declare
  me constant uuid := acting_user();
  contacts_of constant uuid[] := seen_owners('contacts');
  companies_of constant uuid[] := seen_owners('companies');
  deals_of constant uuid[] := seen_owners('deals');
  nobody constant uuid := '00000000-0000-0000-0000-000000000000';
  hangs boolean;
  seen boolean;
begin
  if of_activity is null then
    return true;
  end if;
  select count(*) > 0, bool_or(
    c.id is not null and (contacts_of is null or coalesce(c.owner_id, nobody) = any (contacts_of))
    or o.id is not null and (companies_of is null or coalesce(o.owner_id, nobody) = any (companies_of))
    or d.id is not null and (deals_of is null or coalesce(d.owner_id, nobody) = any (deals_of))
  )
  into hangs, seen
  from activity_links l
  left join contacts c on c.tenant_id = l.tenant_id and c.id = l.contact_id
  left join companies o on o.tenant_id = l.tenant_id and o.id = l.company_id
  left join deals d on d.tenant_id = l.tenant_id and d.id = l.deal_id
  where l.tenant_id = current_tenant() and l.activity_id = of_activity and l.direct;
  if seen then
    return true;
  end if;
  return exists (
    select from activities a
    where a.tenant_id = current_tenant() and a.id = of_activity
      and (a.owner_id = me or not hangs and sees_owner('rest', a.owner_id))
  ) or exists (
    select from activity_participants p
    where p.tenant_id = current_tenant() and p.activity_id = of_activity and p.user_id = me
  );
end $$;

-- A mail is seen by its author, by those in whose inbox it lies (the common one only as long as it
-- never stood on a record), and through its persons and deals; through a company only where it stands on
-- neither: a person's mail is drawn along to their company.
create function sees_message(of_message uuid) returns boolean
language plpgsql stable parallel safe security definer cost 1 set search_path = public, pg_temp
as $$
declare
  me constant uuid := acting_user();
  links bigint;
  near boolean;
  seen boolean;
  house boolean;
begin
  if of_message is null
    or exists (
      select from messages m
      where m.tenant_id = current_tenant() and m.id = of_message and m.user_id = me
    )
    or exists (
      select from inbox_messages i
      where i.tenant_id = current_tenant() and i.message_id = of_message and i.user_id = me
    ) then
    return true;
  end if;
  select count(*), count(*) filter (where l.company_id is null) > 0,
    bool_or(sees_contact(l.contact_id) and sees_deal(l.deal_id)) filter (where l.company_id is null),
    bool_or(sees_company(l.company_id)) filter (where l.company_id is not null)
  into links, near, seen, house
  from message_links l
  where l.tenant_id = current_tenant() and l.message_id = of_message;
  if links = 0 then
    return exists (
      select from inbox_messages i
      where i.tenant_id = current_tenant() and i.message_id = of_message and i.user_id is null
        and i.state <> 'assigned'
    );
  end if;
  return case when near then seen else house end;
end $$;

-- A file goes with the record that it was put on.
create function sees_file(contact uuid, company uuid, deal uuid, activity uuid, message uuid) returns boolean
language sql stable parallel safe cost 1
as $$
  select sees_contact(contact) and sees_company(company) and sees_deal(deal)
    and sees_activity(activity) and sees_message(message)
$$;

-- The history of a record goes with it; that of settings is everybody's who may open it.
create function sees_history(kind text, record uuid) returns boolean
language sql stable parallel safe cost 1
as $$
  select case kind
    when 'contact' then sees_contact(record)
    when 'company' then sees_company(record)
    when 'deal' then sees_deal(record)
    when 'activity' then sees_activity(record)
    else true
  end
$$;

-- Whether nobody may be shown a person: restricted, or (if asked) in the trash. Row-level security
-- hides persons for more than one reason, and what is about a restricted one is hidden with them.
create function shut_contact(of_contact uuid, trash boolean) returns boolean
language plpgsql stable parallel safe security definer set search_path = public, pg_temp
as $$
begin
  return exists (
    select from contacts c
    where c.tenant_id = current_tenant()
      and c.id = of_contact
      and (
        (c.restricted_at is not null and coalesce(current_setting('app.sees_restricted', true), '') <> 'on')
        or (trash and c.deleted_at is not null)
      )
  );
end $$;

-- Forms that a tenant links to from its own site: a stranger's words become a contact once the
-- address has confirmed them.

create table web_forms (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null,
  -- The last part of its address.
  slug text not null check (slug ~ '^[a-z0-9](-?[a-z0-9]){1,59}$'),
  name text not null,
  fields text[] not null,
  owner_id uuid,
  tag text not null default '',
  active boolean not null default true,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, slug),
  foreign key (tenant_id, owner_id) references users (tenant_id, id) on delete set null (owner_id)
);
select distribute('web_forms');
select isolate('web_forms');

-- What the form says, version by version: the proof of a consent names the one that was read.
create table web_form_texts (
  tenant_id uuid not null,
  id uuid not null,
  form_id uuid not null,
  number int not null check (number >= 1),
  -- Title, introduction, consent and privacy link, in German and English.
  words jsonb not null,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, form_id, number),
  foreign key (tenant_id, form_id) references web_forms (tenant_id, id) on delete cascade
);
select distribute('web_form_texts');
select isolate('web_form_texts');

-- What was entered and waits for its confirmation; empty afterwards.
create table web_form_entries (
  tenant_id uuid not null,
  id uuid not null,
  form_id uuid not null,
  text_id uuid not null,
  language text not null check (language in ('de', 'en')),
  consents boolean not null,
  token_digest bytea not null,
  email text not null,
  first_name text not null default '',
  last_name text not null default '',
  phone text not null default '',
  company text not null default '',
  message text not null default '',
  created_at timestamptz not null,
  confirmed_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, form_id) references web_forms (tenant_id, id) on delete cascade,
  foreign key (tenant_id, text_id) references web_form_texts (tenant_id, id) on delete cascade
);
create index web_form_entries_digest on web_form_entries (token_digest);
create index web_form_entries_age on web_form_entries (created_at);
create index web_form_entries_form on web_form_entries (tenant_id, form_id);
select distribute('web_form_entries');
select isolate('web_form_entries');
select keep_out_of_statistics(
  'web_form_entries', 'token_digest', 'email', 'first_name', 'last_name', 'phone', 'company', 'message'
);

-- Whose a link is: asked before a tenant is known, so it runs as the owner.
create function web_form_entry_by_digest(digest bytea, since timestamptz)
returns table (tenant_id uuid, id uuid)
language sql stable security definer set search_path = public, pg_temp
as $$
  select e.tenant_id, e.id
  from web_form_entries e
  join tenants t on t.id = e.tenant_id
  where e.token_digest = digest
    and e.created_at > since
    and t.phase = 'open'
$$;

create function expire_web_form_entries(before timestamptz) returns int
language plpgsql security definer set search_path = public, pg_temp
as $$
declare
  gone int;
begin
  delete from web_form_entries where created_at < before;
  get diagnostics gone = row_count;
  return gone;
end $$;

-- Mail that users write: by which server, out of which templates, and how far it has come.

-- A user's own mail server; who has none sends by the house's.
create table mail_accounts (
  tenant_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  sender_name text not null,
  address text not null check (address <> ''),
  host text not null check (host <> ''),
  port int not null check (port between 1 and 65535),
  security text not null check (security in ('tls', 'starttls', 'none')),
  username text not null default '',
  password_sealed bytea,
  version int not null default 1,
  -- The last look at the server: when it was asked for, when it came to an end, what was wrong.
  check_asked_at timestamptz,
  checked_at timestamptz,
  error_code text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, user_id),
  foreign key (tenant_id, user_id) references users (tenant_id, id) on delete cascade
);
select distribute('mail_accounts');
select isolate('mail_accounts');
select keep_out_of_statistics('mail_accounts', 'sender_name', 'address', 'username', 'password_sealed');

create table mail_signatures (
  tenant_id uuid not null,
  user_id uuid not null,
  language text not null check (language in ('de', 'en')),
  body text not null,
  updated_at timestamptz not null,
  primary key (tenant_id, user_id, language),
  foreign key (tenant_id, user_id) references users (tenant_id, id) on delete cascade
);
select distribute('mail_signatures');
select isolate('mail_signatures');
select keep_out_of_statistics('mail_signatures', 'body');

create table mail_templates (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null,
  -- Whose it is; null for one that the house shares.
  user_id uuid,
  name text not null check (name <> ''),
  name_key text generated always as (lower(name)) stored,
  language text not null check (language in ('de', 'en')),
  subject text not null default '',
  body text not null,
  version int not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, user_id) references users (tenant_id, id) on delete cascade
);
create index mail_templates_name on mail_templates (tenant_id, name_key, id);
create index mail_templates_user on mail_templates (tenant_id, user_id) where user_id is not null;
select distribute('mail_templates');
select isolate('mail_templates');
select keep_out_of_statistics('mail_templates', 'name', 'name_key', 'subject', 'body');

-- How a message of ours is written and sent, beside the message itself.
create table outgoing_messages (
  tenant_id uuid not null,
  message_id uuid not null,
  -- What the gate judges it by.
  kind text not null check (kind in ('own_request', 'contract', 'correspondence', 'marketing')),
  language text not null check (language in ('de', 'en')),
  signed boolean not null default true,
  -- What the person typed, and what it answers, until it is sent.
  draft jsonb not null default '{}',
  contact_id uuid,
  company_id uuid,
  deal_id uuid,
  answers_id uuid,
  attempts int not null default 0,
  claimed_until timestamptz,
  -- From here on the server may have it, whatever becomes of the connection.
  handed_over_at timestamptz,
  finished_at timestamptz,
  primary key (tenant_id, message_id),
  foreign key (tenant_id, message_id) references messages (tenant_id, id) on delete cascade,
  foreign key (tenant_id, contact_id) references contacts (tenant_id, id) on delete set null (contact_id),
  foreign key (tenant_id, company_id) references companies (tenant_id, id) on delete set null (company_id),
  foreign key (tenant_id, deal_id) references deals (tenant_id, id) on delete set null (deal_id),
  foreign key (tenant_id, answers_id) references messages (tenant_id, id) on delete set null (answers_id)
);
create index outgoing_messages_contact on outgoing_messages (tenant_id, contact_id) where contact_id is not null;
create index outgoing_messages_company on outgoing_messages (tenant_id, company_id) where company_id is not null;
create index outgoing_messages_deal on outgoing_messages (tenant_id, deal_id) where deal_id is not null;
create index outgoing_messages_answers on outgoing_messages (tenant_id, answers_id) where answers_id is not null;
select distribute('outgoing_messages');
select isolate('outgoing_messages');
select keep_out_of_statistics('outgoing_messages', 'draft');

-- A user's own mails by state, the newest first.
create index messages_author on messages (tenant_id, user_id, state, at desc, id desc)
  where direction = 'out';

-- The link in a marketing mail by which its reader objects to more (Art. 21(4) GDPR, RFC 8058). Of
-- the reader it keeps a keyed hash, for it must work after the contact was erased.
create table unsubscribe_links (
  tenant_id uuid not null references tenants (id) on delete cascade,
  token_digest bytea not null,
  address_hash bytea not null,
  contact_id uuid,
  language text not null check (language in ('de', 'en')),
  created_at timestamptz not null,
  used_at timestamptz,
  primary key (tenant_id, token_digest),
  foreign key (tenant_id, contact_id) references contacts (tenant_id, id) on delete set null (contact_id)
);
create index unsubscribe_links_digest on unsubscribe_links (token_digest);
create index unsubscribe_links_contact on unsubscribe_links (tenant_id, contact_id) where contact_id is not null;
select distribute('unsubscribe_links');
select isolate('unsubscribe_links');
select keep_out_of_statistics('unsubscribe_links', 'token_digest', 'address_hash');

-- Whose link it is: asked by the public page before a tenant is known, so it runs as the owner.
create function unsubscribe_link_by_digest(digest bytea)
returns table (tenant_id uuid, tenant_name text, language text, used_at timestamptz)
language sql stable security definer set search_path = public, pg_temp
as $$
  select l.tenant_id, t.name, l.language, l.used_at
  from unsubscribe_links l
  join tenants t on t.id = l.tenant_id
  where l.token_digest = digest
$$;

-- What stands against writing to an address, restricted and deleted persons included: the objection
-- gate alone asks this, and is told no person. Runs as its caller, within the caller's tenant.
create function address_bars(addresses text[])
returns table (address text, restricted boolean, objected boolean, withdrawn boolean)
language sql stable
set app.sees_restricted = 'on'
as $$
  select e.address_key,
    coalesce(bool_or(c.restricted_at is not null), false),
    coalesce(bool_or(exists (
      select
      from objections o
      where o.tenant_id = c.tenant_id
        and o.contact_id = c.id
        and o.channel in ('all', 'email')
    )), false),
    coalesce(bool_or(
      exists (
        select
        from consents s
        where s.tenant_id = c.tenant_id
          and s.contact_id = c.id
          and s.channel = 'email'
          and s.withdrawn_at is not null
      )
      and not exists (
        select
        from consents s
        where s.tenant_id = c.tenant_id
          and s.contact_id = c.id
          and s.channel = 'email'
          and s.withdrawn_at is null
      )
    ), false)
  from emails e
  left join contacts c on c.tenant_id = e.tenant_id and c.id = e.contact_id
  where e.tenant_id = current_tenant()
    and e.address_key = any(addresses)
  group by e.address_key
$$;

-- Mailboxes elsewhere that are read by IMAP: one's own, or one that the house shares.

create table mailboxes (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null,
  -- Whose it is; null for one that the house shares.
  user_id uuid,
  name text not null check (name <> ''),
  address text not null check (address <> ''),
  address_key text generated always as (lower(address)) stored,
  host text not null,
  port int not null check (port between 1 and 65535),
  security text not null check (security in ('tls', 'starttls', 'none')),
  username text not null,
  password_sealed bytea not null,
  -- Mail that is older stays where it is.
  since_on date not null,
  active boolean not null default true,
  version int not null default 1,
  -- The folders that the server named when it was asked last.
  folders text[] not null default '{}',
  due_at timestamptz not null,
  claimed_until timestamptz,
  -- The last run: when it began, when one last came to its end, what it brought, what went wrong.
  began_at timestamptz,
  finished_at timestamptz,
  received int not null default 0,
  error_code text,
  failures int not null default 0,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, user_id) references users (tenant_id, id) on delete cascade
);
create index mailboxes_user on mailboxes (tenant_id, user_id);
create index mailboxes_address on mailboxes (tenant_id, address_key);
create index mailboxes_due on mailboxes (due_at) where active;
select distribute('mailboxes');
select isolate('mailboxes');
select keep_out_of_statistics('mailboxes', 'name', 'address', 'address_key', 'username', 'password_sealed');

-- The two folders that are read, how far, and what the nightly count found.
create table mailbox_folders (
  tenant_id uuid not null,
  mailbox_id uuid not null,
  role text not null check (role in ('inbox', 'sent')),
  path text not null check (path <> ''),
  -- A server that numbers its mails anew says so by another validity.
  uid_validity bigint,
  last_uid bigint not null default 0,
  counted_at timestamptz,
  on_server int,
  known int,
  -- On the server, but not known here until the count found them.
  missing int,
  primary key (tenant_id, mailbox_id, role),
  foreign key (tenant_id, mailbox_id) references mailboxes (tenant_id, id) on delete cascade
);
select distribute('mailbox_folders');
select isolate('mailbox_folders');

-- Each mail that was seen in a folder: by its number there, and by a digest that outlasts the number.
create table mailbox_mails (
  tenant_id uuid not null,
  mailbox_id uuid not null,
  role text not null,
  uid_validity bigint not null,
  uid bigint not null,
  mail_key text not null,
  outcome text not null check (outcome in ('received', 'known', 'passed_over', 'failed')),
  error_code text,
  attempts int not null default 1,
  seen_at timestamptz not null,
  primary key (tenant_id, mailbox_id, role, uid_validity, uid),
  foreign key (tenant_id, mailbox_id, role) references mailbox_folders (tenant_id, mailbox_id, role) on delete cascade
);
create index mailbox_mails_key on mailbox_mails (tenant_id, mailbox_id, role, mail_key);
select distribute('mailbox_mails');
select isolate('mailbox_mails');
select keep_out_of_statistics('mailbox_mails', 'mail_key');

-- Which mailboxes are to be looked into: the house asks for all tenants at once, and is told
-- identifiers only.
create function due_mailboxes(at timestamptz, most int)
returns table (tenant_id uuid, id uuid)
language sql stable security definer set search_path = public, pg_temp
as $$
  select m.tenant_id, m.id
  from mailboxes m
  left join users u on u.tenant_id = m.tenant_id and u.id = m.user_id
  where m.active
    and u.deactivated_at is null
    and m.due_at <= at
    and (m.claimed_until is null or m.claimed_until <= at)
  order by m.due_at
  limit most
$$;

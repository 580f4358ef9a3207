-- Mails as records: received, sent, and what belongs to whom.

-- A conversation: mails that answer one another.
create table threads (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null,
  created_at timestamptz not null,
  primary key (tenant_id, id)
);
select distribute('threads');
select isolate('threads');

create table messages (
  tenant_id uuid not null,
  id uuid not null,
  thread_id uuid not null,
  direction text not null check (direction in ('in', 'out')),
  kind text not null default 'mail' check (kind in ('mail', 'auto_reply', 'bulk', 'bounce')),
  state text not null check (state in ('draft', 'received', 'queued', 'sent', 'failed')),
  -- Why it did not arrive: a code of ours, or a server's such as `bounce_5.1.1`.
  error_code text,
  -- Who sent it, or whose mailbox it came to; null for one that the house shares.
  user_id uuid,
  -- Message-IDs without brackets: its own, those it answers with the nearest last, and the first of all.
  message_id_header text not null default '',
  reference_ids text[] not null default '{}',
  root_id text not null default '',
  from_name text not null default '',
  from_address text not null default '',
  reply_to jsonb not null default '[]',
  sent_to jsonb not null default '[]',
  sent_cc jsonb not null default '[]',
  sent_bcc jsonb not null default '[]',
  subject text not null default '',
  body_text text not null default '',
  -- Cleaned when it came, and once more before it is shown.
  body_html text not null default '',
  -- What of a received mail could not be kept in its fields.
  incomplete text check (incomplete in ('headers', 'structure', 'markup', 'text', 'files', 'size', 'refused', 'quota')),
  size bigint,
  at timestamptz not null,
  read_at timestamptz,
  created_at timestamptz not null,
  created_by uuid,
  primary key (tenant_id, id),
  foreign key (tenant_id, thread_id) references threads (tenant_id, id) on delete cascade,
  foreign key (tenant_id, user_id) references users (tenant_id, id) on delete set null (user_id)
);
create index messages_thread on messages (tenant_id, thread_id, at, id);
create index messages_header on messages (tenant_id, message_id_header) where message_id_header <> '';
create index messages_root on messages (tenant_id, root_id) where root_id <> '';
create index messages_user on messages (tenant_id, user_id) where user_id is not null;
select distribute('messages');
select isolate('messages');
select keep_out_of_statistics('messages', 'message_id_header', 'reference_ids', 'root_id', 'from_name',
  'from_address', 'reply_to', 'sent_to', 'sent_cc', 'sent_bcc', 'subject', 'body_text', 'body_html');

-- On whose record a mail stands, as it was when it was sent or came.
create table message_links (
  tenant_id uuid not null,
  id uuid not null,
  message_id uuid not null,
  contact_id uuid,
  company_id uuid,
  deal_id uuid,
  at timestamptz not null,
  primary key (tenant_id, id),
  unique nulls not distinct (tenant_id, message_id, contact_id, company_id, deal_id),
  check (num_nonnulls(contact_id, company_id, deal_id) = 1),
  foreign key (tenant_id, message_id) references messages (tenant_id, id) on delete cascade,
  foreign key (tenant_id, contact_id) references contacts (tenant_id, id) on delete cascade,
  foreign key (tenant_id, company_id) references companies (tenant_id, id) on delete cascade,
  foreign key (tenant_id, deal_id) references deals (tenant_id, id) on delete cascade
);
create index message_links_contact on message_links (tenant_id, contact_id, at desc, message_id desc) where contact_id is not null;
create index message_links_company on message_links (tenant_id, company_id, at desc, message_id desc) where company_id is not null;
create index message_links_deal on message_links (tenant_id, deal_id, at desc, message_id desc) where deal_id is not null;
select distribute('message_links');
select isolate('message_links');

-- By what a mail is known again that comes twice, on whatever way.
create table message_keys (
  tenant_id uuid not null,
  mail_key text not null,
  message_id uuid not null,
  primary key (tenant_id, mail_key),
  foreign key (tenant_id, message_id) references messages (tenant_id, id) on delete cascade
);
create index message_keys_message on message_keys (tenant_id, message_id);
select distribute('message_keys');
select isolate('message_keys');
select keep_out_of_statistics('message_keys', 'mail_key');

-- Received mails as they lie before the one they came to: to be assigned, assigned, or discarded.
create table inbox_messages (
  tenant_id uuid not null,
  id uuid not null,
  message_id uuid not null,
  -- Who sees it until it is assigned; null for a mailbox that the house shares.
  user_id uuid,
  state text not null check (state in ('open', 'assigned', 'discarded')),
  kind text not null,
  -- Where it lies: what no person wrote lies apart.
  place text not null generated always as (
    case when state = 'open' and kind <> 'mail' then 'automatic' else state end
  ) stored,
  at timestamptz not null,
  settled_at timestamptz,
  settled_by uuid,
  -- Discarded, it is erased then.
  erase_after timestamptz,
  primary key (tenant_id, id),
  unique nulls not distinct (tenant_id, message_id, user_id),
  check ((state = 'discarded') = (erase_after is not null)),
  foreign key (tenant_id, message_id) references messages (tenant_id, id) on delete cascade,
  foreign key (tenant_id, user_id) references users (tenant_id, id) on delete cascade
);
create index inbox_messages_own on inbox_messages (tenant_id, user_id, place, at desc, id desc) where user_id is not null;
create index inbox_messages_shared on inbox_messages (tenant_id, place, at desc, id desc) where user_id is null;
create index inbox_messages_stale on inbox_messages (tenant_id, at) where state = 'open';
create index inbox_messages_erase on inbox_messages (tenant_id, erase_after) where erase_after is not null;
select distribute('inbox_messages');
select isolate('inbox_messages');

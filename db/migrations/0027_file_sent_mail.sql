-- The copy of a sent mail in its author's own mailbox, as far as it has come.
create table sent_copies (
  tenant_id uuid not null,
  message_id uuid not null,
  mailbox_id uuid not null,
  -- The name of its bytes in the storage, until the copy is there.
  object_id uuid not null,
  state text not null default 'waiting' check (state in ('waiting', 'done', 'failed')),
  error_code text,
  attempts int not null default 0,
  created_at timestamptz not null,
  finished_at timestamptz,
  primary key (tenant_id, message_id),
  foreign key (tenant_id, message_id) references messages (tenant_id, id) on delete cascade,
  foreign key (tenant_id, mailbox_id) references mailboxes (tenant_id, id) on delete cascade
);
create index sent_copies_mailbox on sent_copies (tenant_id, mailbox_id);
select distribute('sent_copies');
select isolate('sent_copies');

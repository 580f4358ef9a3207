-- Art. 15(1)(c) and 19 GDPR: to whom a person's data were handed, and who was told of what became of
-- them since.
create table transmissions (
  tenant_id uuid not null,
  id uuid not null,
  contact_id uuid not null,
  kind text not null check (kind in ('export', 'transfer')),
  recipient text not null,
  -- How the recipient is reached; empty where only staff know.
  reach text not null default '',
  at timestamptz not null,
  created_by uuid,
  primary key (tenant_id, id),
  foreign key (tenant_id, contact_id) references contacts (tenant_id, id) on delete cascade
);
create index transmissions_contact on transmissions (tenant_id, contact_id);
select distribute('transmissions');
select isolate('transmissions');
select keep_out_of_statistics('transmissions', 'recipient', 'reach');

create table recipient_notices (
  tenant_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  item_id uuid not null,
  kind text not null check (kind in ('processor', 'export', 'transfer')),
  recipient text not null,
  reach text not null default '',
  created_at timestamptz not null,
  told_at timestamptz,
  way text check (way in ('mail', 'hand')),
  primary key (tenant_id, id),
  unique (tenant_id, item_id, kind, recipient, reach),
  foreign key (tenant_id, case_id) references cases (tenant_id, id) on delete cascade,
  foreign key (tenant_id, item_id) references case_items (tenant_id, id) on delete cascade,
  check ((told_at is null) = (way is null))
);
create index recipient_notices_case on recipient_notices (tenant_id, case_id);
select distribute('recipient_notices');
select isolate('recipient_notices');
select keep_out_of_statistics('recipient_notices', 'recipient', 'reach');

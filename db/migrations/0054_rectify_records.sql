-- Art. 16 GDPR: what is put right, from what to what and by which proof; or what the person adds.
create table rectifications (
  tenant_id uuid not null,
  id uuid not null,
  contact_id uuid not null,
  -- The right it was claimed by; null once the evidence of the request is over.
  item_id uuid,
  -- `contacts.last_name`, `emails.address` …; `supplement` for what is added.
  field text not null,
  old_value text not null default '',
  new_value text not null,
  proof text not null default '',
  created_at timestamptz not null,
  created_by uuid,
  applied_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, contact_id) references contacts (tenant_id, id) on delete cascade,
  foreign key (tenant_id, item_id) references case_items (tenant_id, id) on delete set null (item_id)
);
create index rectifications_item on rectifications (tenant_id, item_id);
create index rectifications_contact on rectifications (tenant_id, contact_id);
select distribute('rectifications');
select isolate('rectifications');
select keep_out_of_statistics('rectifications', 'old_value', 'new_value', 'proof');

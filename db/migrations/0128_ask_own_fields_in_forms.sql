-- Own fields of contacts in the forms that a tenant links to: which of them, in what order, and whether
-- a stranger has to fill them in.
create table web_form_fields (
  tenant_id uuid not null,
  form_id uuid not null,
  field_id uuid not null,
  position int not null,
  required boolean not null default false,
  primary key (tenant_id, form_id, field_id),
  foreign key (tenant_id, form_id) references web_forms (tenant_id, id) on delete cascade,
  foreign key (tenant_id, field_id) references custom_fields (tenant_id, id) on delete cascade
);
create index web_form_fields_field on web_form_fields (tenant_id, field_id);
select distribute('web_form_fields');
select isolate('web_form_fields');

-- What was entered into them, by the ids of the fields. A version that does not know them cannot confirm
-- such an entry and so cannot lose what it says: the link works again with the next one.
alter table web_form_entries
  add column custom jsonb not null default '{}',
  add check (confirmed_at is null or custom = '{}');
select keep_out_of_statistics('web_form_entries', 'custom');

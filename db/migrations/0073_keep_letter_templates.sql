-- Templates of letters: texts of the house, and documents that customers have made themselves.

create table letter_templates (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null,
  name text not null check (name <> ''),
  language text not null check (language in ('de', 'en')),
  subject text not null default '',
  body text not null default '',
  -- A document of Word, looked through before it was kept; null for a text.
  document bytea check (octet_length(document) <= 1000000),
  document_name text not null default '',
  name_key text generated always as (fold(name)) stored,
  version int not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  check ((document is null) = (document_name = ''))
);
create index letter_templates_name on letter_templates (tenant_id, name_key collate "C", id);
select distribute('letter_templates');
select isolate('letter_templates');

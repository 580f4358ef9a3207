-- Who a request is about: what it was looked for by, where it was found, and what somebody confirmed.
-- Identifiers of rows only; the words that were looked for go with the person's own in the case.
create table case_findings (
  tenant_id uuid not null,
  case_id uuid not null,
  -- E-mail addresses, telephone numbers, names and customer numbers.
  terms jsonb not null,
  candidates jsonb not null default '[]',
  hits jsonb not null default '[]',
  -- How many tables and log files were searched, and whether one of them held more than is listed.
  places int not null default 0,
  truncated boolean not null default false,
  asked_at timestamptz not null,
  searched_at timestamptz,
  confirmed_at timestamptz,
  confirmed_by uuid,
  confirmed_ids uuid[] not null default '{}',
  confirmed_hits jsonb not null default '[]',
  primary key (tenant_id, case_id),
  foreign key (tenant_id, case_id) references cases (tenant_id, id) on delete cascade
);
select distribute('case_findings');
select isolate('case_findings');
select keep_out_of_statistics('case_findings', 'terms');

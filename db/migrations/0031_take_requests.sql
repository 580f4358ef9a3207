-- Requests of data subjects: cases, the rights claimed in them, and every step as a row that stays.
-- `tenant_id` is the controller's id: a tenant's, or the fixed one of the provider, which is no
-- tenant; so no foreign key leads to tenants.

-- How a tenant stands on its letters, and the Land whose holidays move its deadlines.
create table controllers (
  tenant_id uuid not null,
  street text not null default '',
  postal_code text not null default '',
  city text not null default '',
  land text not null default '' check (land in (
    '', 'BW', 'BY', 'BE', 'BB', 'HB', 'HH', 'HE', 'MV', 'NI', 'NW', 'RP', 'SL', 'SN', 'ST', 'SH', 'TH'
  )),
  email text not null default '',
  phone text not null default '',
  updated_at timestamptz not null,
  primary key (tenant_id)
);
select distribute('controllers');
select isolate('controllers');
select keep_out_of_statistics('controllers', 'street', 'postal_code', 'city', 'email', 'phone');

create table cases (
  tenant_id uuid not null,
  id uuid not null,
  -- Random, so that nothing is told by it: DS-7K4Q-2M.
  number text not null check (number ~ '^DS-[0-9A-Z]{4}-[0-9A-Z]{2}$'),
  channel text not null check (channel in ('form', 'email', 'post')),
  status text not null default 'open' check (status in ('open', 'closed')),
  language text not null,
  -- As the person gave them; nothing here is proven.
  person_name text not null default '',
  person_email text not null default '',
  person_address text not null default '',
  body text not null default '',
  -- Keyed, of the e-mail address: finds other cases of the person, outlasts the address.
  person_hash bytea,
  duplicate_of uuid,
  received_at timestamptz not null,
  received_on date not null,
  -- The Land at the time, so that the dates can be worked out again.
  land text not null default '',
  -- The internal target, the day before any shift, and the last day by law.
  target_on date not null,
  unshifted_on date not null,
  due_on date not null,
  acknowledged_at timestamptz,
  confirmed_at timestamptz,
  extended_at timestamptz,
  extension_reason text not null default '',
  paused_at timestamptz,
  paused_days int not null default 0 check (paused_days >= 0),
  closed_at timestamptz,
  -- The last day of the evidence; set at the closing.
  erase_after date,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  version int not null default 1,
  primary key (tenant_id, id),
  unique (tenant_id, number),
  foreign key (tenant_id, duplicate_of) references cases (tenant_id, id) on delete set null (duplicate_of),
  check ((status = 'closed') = (closed_at is not null) and (closed_at is null) = (erase_after is null)),
  check ((extended_at is null) = (extension_reason = ''))
);
create index cases_open on cases (tenant_id, due_on, id) where status = 'open';
create index cases_closed on cases (tenant_id, closed_at desc, id desc) where status = 'closed';
create index cases_person on cases (tenant_id, person_hash);
create index cases_duplicate on cases (tenant_id, duplicate_of);
select distribute('cases');
select isolate('cases');
select keep_out_of_statistics(
  'cases', 'person_name', 'person_email', 'person_address', 'body', 'person_hash', 'extension_reason'
);

-- One right that is claimed, with a status of its own.
create table case_items (
  tenant_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  claimed_right text not null check (claimed_right in (
    'access', 'rectification', 'erasure', 'restriction', 'portability', 'objection', 'withdrawal', 'complaint'
  )),
  -- Where the letter claims it.
  sentence text not null default '',
  status text not null default 'new' check (status in (
    'new', 'assignment', 'identity', 'collection', 'review', 'approval', 'execution', 'proof',
    'done', 'partial', 'refused', 'withdrawn', 'forwarded', 'no_data'
  )),
  -- What waits for a second person, and who asked for it.
  proposal text check (proposal in ('execute', 'refuse')),
  proposed_by uuid,
  ground text check (ground in (
    'suspected_fraud', 'insuf_verification', 'no_match', 'claim_not_covered', 'outside_jurisdiction',
    'too_many_requests', 'other'
  )),
  paragraph text not null default '',
  reason text not null default '',
  closed_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  -- Grows with every step: what was meant for an earlier one counts no more.
  version int not null default 1,
  primary key (tenant_id, id),
  unique (tenant_id, case_id, claimed_right),
  foreign key (tenant_id, case_id) references cases (tenant_id, id) on delete cascade,
  check ((status in ('done', 'partial', 'refused', 'withdrawn', 'forwarded', 'no_data')) = (closed_at is not null)),
  check (status <> 'refused' or (ground is not null and paragraph <> '' and reason <> '')),
  check ((status = 'approval') = (proposal is not null))
);
select distribute('case_items');
select isolate('case_items');
select keep_out_of_statistics('case_items', 'sentence', 'reason', 'paragraph');

-- Each step, chained by digests over all cases of a controller. The serving role only adds; when
-- the evidence is over, the content goes and the digests stay, so that the chain still holds.
create table case_events (
  tenant_id uuid not null,
  seq bigint not null check (seq > 0),
  case_id uuid,
  item_id uuid,
  action text not null,
  from_status text,
  to_status text,
  reason text not null default '',
  actor_kind text not null check (actor_kind in ('person', 'user', 'operator', 'officer', 'deputy', 'system')),
  actor_id uuid,
  at timestamptz not null,
  previous bytea not null,
  content_digest bytea not null,
  digest bytea not null,
  primary key (tenant_id, seq),
  foreign key (tenant_id, case_id) references cases (tenant_id, id) on delete set null (case_id)
);
create index case_events_case on case_events (tenant_id, case_id, seq);
select distribute('case_events');
select isolate('case_events');
select keep_out_of_statistics('case_events', 'reason');

-- Proof that somebody reads the address: a link and a code to type, of which only digests are kept.
create table case_confirmations (
  tenant_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  token_digest bytea not null,
  code_digest bytea not null,
  failures int not null default 0,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, case_id) references cases (tenant_id, id) on delete cascade
);
create index case_confirmations_case on case_confirmations (tenant_id, case_id, created_at desc);
create index case_confirmations_token on case_confirmations (tenant_id, token_digest);
select distribute('case_confirmations');
select isolate('case_confirmations');
select keep_out_of_statistics('case_confirmations', 'token_digest', 'code_digest');

-- Takes cases away whose evidence is over: what was said goes, when something was done stays.
create function erase_cases(day date, bound int) returns int
language plpgsql security definer set search_path = public, pg_temp
as $$
declare
  gone record;
  total int := 0;
begin
  for gone in
    select c.tenant_id, c.id from cases c where c.erase_after < day order by c.erase_after limit least(bound, 1000)
  loop
    update case_events e
    set reason = '', actor_id = null, item_id = null
    where e.tenant_id = gone.tenant_id and e.case_id = gone.id;
    delete from cases c where c.tenant_id = gone.tenant_id and c.id = gone.id;
    total := total + 1;
  end loop;
  return total;
end $$;
create index cases_erase_after on cases (erase_after) where erase_after is not null;

-- A right that a letter did not claim is struck by a step; its row stays.
alter table case_items
  drop constraint case_items_status_check,
  add constraint case_items_status_check check (status in (
    'new', 'assignment', 'identity', 'collection', 'review', 'approval', 'execution', 'proof',
    'done', 'partial', 'refused', 'withdrawn', 'forwarded', 'no_data', 'dropped'
  )),
  drop constraint case_items_check,
  add constraint case_items_closed_check check (
    (status in ('done', 'partial', 'refused', 'withdrawn', 'forwarded', 'no_data', 'dropped'))
      = (closed_at is not null)
  );

-- Letters to persons who gave no e-mail address: printed and posted by hand.
create table person_letters (
  tenant_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  kind text not null check (kind in (
    'receipt', 'identity', 'extension', 'result', 'refusal', 'recipients', 'restriction'
  )),
  subject text not null,
  body text not null,
  created_at timestamptz not null,
  -- When somebody said that it is in the post.
  sent_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, case_id) references cases (tenant_id, id) on delete cascade
);
create index person_letters_case on person_letters (tenant_id, case_id, id);
select distribute('person_letters');
select isolate('person_letters');
select keep_out_of_statistics('person_letters', 'subject', 'body');

-- The page of a contact asks whether somebody of its addresses has an open request.
alter table cases
  add column person_email_key text not null generated always as (lower(person_email)) stored;
select keep_out_of_statistics('cases', 'person_email_key');
create index cases_open_email on cases (tenant_id, person_email_key) where status = 'open';

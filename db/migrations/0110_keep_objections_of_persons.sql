-- An objection that the person raised, by a request or by the link in a mail, is theirs: it is
-- only taken back with the reason. Those without a user were raised so.
alter table objections
  add column by_person boolean not null default false;

update objections
set by_person = true
where recorded_by is null;

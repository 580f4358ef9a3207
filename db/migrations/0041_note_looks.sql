-- Who opened a person's record, thinly: one row for each user and day.
create table looks (
  tenant_id uuid not null,
  contact_id uuid not null,
  day date not null,
  user_id uuid not null,
  primary key (tenant_id, contact_id, day, user_id),
  foreign key (tenant_id, contact_id) references contacts (tenant_id, id) on delete cascade,
  foreign key (tenant_id, user_id) references users (tenant_id, id) on delete cascade
);
create index looks_day on looks (tenant_id, day);
create index looks_user on looks (tenant_id, user_id);
select distribute('looks');
select isolate('looks');

-- Log files of each class have a period of their own, in days.
alter table log_periods
  add column audit int not null default 365 check (audit between 30 and 365),
  add column jobs int not null default 30 check (jobs between 7 and 30),
  add column mail int not null default 30 check (mail between 7 and 30);

-- A shared mailbox whose mails are requests of data subjects; and by what a letter is known again.
alter table mailboxes
  add column privacy boolean not null default false,
  add constraint mailboxes_privacy_shared check (not privacy or user_id is null);
alter table cases add column mail_key text;
create unique index cases_mail_key on cases (tenant_id, mail_key) where mail_key is not null;
select keep_out_of_statistics('cases', 'mail_key');

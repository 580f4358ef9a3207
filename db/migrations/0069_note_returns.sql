-- A mail that comes back after a server had taken it: whoever was to be told by it was not.

create function note_return(mail uuid, code text, at timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp
as $$
declare
  found_any boolean;
begin
  update mails
  set status = 'failed', error_code = code, finished_at = at
  where id = mail
    and status = 'sent';
  found_any := found;
  update policy_notices
  set status = 'bounced', settled_at = at,
    retry_at = case when attempts < 3 then at + interval '1 day' end
  where mail_id = mail
    and status = 'sent';
  found_any := found_any or found;
  update processor_notices
  set status = 'bounced', settled_at = at,
    retry_at = case when attempts < 3 then at + interval '1 day' end
  where mail_id = mail
    and status = 'sent';
  found_any := found_any or found;
  update officer_probes
  set status = 'bounced', settled_at = at
  where mail_id = mail
    and status = 'sent';
  return found_any or found;
end $$;

-- A return is looked for by its mail, among three years of notices.
create index policy_notices_mail on policy_notices (mail_id) where mail_id is not null;
create index processor_notices_mail on processor_notices (mail_id) where mail_id is not null;

-- A mail about the policy that was lost matters for those alone who are to be informed today.
create function lost_notices(policy uuid, before timestamptz)
 returns integer
 language sql
 stable security definer
 set search_path to 'public', 'pg_temp'
as $function$
  select count(*)::int
  from policy_notices n
  join identities i on i.id = n.identity_id
  where n.policy_id = policy
    and n.status = 'queued'
    and n.acknowledged_at is null
    and n.queued_at <= before
    and (i.operator or exists (
      select from users u where u.identity_id = i.id and u.deactivated_at is null
    ))
$function$;

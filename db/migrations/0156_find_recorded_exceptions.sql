-- Lists find the persons for whom an exception from informing them is recorded (Art. 13(4), 14(5) GDPR).
create or replace function further_conditions(kind text, further jsonb)
 returns text
 language sql
 stable
as $function$
  select concat(
    case when further ? 'source' then
      ' and strpos(lower(c.source), lower($10 ->> ''source'')) > 0' end,
    case when further ? 'basis' and kind = 'contact' then
      ' and c.legal_basis = $10 ->> ''basis''' end,
    case when further ? 'createdFrom' then
      ' and c.created_at >= ($10 ->> ''createdFrom'')::date::timestamp at time zone ''Europe/Berlin''' end,
    case when further ? 'createdTo' then
      ' and c.created_at < (($10 ->> ''createdTo'')::date + 1)::timestamp at time zone ''Europe/Berlin''' end,
    case when further ? 'touchFrom' then
      ' and c.last_touch_at >= ($10 ->> ''touchFrom'')::date::timestamp at time zone ''Europe/Berlin''' end,
    case when further ? 'touchTo' then
      ' and c.last_touch_at < (($10 ->> ''touchTo'')::date + 1)::timestamp at time zone ''Europe/Berlin''' end,
    case when further ? 'place' and kind <> 'deal' then format(
      ' and exists (select from addresses d where d.tenant_id = $1 and d.%s_id = c.id and (%s))',
      kind,
      case when further ->> 'place' ~ '^[0-9]'
        then 'starts_with(d.postal_code, $10 ->> ''place'')'
        else 'starts_with(d.city_key, fold($10 ->> ''place''))' end
    ) end,
    case when further ? 'firm' and kind = 'contact' then concat(
      ' and exists (select from affiliations f join companies o on o.tenant_id = f.tenant_id and o.id = f.company_id
        where f.tenant_id = $1 and f.contact_id = c.id and o.deleted_at is null
          and starts_with(o.sort_name, fold($10 ->> ''firm''))',
      case when seen_owners('companies') is not null then ' and sees_owner(''companies'', o.owner_id)' end, ')'
    ) end,
    case when further ? 'firm' and kind = 'deal' then concat(
      ' and exists (select from companies o where o.tenant_id = $1 and o.id = c.company_id and o.deleted_at is null
        and starts_with(o.sort_name, fold($10 ->> ''firm''))',
      case when seen_owners('companies') is not null then ' and sees_owner(''companies'', o.owner_id)' end, ')'
    ) end,
    case when further -> 'empty' ? 'email' and kind <> 'deal' then format(
      ' and not exists (select from emails e where e.tenant_id = $1 and e.%s_id = c.id)', kind) end,
    case when further -> 'empty' ? 'phone' and kind <> 'deal' then format(
      ' and not exists (select from phones e where e.tenant_id = $1 and e.%s_id = c.id)', kind) end,
    case when further -> 'empty' ? 'address' and kind <> 'deal' then format(
      ' and not exists (select from addresses e where e.tenant_id = $1 and e.%s_id = c.id)', kind) end,
    case when further -> 'empty' ? 'company' and kind = 'contact' then concat(
      ' and not exists (select from affiliations e where e.tenant_id = $1 and e.contact_id = c.id',
      case when seen_owners('companies') is not null then ' and sees_company(e.company_id)' end, ')'
    ) end,
    case when further -> 'empty' ? 'owner' then ' and c.owner_id is null' end,
    case when further -> 'empty' ? 'notice' and kind = 'contact' then 
      ' and exists (select from contacts n where n.tenant_id = $1 and n.id = c.id and n.notice_sent_at is null
        and n.notice_exception is null)' end,
    case when further -> 'empty' ? 'exception' and kind = 'contact' then
      ' and exists (select from contacts n where n.tenant_id = $1 and n.id = c.id
        and n.notice_exception is not null)' end,
    case when further ? 'team' then
      ' and c.owner_id = any (array(select m.user_id from team_members m
        where m.tenant_id = $1 and m.team_id = ($10 ->> ''team'')::uuid))' end,
    case when further -> 'empty' ? 'activity' then format(
      ' and not exists (select from activity_links l join activities a on a.tenant_id = l.tenant_id and a.id = l.activity_id
        where l.tenant_id = $1 and l.%s_id = c.id and l.open_due is not null and a.deleted_at is null)', kind) end,
    custom_conditions(kind, further -> 'custom'),
    case when kind = 'deal' then deal_conditions(further) end
  )
$function$;

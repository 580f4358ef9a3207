-- The privacy policy in versions, and who was told of which (clauses 8.1 and 8.2).

create table policies (
  id uuid primary key,
  number integer not null unique check (number > 0),
  status text not null default 'draft'
    check (status in ('draft', 'proposed', 'approved', 'published', 'in_force', 'superseded')),
  -- The clauses that the operator worded anew: {"3.1": {"de": …, "en": …}}.
  texts jsonb not null default '{}',
  material boolean not null default true,
  reason_kind text not null default 'service' check (reason_kind in ('law', 'service', 'processing')),
  reason text not null default '',
  notice_days integer not null default 30 check (notice_days between 14 and 365),
  -- What was approved, in both languages, with the facts it was made of; never changed after that.
  content jsonb,
  sha256 text,
  version integer not null default 1,
  -- One version at a time is in the making.
  in_making boolean unique generated always as (
    case when status in ('draft', 'proposed', 'approved', 'published') then true end
  ) stored,
  created_at timestamptz not null,
  created_by uuid references identities (id) on delete set null,
  proposed_at timestamptz,
  approval_digest bytea,
  approved_at timestamptz,
  approved_by text,
  refused_reason text,
  published_at timestamptz,
  takes_effect_on date,
  in_force_at timestamptz,
  superseded_at timestamptz,
  check (status in ('draft', 'proposed') or (content is not null and sha256 is not null and approved_at is not null)),
  check (status in ('draft', 'proposed', 'approved') or takes_effect_on is not null)
);
create unique index policies_in_force on policies (status) where status = 'in_force';
select replicate('policies');
select keep_out_of_statistics('policies', 'approved_by', 'approval_digest');

-- No silent change: what the officer has approved is only added to.
create function keep_approved_policies() returns trigger language plpgsql as $$
begin
  if old.status in ('published', 'in_force', 'superseded') and (
    tg_op = 'DELETE' or new.content is distinct from old.content or new.sha256 is distinct from old.sha256
    or new.number <> old.number or new.approved_at is distinct from old.approved_at
  ) then
    raise exception 'a published policy stays as it is';
  end if;
  if tg_op = 'DELETE' then
    return old;
  end if;
  return new;
end $$;
create trigger keep before update or delete on policies
  for each row execute function keep_approved_policies();

create table policy_notices (
  policy_id uuid not null references policies (id) on delete cascade,
  identity_id uuid not null references identities (id) on delete cascade,
  mail_id uuid,
  status text not null default 'queued' check (status in ('queued', 'sent', 'bounced')),
  queued_at timestamptz not null,
  settled_at timestamptz,
  acknowledged_at timestamptz,
  primary key (policy_id, identity_id)
);
create index policy_notices_identity on policy_notices (identity_id) where acknowledged_at is null;
create index policy_notices_queued on policy_notices (queued_at) where status = 'queued';
select replicate('policy_notices');

-- Identities that work somewhere, for no tenant's Scope sees them all.
create function active_identities(unnoticed_of uuid, bound integer)
returns table (id uuid, email text, name text, locale text)
language sql stable security definer
set search_path = public, pg_temp
as $$
  select i.id, i.email, i.name, i.locale
  from identities i
  where (i.operator or exists (
      select from users u where u.identity_id = i.id and u.deactivated_at is null
    ))
    and not exists (
      select from policy_notices n where n.policy_id = unnoticed_of and n.identity_id = i.id
    )
  order by i.id
  limit least(bound, 1000)
$$;

-- The session tells of a version of the policy that its person has not seen yet.
drop function session_by_digest(bytea, timestamptz);
create function session_by_digest(digest bytea, at timestamptz)
returns table (
  id uuid, identity_id uuid, tenant_id uuid, user_id uuid, role text, name text, email text,
  locale text, theme text, flash jsonb, operator boolean, tenant_name text, tenant_slug text,
  tenant_country text, tenants int, unread int, away_since timestamptz, policy int,
  created_at timestamptz, last_seen_at timestamptz, expires_at timestamptz
)
language sql stable security definer set search_path = public, pg_temp
as $$
  select s.id, s.identity_id, u.tenant_id, u.id, u.role, i.name, i.email, i.locale, s.theme, s.flash,
    i.operator, t.name, t.slug, t.country,
    (select count(*)::int from users m where m.identity_id = i.id and m.deactivated_at is null),
    (
      select count(*)::int
      from (
        select
        from notifications n
        where n.tenant_id = u.tenant_id
          and n.user_id = u.id
          and n.in_app
          and n.read_at is null
        limit 100
      ) unread
    ),
    i.away_since,
    (
      select max(p.number)
      from policy_notices n
      join policies p on p.id = n.policy_id
      where n.identity_id = i.id
        and n.acknowledged_at is null
    ),
    s.created_at, s.last_seen_at, s.expires_at
  from sessions s
  join identities i on i.id = s.identity_id
  left join users u
    on u.tenant_id = s.tenant_id and u.identity_id = s.identity_id and u.deactivated_at is null
  left join tenants t on t.id = u.tenant_id
  where s.token_digest = digest
    and s.expires_at > at
$$;

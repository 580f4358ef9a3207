-- The tenant whose identity provider alone let in the person who set up the second factors: it could
-- have done so itself, so they end when the person comes to work for another tenant.
alter table identities add column factors_from uuid;

-- Whoever never had a password and belongs to one tenant, which has a provider, came through it.
update identities i
set factors_from = u.tenant_id
from users u
where u.identity_id = i.id
  and i.password_hash is null
  and (
    exists (select from passkeys p where p.identity_id = i.id)
    or exists (select from totp_factors f where f.identity_id = i.id and f.confirmed_at is not null)
  )
  and exists (select from identity_providers v where v.tenant_id = u.tenant_id)
  and not exists (select from users o where o.identity_id = i.id and o.tenant_id <> u.tenant_id);

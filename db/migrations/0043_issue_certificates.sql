-- Certificates of erasure: what was done to which store, signed. None names a person, so they stay.
-- `tenant_id` is the controller's: of a tenant that is gone the provider keeps the certificate.
create table certificates (
  tenant_id uuid not null,
  id uuid not null,
  subject text not null check (subject in ('person', 'tenant')),
  -- The request that asked for it; null for the end of a contract.
  case_id uuid,
  content jsonb not null,
  signature text not null,
  issued_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, case_id) references cases (tenant_id, id) on delete set null (case_id)
);
create index certificates_case on certificates (tenant_id, case_id);
select distribute('certificates');
select isolate('certificates');

create function end_certificates() returns trigger
language plpgsql
as $$
begin
  delete from certificates where tenant_id in (select id from gone);
  return null;
end $$;
create trigger end_certificates after delete on tenants referencing old table as gone
for each statement execute function end_certificates();

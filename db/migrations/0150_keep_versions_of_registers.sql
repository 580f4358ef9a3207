-- Earlier versions of the record of processing activities (Art. 30 GDPR) and of the register of
-- breaches (Art. 33(5)): who changed what and when, readable as it stood on any day.
create table register_versions (
  id uuid primary key,
  register text not null check (register in ('processing', 'incidents')),
  incident_id uuid references incidents (id) on delete cascade,
  content jsonb not null,
  actor text not null check (actor in ('operator', 'officer', 'program')),
  changed_by uuid,
  at timestamptz not null,
  check ((register = 'incidents') = (incident_id is not null))
);
create index register_versions_at on register_versions (register, at desc, id desc);
create index register_versions_incident on register_versions (incident_id, at desc, id desc)
  where incident_id is not null;
alter table register_versions alter column content set statistics 0;
select replicate('register_versions');

-- What is known of a breach, in the form in which versions keep it.
create function incident_content(incident uuid) returns jsonb
language sql stable set search_path = public, pg_temp
as $$
  select to_jsonb(i)
    - array['id', 'created_by', 'created_at', 'updated_at', 'warned_hours', 'supplement_at']
    || jsonb_build_object(
      'customers', (select count(*) from incident_customers c where c.incident_id = i.id),
      'notified_customers', (
        select count(*) from incident_customers c where c.incident_id = i.id and c.told_at is not null
      ),
      'notified_persons', (select count(*) from incident_persons p where p.incident_id = i.id)
    )
  from incidents i
  where i.id = incident
$$;

insert into register_versions (id, register, incident_id, content, actor, changed_by, at)
select gen_random_uuid(), 'incidents', id, incident_content(id), 'program', null, updated_at
from incidents;

-- Removes versions of the record of processing that were replaced before an instant; those of a
-- breach go with it.
create function expire_register_versions(before timestamptz) returns integer
language plpgsql security definer set search_path = public, pg_temp
as $$
declare
  gone int;
begin
  delete from register_versions v
  where v.register = 'processing'
    and exists (
      select
      from register_versions n
      where n.register = 'processing'
        and (n.at, n.id) > (v.at, v.id)
        and n.at < before
    );
  get diagnostics gone = row_count;
  return gone;
end $$;

-- Whether word of a breach has left, not only been written: which mails carry it to each customer, and
-- to each person. Mails are removed after days, so what became of them is kept here.
create table incident_mails (
  mail_id uuid not null primary key,
  incident_id uuid not null references incidents (id) on delete cascade,
  customer_id uuid not null references tenants (id) on delete cascade,
  queued_at timestamptz not null,
  status text not null default 'queued' check (status in ('queued', 'sent', 'failed')),
  settled_at timestamptz
);
create index incident_mails_incident on incident_mails (incident_id, customer_id, queued_at);
create index incident_mails_customer on incident_mails (customer_id);
select replicate('incident_mails');

alter table incident_persons
  add column mail_id uuid,
  add column status text not null default 'sent' check (status in ('queued', 'sent', 'failed'));

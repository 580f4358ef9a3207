-- Whose log-in a breach of high risk concerns was told by letter, once (Art. 34 GDPR).
create table incident_persons (
  incident_id uuid not null references incidents (id) on delete cascade,
  identity_id uuid not null references identities (id) on delete cascade,
  told_at timestamptz not null,
  primary key (incident_id, identity_id)
);
create index incident_persons_identity on incident_persons (identity_id);
select replicate('incident_persons');

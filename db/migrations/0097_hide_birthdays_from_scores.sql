-- What speaks for a pair of records without their birthdays, for roles from which those are hidden.
-- Zero until the next look: such roles are not offered what only an older one has found.
alter table duplicate_pairs add column blind_score integer not null default 0 check (blind_score between 0 and 100);

create index duplicate_pairs_blind on duplicate_pairs (tenant_id, blind_score desc, id)
  where contact_id is not null and dismissed_at is null;

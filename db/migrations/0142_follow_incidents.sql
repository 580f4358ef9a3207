-- The running 72 hours of a breach are announced to the officer and the operators (Art. 33(1) GDPR),
-- and what becomes known later is sent to customers already told of it (Art. 33(2), (4)).
alter table incidents
  -- The hours left that the last warning named; null before the first.
  add column warned_hours int,
  -- When the operator last asked to send what has become known since.
  add column supplement_at timestamptz;
alter table incident_customers
  add column supplement_at timestamptz;

-- Not to be subject to a decision made by automated means alone (Art. 22 GDPR): a right of its own.
alter table case_items drop constraint case_items_claimed_right_check;
alter table case_items add constraint case_items_claimed_right_check check (claimed_right in (
  'access', 'rectification', 'erasure', 'restriction', 'portability', 'objection', 'decision',
  'withdrawal', 'complaint'
));

-- The day on which the officer was last reminded of evidence that expires: once for each reminder,
-- and later if nothing ran on its day.
alter table processors add column reminded_on date;

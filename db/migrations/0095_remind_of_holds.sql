-- When a tenant's admins were last told that the reason of a hold has to be looked at again.
alter table holds add column told_on date;

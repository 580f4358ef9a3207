-- Who of a status was touched last: the walk along all touches passed thousands of fresh leads before it
-- met a customer.
create index contacts_status_touch on contacts (tenant_id, status, last_touch_at desc, id desc) where deleted_at is null;
create index companies_status_touch on companies (tenant_id, status, last_touch_at desc, id desc) where deleted_at is null;

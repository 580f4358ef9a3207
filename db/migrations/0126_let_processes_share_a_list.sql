-- A list that calls a function of which PostgreSQL does not know that it may run beside itself is read
-- by one process alone, however long it is.
alter function renamed_tags(text, uuid, uuid, jsonb) parallel safe;
alter function limits_of_fields(uuid, text) parallel safe;
alter function in_open_case(uuid, uuid) parallel safe;
alter function policy_to_acknowledge(uuid) parallel safe;

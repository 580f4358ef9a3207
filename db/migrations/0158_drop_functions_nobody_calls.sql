-- Functions of the owner that no version of the program still calls: each is a way past the rows'
-- policies. Their successors are `calendar_feed`, `api_caller` and the queries of the jobs.
drop function calendar_feed_by_digest(bytea);
drop function api_token_by_digest(bytea, timestamptz);
drop function case_controllers(integer);

-- How much waits to be entered into these two indexes is bounded by the session that writes: a large
-- import enters larger pieces (`db/pool.ts` bounds all others, as the indexes did themselves).
alter index contacts_search reset (gin_pending_list_limit);
alter index companies_search reset (gin_pending_list_limit);

-- What a record is found by is put together at every save: its large statement is planned once for a
-- connection, since planning it costs four times what running it does.

alter function refresh_contact_search(uuid[]) set plan_cache_mode = force_generic_plan;
alter function refresh_company_search(uuid[]) set plan_cache_mode = force_generic_plan;
alter function refresh_deal_search(uuid[]) set plan_cache_mode = force_generic_plan;

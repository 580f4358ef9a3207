-- Where records come from, and on what ground: the few values of a house are read out of these one by
-- one, so that a list narrowed to one that few have, or nobody, need not look at every record. Equal
-- entries share one, so that an import, which has one source, hardly feels them.
create index contacts_origin on contacts (tenant_id, source collate "C", legal_basis collate "C") where deleted_at is null;
create index companies_origin on companies (tenant_id, source collate "C") where deleted_at is null;
create index deals_origin on deals (tenant_id, source collate "C") where deleted_at is null;

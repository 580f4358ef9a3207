-- What of an import somebody has changed since: few of very many, counted without looking at the rest.
-- A record is new when it comes in, so that an import writes nothing here.
create index contacts_import_changed on contacts (tenant_id, import_id) where version > 1 and import_id is not null;
create index companies_import_changed on companies (tenant_id, import_id) where version > 1 and import_id is not null;
create index deals_import_changed on deals (tenant_id, import_id) where version > 1 and import_id is not null;

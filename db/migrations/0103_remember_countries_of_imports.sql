-- The country by which numbers and postal codes of a kind of file were read the last time.
alter table import_mappings add column country text;

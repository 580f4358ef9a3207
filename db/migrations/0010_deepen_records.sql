-- Keys by which likely duplicates are found, and what each user saw last.

-- Kölner Phonetik, the same procedure as db/phonetics.ts.
create function phonetic(value text) returns text
language sql immutable parallel safe strict
as $$
  select regexp_replace(regexp_replace(translate(replace(
    replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(
      replace(regexp_replace(
        lower(public.unaccent('public.unaccent'::regdictionary, lower(normalize(value, nfc)))),
        '[^a-z]+', '', 'g'), 'ph', 'f'),
      '[dt](?=[csz])', '8', 'g'),
      '(?<=[ckq])x', 'X', 'g'),
      '(?<=[sz])c', '8', 'g'),
      '^c(?=[lr])', '4'),
      'c(?=[ahkoquX])', '4', 'g'),
    'c', '8'), 'x', '48'),
    'aeijouybpdtfvwgkqlmnrszXh', '000000011223334445667888'),
    '(.)\1+', '\1', 'g'),
    '(?<=.)0', '', 'g')
$$;

-- A company's folded name without its legal form; the words of db/legal_forms.ts, folded.
create function company_key(name text) returns text
language sql immutable parallel safe strict
as $$
  select regexp_replace(
    regexp_replace(fold(name), ' (i l|i g|i ins|in liquidation)$', ''),
    '(?<=.)( (g?gmbh|g m b h|mbh|m b h|gesellschaft mit beschrankter haftung|gemeinnutzige gmbh|g?ug|unternehmergesellschaft|haftungsbeschrankt|ag|aktiengesellschaft|kg|kommanditgesellschaft|kgaa|kg a ?a|kommanditgesellschaft auf aktien|ohg|offene handelsgesellschaft|partgmbb|partg|part ?g|partnerschaftsgesellschaft|partnerschaft|mbb|und co|u co|co|e?gbr|gesellschaft burgerlichen rechts|e ?g|eingetragene genossenschaft|e ?v|eingetragener verein|e ?k|e ?kfm|e ?kfr|e ?kffr|eingetragener? kauf(mann|frau)|e ?u|eingetragenes unternehmen|og|vvag|v v a g|se|societas europaea|sce|a ?o ?r|anstalt des offentlichen rechts|k ?d? ?o ?r|korperschaft des offentlichen rechts|s ?a ?r ?l|s ?a ?s|s ?a ?s ?u|s p a|spa|s r l|srl|s ?r ?l ?s|sp z o ?o|spolka z o ?o|s l|s l u|s ?a|s ?r ?o|a s|d ?o ?o|kft|b ?v|b ?v ?b ?a|n ?v|v ?o ?f|aps|ab|aktiebolag|oyj?|as|l ?l ?p|l ?l ?c|ltd|limited|p ?l ?c|inc|incorporated|corp|corporation))+$',
    '')
$$;

alter table contacts add column name_sound text generated always as (
  nullif(phonetic(last_name) || '-' || phonetic(first_name), '-')
) stored;
create index contacts_sound on contacts (tenant_id, name_sound, id) where deleted_at is null;

alter table companies add column name_key text generated always as (company_key(name)) stored;
alter table companies add column domain text generated always as (
  lower(substring(website from '^[a-zA-Z]+://(?:[wW]{3}\.)?([^/:?#]+)'))
) stored;
create index companies_key on companies (tenant_id, name_key, id) where deleted_at is null;
create index companies_domain on companies (tenant_id, domain) where domain is not null;
create index companies_vat_id on companies (tenant_id, vat_id) where vat_id <> '';

alter table emails add column domain text generated always as (
  lower(split_part(address, '@', 2))
) stored;
create index emails_domain on emails (tenant_id, domain) where company_id is not null;

-- The records each user opened last; the program keeps ten.
create table visits (
  tenant_id uuid not null,
  user_id uuid not null,
  record_id uuid not null,
  contact_id uuid,
  company_id uuid,
  seen_at timestamptz not null,
  primary key (tenant_id, user_id, record_id),
  check (record_id = coalesce(contact_id, company_id) and num_nonnulls(contact_id, company_id) = 1),
  foreign key (tenant_id, user_id) references users (tenant_id, id) on delete cascade,
  foreign key (tenant_id, contact_id) references contacts (tenant_id, id) on delete cascade,
  foreign key (tenant_id, company_id) references companies (tenant_id, id) on delete cascade
);
create index visits_contact on visits (tenant_id, contact_id) where contact_id is not null;
create index visits_company on visits (tenant_id, company_id) where company_id is not null;
select distribute('visits');
select isolate('visits');

select keep_out_of_statistics('contacts', 'name_sound');
select keep_out_of_statistics('companies', 'name_key', 'domain');
select keep_out_of_statistics('emails', 'domain');

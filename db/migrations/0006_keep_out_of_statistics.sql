-- Deleted values live on in the planner's samples: analysing an emptied table leaves the old ones
-- there. So nothing that names, reaches or describes a person is sampled at all. Set before the
-- first row comes: a sample taken once would stay.

-- Takes columns out of the samples; where Citus is installed, on each shard, as those hold the rows.
create function keep_out_of_statistics(table_name text, variadic columns text[]) returns void
language plpgsql
as $$
declare
  actions text := (
    select string_agg(format('alter column %I set statistics 0', each), ', ')
    from unnest(columns) as each
  );
begin
  execute format('alter table %I %s', table_name, actions);
exception when feature_not_supported then
  perform run_command_on_shards(table_name::regclass, 'alter table %s ' || actions);
end $$;

select keep_out_of_statistics(
  'provider',
  'represented_by', 'dpo_name', 'street', 'postal_code', 'city', 'country', 'email', 'phone', 'dpo_email'
);
select keep_out_of_statistics('identities', 'name', 'email', 'email_key', 'password_hash');
select keep_out_of_statistics('sessions', 'token_digest', 'ip', 'user_agent');
select keep_out_of_statistics('tokens', 'token_digest', 'email');
select keep_out_of_statistics('rate_limits', 'key_digest');
select keep_out_of_statistics('mails', 'recipient', 'subject', 'body_text', 'body_html');
select keep_out_of_statistics(
  'contacts',
  'salutation', 'title', 'first_name', 'name_prefix', 'last_name', 'name_suffix', 'letter_salutation',
  'website', 'birthday', 'customer_number', 'notes', 'search', 'sort_name', 'summary'
);
select keep_out_of_statistics(
  'companies',
  'name', 'website', 'customer_number', 'vat_id', 'tax_number', 'notes', 'search', 'sort_name', 'summary'
);
select keep_out_of_statistics('emails', 'address', 'address_key');
select keep_out_of_statistics('phones', 'number');
select keep_out_of_statistics(
  'addresses',
  'street', 'extra', 'po_box', 'postal_code', 'city', 'region', 'country'
);
select keep_out_of_statistics('imports', 'file_name', 'inspection');
select keep_out_of_statistics('import_rows', 'problems', 'cells');
select keep_out_of_statistics('consents', 'proof');
select keep_out_of_statistics('suppressions', 'address_hash');

-- Writes the provider anew: the operator's settings reach this one row through it and nothing else.
create function update_provider(
  new_name text, new_legal_form text, new_street text, new_postal_code text, new_city text,
  new_country text, new_email text, new_phone text, new_represented_by text, new_register_entry text,
  new_vat_id text, new_dpo_name text, new_dpo_email text, at timestamptz
) returns void
language sql security definer set search_path = public, pg_temp
as $$
  update provider
  set name = new_name, legal_form = new_legal_form, street = new_street,
    postal_code = new_postal_code, city = new_city, country = new_country, email = new_email,
    phone = new_phone, represented_by = new_represented_by, register_entry = new_register_entry,
    vat_id = new_vat_id, dpo_name = new_dpo_name, dpo_email = new_dpo_email, updated_at = at
$$;

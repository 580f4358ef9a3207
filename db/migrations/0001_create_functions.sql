-- Extensions and functions that every table below relies on.

create extension if not exists pg_trgm;
create extension if not exists btree_gin;
create extension if not exists unaccent;

-- The tenant of the running transaction; null outside a scope.
create function current_tenant() returns uuid
language sql stable parallel safe
as $$ select nullif(current_setting('app.tenant_id', true), '')::uuid $$;

-- Places a tenant's table on its shard where Citus is installed; does nothing elsewhere.
create function distribute(table_name text) returns void
language plpgsql
as $$
begin
  if exists (select from pg_extension where extname = 'citus') then
    execute format('select create_distributed_table(%L, %L)', table_name, 'tenant_id');
  end if;
end $$;

-- Copies a table without a tenant to every node where Citus is installed.
create function replicate(table_name text) returns void
language plpgsql
as $$
begin
  if exists (select from pg_extension where extname = 'citus') then
    execute format('select create_reference_table(%L)', table_name);
  end if;
end $$;

-- Binds the serving role to the tenant of its transaction. The owner stays unbound: search needs
-- a function of the owner, because LIKE is not leakproof and would lose its index.
create function isolate(table_name text) returns void
language plpgsql
as $$
begin
  execute format('alter table %I enable row level security', table_name);
  execute format(
    'create policy tenant on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())',
    table_name
  );
end $$;

-- One spelling for all ways to write a name: case, accents, ä = ae = a, ß = ss, hyphens and dots.
-- After a, e and q a u before e is no umlaut (Bauer, Neuer, Quelle). Folding twice changes nothing,
-- and no wildcard of LIKE is left.
create function fold(value text) returns text
language sql immutable parallel safe strict
as $$
  select trim(regexp_replace(
    regexp_replace(
      regexp_replace(
        lower(public.unaccent(
          'public.unaccent'::regdictionary,
          lower(regexp_replace(normalize(value, nfc), '[''’`´ʼ]+', '', 'g'))
        )),
        '([ao])e+', '\1', 'g'),
      '(?<![aeq])(?:ue+)+', 'u', 'g'),
    '[\x01-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f\u00a0]+', ' ', 'g'))
$$;

-- The fingerprint of the secret that this database is sealed with: with another one nothing starts.
create table installation_secrets (
  only_row boolean primary key default true check (only_row),
  fingerprint text not null check (fingerprint <> '')
);
select replicate('installation_secrets');

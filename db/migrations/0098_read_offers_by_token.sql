-- Offers have a scope of their own: who allowed deals to a program has not allowed what is written to persons.
alter table api_tokens
  drop constraint api_tokens_scopes_check,
  add constraint api_tokens_scopes_check check (cardinality(scopes) between 1 and 20) not valid;
alter table api_tokens validate constraint api_tokens_scopes_check;

-- A mail that only its receiver's own program can open is kept without words, and says why.
alter table messages
  drop constraint messages_incomplete_check,
  add constraint messages_incomplete_check check (
    incomplete in (
      'headers', 'structure', 'markup', 'text', 'files', 'size', 'refused', 'quota', 'encrypted'
    )
  ) not valid;
alter table messages validate constraint messages_incomplete_check;

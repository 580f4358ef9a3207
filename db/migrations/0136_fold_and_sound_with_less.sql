-- Each imported contact is folded seven times and sounded twice. What is written in ASCII is made small
-- without ICU, single signs are replaced one after the other where one is there at all, and doubled digits
-- of a sound without a pattern that refers back: what comes out is the same.
create or replace function fold(value text)
 returns text
 language plpgsql
 immutable parallel safe strict
as $function$
declare
  plain text;
begin
  if octet_length(value) = length(value) then
    plain := lower(value collate "C");
    if strpos(plain, '''') > 0 or strpos(plain, '`') > 0 then
      plain := translate(plain, '''`', '');
    end if;
  else
    plain := value;
    if plain ~ '[^\x01-\u02ff]' then
      plain := normalize(plain, nfc);
    end if;
    plain := lower(public.unaccent(
      'public.unaccent'::regdictionary, lower(translate(plain, '''’`´ʼ', ''))
    ));
  end if;
  if strpos(plain, 'ae') > 0 or strpos(plain, 'oe') > 0 then
    plain := regexp_replace(plain, '([ao])e+', '\1', 'g');
  end if;
  if strpos(plain, 'ue') > 0 then
    plain := regexp_replace(plain, '(?<![aeq])(?:ue+)+', 'u', 'g');
  end if;
  plain := replace(replace(replace(replace(plain, '.', ' '), '-', ' '), '@', ' '), '&', ' ');
  if plain ~ '[\x01-\x1f\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f\u00a0]' then
    plain := regexp_replace(plain, '[\x01-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f\u00a0]+', ' ', 'g');
  end if;
  while strpos(plain, '  ') > 0 loop
    plain := replace(plain, '  ', ' ');
  end loop;
  return trim(plain);
end $function$;

create or replace function search_words(value text)
 returns text
 language plpgsql
 immutable parallel safe strict
as $function$
declare
  words text := ' ' || fold(value) || ' ';
  plain text;
  added text := ' ';
  word text;
begin
  if octet_length(value) = length(value) then
    plain := lower(value collate "C");
  else
    plain := lower(public.unaccent('public.unaccent'::regdictionary, lower(value)));
  end if;
  if strpos(plain, 'ae') > 0 or strpos(plain, 'oe') > 0 or strpos(plain, 'ue') > 0 then
    foreach word in array string_to_array(replace(replace(replace(plain, '@', ' '), '.', ' '), '-', ' '), ' ') loop
      continue when strpos(word, 'ae') = 0 and strpos(word, 'oe') = 0 and strpos(word, 'ue') = 0;
      if word ~ '[^a-z0-9]' then
        for word in
          select hit[1]
          from regexp_matches(word, '[[:alnum:]]*[aou]e[[:alnum:]]*', 'g') as hit
        loop
          if strpos(added, ' ' || word || ' ') = 0 then
            added := added || word || ' ' || regexp_replace(word, '([aou])e+', '\1', 'g') || ' ';
          end if;
        end loop;
      elsif strpos(added, ' ' || word || ' ') = 0 then
        added := added || word || ' ' || regexp_replace(word, '([aou])e+', '\1', 'g') || ' ';
      end if;
    end loop;
  end if;
  return words || substr(added, 2);
end $function$;

create or replace function phonetic(value text)
 returns text
 language plpgsql
 immutable parallel safe strict
as $function$
declare
  plain text;
begin
  if octet_length(value) = length(value) then
    plain := lower(value collate "C");
  else
    plain := value;
    if plain ~ '[^\x01-\u02ff]' then
      plain := normalize(plain, nfc);
    end if;
    plain := lower(public.unaccent('public.unaccent'::regdictionary, lower(plain)));
  end if;
  if plain collate "C" ~ '[^a-z]' then
    plain := regexp_replace(plain collate "C", '[^a-z]+', '', 'g');
  end if;
  plain := replace(plain, 'ph', 'f');
  if plain collate "C" ~ '[dt][csz]' then
    plain := regexp_replace(plain, '[dt](?=[csz])', '8', 'g');
  end if;
  if strpos(plain, 'x') > 0 then
    plain := regexp_replace(plain, '(?<=[ckq])x', 'X', 'g');
  end if;
  if strpos(plain, 'c') > 0 then
    plain := regexp_replace(plain, '(?<=[sz])c', '8', 'g');
    plain := regexp_replace(plain, '^c(?=[lr])', '4');
    plain := replace(regexp_replace(plain, 'c(?=[ahkoquX])', '4', 'g'), 'c', '8');
  end if;
  plain := translate(
    replace(plain, 'x', '48'), 'aeijouybpdtfvwgkqlmnrszXh', '000000011223334445667888'
  );
  -- By now all are digits. A pattern that refers back to itself takes ten times as long.
  while plain collate "C" ~ '00|11|22|33|44|55|66|77|88' loop
    plain := replace(replace(replace(plain, '00', '0'), '11', '1'), '22', '2');
    plain := replace(replace(replace(plain, '33', '3'), '44', '4'), '55', '5');
    plain := replace(replace(replace(plain, '66', '6'), '77', '7'), '88', '8');
  end loop;
  -- A vowel counts at the beginning alone.
  return left(plain, 1) || replace(substr(plain, 2), '0', '');
end $function$;

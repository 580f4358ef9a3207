-- The same results by less: texts without a sign from U+0300 on are composed already, of the signs
-- between words most are these four, and an automaton that notes no parts is half as large. A word of
-- the search text is only taken apart where it holds more than letters and digits.
create or replace function fold(value text) returns text
language plpgsql immutable strict parallel safe
as $$
declare
  plain text;
begin
  if octet_length(value) = length(value) then
    plain := lower(translate(value, '''`', ''));
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
end $$;

create or replace function phonetic(value text) returns text
language plpgsql immutable strict parallel safe
as $$
declare
  plain text := lower(value);
begin
  if octet_length(value) <> length(value) then
    if value ~ '[^\x01-\u02ff]' then
      plain := lower(normalize(value, nfc));
    end if;
    plain := lower(public.unaccent('public.unaccent'::regdictionary, plain));
  end if;
  if plain ~ '[^a-z]' then
    plain := regexp_replace(plain, '[^a-z]+', '', 'g');
  end if;
  plain := replace(plain, 'ph', 'f');
  if plain ~ '[dt][csz]' then
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
  if plain ~ '00|11|22|33|44|55|66|77|88' then
    plain := regexp_replace(plain, '(.)\1+', '\1', 'g');
  end if;
  -- A vowel counts at the beginning alone.
  return left(plain, 1) || replace(substr(plain, 2), '0', '');
end $$;

create or replace function search_words(value text) returns text
language plpgsql immutable strict parallel safe
as $$
declare
  words text := ' ' || fold(value) || ' ';
  plain text := lower(value);
  added text := ' ';
  word text;
begin
  if octet_length(value) <> length(value) then
    plain := lower(public.unaccent('public.unaccent'::regdictionary, plain));
  end if;
  if strpos(plain, 'ae') > 0 or strpos(plain, 'oe') > 0 or strpos(plain, 'ue') > 0 then
    foreach word in array string_to_array(translate(plain, '@.-', '   '), ' ') loop
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
end $$;

create or replace function company_key(name text) returns text
language plpgsql immutable strict parallel safe
as $$
declare
  plain text := fold(name);
begin
  if strpos(plain, ' i') > 0 then
    plain := regexp_replace(plain, ' (?:i l|i g|i ins|in liquidation)$', '');
  end if;
  return regexp_replace(
    plain,
    '(?<=.)(?: (?:g?gmbh|g m b h|mbh|m b h|gesellschaft mit beschrankter haftung|gemeinnutzige gmbh|g?ug|unternehmergesellschaft|haftungsbeschrankt|ag|aktiengesellschaft|kg|kommanditgesellschaft|kgaa|kg a ?a|kommanditgesellschaft auf aktien|ohg|offene handelsgesellschaft|partgmbb|partg|part ?g|partnerschaftsgesellschaft|partnerschaft|mbb|und co|u co|co|e?gbr|gesellschaft burgerlichen rechts|e ?g|eingetragene genossenschaft|e ?v|eingetragener verein|e ?k|e ?kfm|e ?kfr|e ?kffr|eingetragener? kauf(?:mann|frau)|e ?u|eingetragenes unternehmen|og|vvag|v v a g|se|societas europaea|sce|a ?o ?r|anstalt des offentlichen rechts|k ?d? ?o ?r|korperschaft des offentlichen rechts|s ?a ?r ?l|s ?a ?s|s ?a ?s ?u|s p a|spa|s r l|srl|s ?r ?l ?s|sp z o ?o|spolka z o ?o|s l|s l u|s ?a|s ?r ?o|a s|d ?o ?o|kft|b ?v|b ?v ?b ?a|n ?v|v ?o ?f|aps|ab|aktiebolag|oyj?|as|l ?l ?p|l ?l ?c|ltd|limited|p ?l ?c|inc|incorporated|corp|corporation))+$',
    ''
  );
end $$;

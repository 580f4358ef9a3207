/** Legal forms (Rechtsformen) at the end, or rarely the start, of a company's name. */

// Longest first within a family, so that "GmbH & Co. KG" is not read as "KG".
const forms: readonly (readonly [string, RegExp])[] = [
  ["GmbH & Co. KGaA", /(?:g?gmbh|mbh)\s*(?:&|und|u\.?|\+)\s*co\.?\s*kg\s*a\.?\s*a\.?/],
  ["AG & Co. KGaA", /ag\s*(?:&|und|\+)\s*co\.?\s*kg\s*a\.?\s*a\.?/],
  ["SE & Co. KGaA", /se\s*(?:&|und|\+)\s*co\.?\s*kg\s*a\.?\s*a\.?/],
  ["GmbH & Co. KG", /g?gmbh\s*(?:&|und|u\.?|\+)\s*co\.?,?\s*(?:kg|kommanditgesellschaft)/],
  ["GmbH & Co. OHG", /gmbh\s*(?:&|und|u\.?|\+)\s*co\.?\s*ohg/],
  ["AG & Co. KG", /ag\s*(?:&|und|\+)\s*co\.?\s*kg/],
  ["SE & Co. KG", /se\s*(?:&|und|\+)\s*co\.?\s*kg/],
  ["UG & Co. KG", /ug\s*(?:\(haftungsbeschr[aä]nkt\))?\s*(?:&|und|\+)\s*co\.?\s*kg/],
  [
    "UG (haftungsbeschränkt)",
    /(?:ug|unternehmergesellschaft)\s*\(?\s*haftungsbeschr(?:ä|ae|a)nkt\s*\)?/,
  ],
  ["UG (haftungsbeschränkt)", /(?:g?ug|unternehmergesellschaft)/],
  ["GmbH", /gesellschaft mit beschr(?:ä|ae)nkter haftung/],
  ["gGmbH", /(?:gemeinn(?:ü|ue)tzige\s+gmbh|ggmbh)/],
  ["PartG mbB", /(?:part(?:g|nerg?\.?|nerschaftsgesellschaft)\s*mbb|partgmbb)/],
  ["PartG", /(?:partg|partnerschaftsgesellschaft|partnerschaft)/],
  ["GmbH", /(?:g\.?m\.?b\.?h\.?|(?<=gesellschaft\s)mbh|m\.?b\.?h\.?)/],
  ["KGaA", /(?:kg\s*a\.?\s*a\.?|kommanditgesellschaft auf aktien)/],
  ["KG", /(?:&\s*co\.?\s*kg|kg|kommanditgesellschaft)/],
  ["OHG", /(?:ohg|offene handelsgesellschaft|oHG)/],
  ["AöR", /(?:a\.?\s?ö\.?\s?r\.?|anstalt des öffentlichen rechts)/],
  ["KöR", /(?:k\.?\s?d?\.?\s?ö\.?\s?r\.?|körperschaft des öffentlichen rechts)/],
  ["AG", /(?:ag|aktiengesellschaft)/],
  ["SE", /(?:se|societas europaea)/],
  ["SCE", /sce(?:\s+mbh)?/],
  ["eGbR", /egbr/],
  ["GbR", /(?:gbr(?:\s*mbh)?|gesellschaft bürgerlichen rechts)/],
  ["eG", /(?:e\.?\s?g\.?|eingetragene genossenschaft)/],
  ["e.V.", /(?:e\.?\s?v\.?|eingetragener verein)/],
  ["e.K.", /(?:e\.?\s?(?:k|kfm|kfr|kffr)\.?|eingetragene[r]? kauf(?:mann|frau))/],
  ["e.U.", /(?:e\.?\s?u\.?|eingetragenes unternehmen)/],
  ["OG", /og/],
  ["VVaG", /v\.?v\.?a\.?g\.?/],
  ["Sàrl", /s\.?\s?[àa]\.?\s?r\.?\s?l\.?/],
  ["S.A.S.", /s\.?\s?a\.?\s?s\.?(?:\s?u\.?)?/],
  ["S.p.A.", /s\.?\s?p\.?\s?a\.?/],
  ["S.r.l.", /s\.?\s?r\.?\s?l\.?(?:\s?s\.?)?/],
  ["Sp. z o.o.", /sp(?:ó|o)?(?:ł|l)?k?a?\.?\s*z\s*o\.?\s?o\.?/],
  ["S.L.", /s\.\s?l\.(?:\s?u\.)?/],
  ["Lda.", /l(?:\.?da|imitada)\.?/],
  ["S.A.", /s\.\s?a\.|\bsa/],
  ["s.r.o.", /s\.?\s?r\.?\s?o\.?/],
  ["a.s.", /a\.\s?s\./],
  ["d.o.o.", /d\.?\s?o\.?\s?o\.?/],
  ["Kft.", /kft\.?/],
  ["B.V.", /b\.?\s?v\.?(?:\s?b\.?\s?a\.?)?/],
  ["N.V.", /n\.?\s?v\.?/],
  ["V.O.F.", /v\.?o\.?f\.?/],
  ["A/S", /a\/s/],
  ["A.Ş.", /a\.?\s?ş\.?/],
  ["Ltd. Şti.", /(?:ltd\.?\s?şt[iİ]\.?|l[iİ]m[iİ]ted ş[iİ]rket[iİ])/],
  ["ApS", /aps/],
  ["AB", /(?:aktiebolag|ab)/],
  ["Oy", /oyj?/],
  ["AS", /as/],
  ["LLP", /l\.?l\.?p\.?/],
  ["LLC", /l\.?l\.?c\.?/],
  ["Ltd.", /(?:(?:co\.?,?\s*)?ltd\.?|limited)/],
  ["PLC", /p\.?l\.?c\.?/],
  ["Inc.", /(?:inc\.?|incorporated)/],
  ["Corp.", /(?:corp\.?|corporation)/],
  ["ЕООД", /еоод/],
  ["ООД", /оод/],
  ["ЕАД", /еад/],
  ["АД", /ад/],
  ["Α.Ε.", /α\.?\s?ε\.?/],
  ["Ε.Π.Ε.", /ε\.?\s?π\.?\s?ε\.?/],
  ["Ο.Ε.", /ο\.?\s?ε\.?/],
  ["Ε.Ε.", /ε\.\s?ε\./],
  ["Ι.Κ.Ε.", /ι\.?\s?κ\.?\s?ε\.?/],
];
/** Russian and Ukrainian companies put theirs first: "ООО «Ромашка»". */
const atStart = /^(ООО|ОАО|ЗАО|ПАО|АО|ИП|ТОВ|ФОП)\s+(?=\S)/u;

const atEnd = forms.map(([form, pattern]) =>
  [form, new RegExp(`(?:[\\s,]+|^)(?:${pattern.source})\\s*$`, "iu")] as const
);
/** Matches any of them: most names of persons have none and need only this one check. */
const anyAtEnd = new RegExp(
  `(?:[\\s,]+|^)(?:${forms.map(([, pattern]) => pattern.source).join("|")})\\s*$`,
  "iu",
);
/**
 * Two letters count as a form only in their usual case: "Frank Ag" is a person, "Bau AG" a company.
 */
const cased = new Set(
  "AG SE OG AB AS A.Ş. Oy eG S.A. KG ООД ЕАД АД Α.Ε. Ε.Π.Ε. Ο.Ε. Ι.Κ.Ε.".split(" "),
);

export interface SplitName {
  /** The name without its legal form, for comparing; the record keeps the whole name. */
  base: string;
  /** The form in its usual spelling, or empty. */
  form: string;
}

/** A cache of recent names: the rows of a company repeat its name. */
const lately = new Map<string, SplitName>();
const mostLately = 64;

/** Splits the legal form off a company's name; `form` is empty when it has none. */
export function split(name: string): Readonly<SplitName> {
  if (name.length > 300) return { base: name, form: "" };
  const known = lately.get(name);
  if (known) return known;
  const parted = part(name);
  if (lately.size >= mostLately) lately.clear();
  lately.set(name, parted);
  return parted;
}

function part(name: string): SplitName {
  const trimmed = name.trim().replace(/\s+/g, " ");
  const plain = trimmed.replace(
    /(?<!\s)\s+(?:i\.?\s?(?:L|Ins|G)\.?|in Liquidation|\([^()]*\))$/i,
    (tail) => /haftungsbeschr/i.test(tail) ? tail : "",
  );
  for (const [form, pattern] of anyAtEnd.test(plain) ? atEnd : []) {
    const match = pattern.exec(plain);
    if (!match || match.index === 0) continue;
    if (cased.has(form) && !properCase(match[0].replace(/[\s,.]/g, ""))) continue;
    return { base: plain.slice(0, match.index).trim(), form };
  }
  const [ahead, form] = atStart.exec(plain) ?? [];
  if (ahead && form) return { base: plain.slice(ahead.length), form };
  return { base: trimmed, form: "" };
}

function properCase(letters: string): boolean {
  return letters.length > 3 || letters === letters.toUpperCase() || letters === "eG" ||
    letters === "Oy" || letters === "Oyj";
}

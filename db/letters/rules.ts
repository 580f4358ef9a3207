/** What a language's rules are made of, and the articles that every language names alike. */

/** Rights that a person can claim; a complaint is one to an authority that reached us (Art. 77). */
export const rights = [
  "access",
  "rectification",
  "erasure",
  "restriction",
  "portability",
  "objection",
  "withdrawal",
  "complaint",
] as const;

export type Right = typeof rights[number];

/** Each pattern meets text as `fold` makes it: small letters without marks. */
export interface Rules {
  /** Common short words, by which the language is known. */
  common: string;
  /** Someone wants something. */
  ask: RegExp;
  /** It is not wanted. */
  not: RegExp;
  /** What is wanted less than something else: "restriction instead of erasure". */
  instead?: RegExp;
  /** A clause that only supposes: "if", at its beginning. */
  when: RegExp;
  /** Politeness that begins like a supposition: "I would be glad if". */
  polite: RegExp;
  /** A sentence that tells of rights and duties, or threatens, and claims nothing. */
  aside: RegExp;
  /** What shows that data on the person are meant. */
  data: RegExp;
  /** "Delete everything": means data on the person where the letter names the law. */
  everything?: RegExp;
  /** Conjunctions, between which clauses are parted. */
  joints: string;
  /** Claims the right by itself. */
  said: Partial<Record<Right, RegExp>>;
  /** Names the right: a claim where it is asked for and data are meant. */
  named: Record<Right, RegExp>;
  /** "The data that you hold": asks for access where the clause claims nothing else. */
  held: RegExp;
  /** Objections that are negations: "no advertising". */
  stop: RegExp;
  /** What shall not be kept any longer, in a whole sentence: asks for erasure. */
  keep?: RegExp;
  /** What bounds such a negation by a check: "until you have verified it" asks for restriction. */
  until?: RegExp;
}

/** Small letters without accents, so that hasty typing is understood. */
export const fold = (text: string): string =>
  text.toLowerCase().normalize("NFD").replace(/\p{M}+/gu, "")
    .replace(/ß/g, "ss").replace(/ł/g, "l").replace(/đ/g, "d").replace(/ø/g, "o")
    .replace(/ς/g, "σ").replace(/[’`´]/g, "'").replace(/\s+/g, " ").trim();

const byArticle: Readonly<Record<number, Right>> = {
  15: "access",
  16: "rectification",
  17: "erasure",
  18: "restriction",
  20: "portability",
  21: "objection",
  77: "complaint",
};

const article =
  /(?<![\p{L}\d])(?:art(?:\.|ikeln?|ikkel|ikla|icolul|icolului|icles?|icol[oi]|iculos?|igos?|ykul\w*)?|cl(?:\.|an\w*)|cl|αρθρ\p{L}*)\s*(\d{1,2}(?:\.(?=\s))?(?:\s*(?:,|\/|und|and|et|y|e|en|i|och|oraz|a|και|sowie|&)\s*(?:art\.?\s*)?\d{1,2}(?!\d|\s*(?:abs|\()))*)(\s*(?:,\s*)?(?:\(|abs\w*\.?|para\w*\.?|alinea|lid|stk\w*\.?|stav\w*|odst\.?|ust\.?|apartado|paragrafo|comma|no|n\.?o?|παρ\p{L}*\.?)\s*(\d))?/gu;

/** The same behind the number, as some languages name them. */
const behind = /(?<![\p{L}\d.])(\d{1,2})\. ?(?:cikk|artikl|pant|straipsn|clen|clan|madde)/gu;

/** Rights that a sentence names by nothing but articles, in whatever language. */
export const namedIn = (sentence: string): Right[] => [
  ...articlesIn(sentence),
  ...[...sentence.matchAll(behind)].flatMap(([, number]) => byArticle[Number(number)] ?? []),
];

/** Rights whose articles a folded clause names. */
export function articlesIn(clause: string): Right[] {
  return [...clause.matchAll(article)].flatMap(([, numbers, , paragraph]) =>
    numbers!.match(/\d+/g)!.flatMap((number) =>
      number === "7" && paragraph === "3" ? "withdrawal" : byArticle[Number(number)] ?? []
    )
  );
}

/** The law by its names: without it, an article may be one of another law. */
export const law =
  /ds-?gvo|gdpr|rgpd|rodo|\bavg\b|\bgdpr|\bdsgvo|datenschutz|data protection|protection des donnees|proteccion de datos|protecao de dados|protezione dei dati|gegevensbescherming|ochran\w+ (?:osobnich )?\w*udaj|ochron\w+ danych|zastit\w+ (?:osobnih )?podat|dataskydd|προστασια\p{L}* .{0,12}δεδομεν|kvkk|kisisel veri|γκπδ|2016\/679/u;

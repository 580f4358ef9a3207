/** What a language's rules consist of, and the articles that every language names alike. */

/**
 * Rights that a person can claim; `decision` is not to be subject to automated decisions (Art. 22), a
 * complaint is one to an authority that was passed on to us (Art. 77).
 */
export const rights = [
  "access",
  "rectification",
  "erasure",
  "restriction",
  "portability",
  "objection",
  "decision",
  "withdrawal",
  "complaint",
] as const;

export type Right = typeof rights[number];

/** Each pattern is applied to text as returned by `fold`: lower case without accents. */
export interface Rules {
  /** Common short words that identify the language. */
  common: string;
  /** Somebody wants something. */
  ask: RegExp;
  /** Something is not wanted. */
  not: RegExp;
  /** The less preferred option: "restriction instead of erasure". */
  instead?: RegExp;
  /** The beginning of a conditional clause: "if". */
  when: RegExp;
  /** A polite request that begins like a condition: "I would be glad if". */
  polite: RegExp;
  /** A sentence that explains rights and duties, or threatens, without claiming anything. */
  aside: RegExp;
  /** Shows that data about the person are meant. */
  data: RegExp;
  /** "Delete everything": means data about the person if the letter names the law. */
  everything?: RegExp;
  /** Conjunctions at which clauses are split. */
  joints: string;
  /** Claims the right by itself. */
  said: Partial<Record<Right, RegExp>>;
  /** Names the right: a claim if it is asked for and data are meant. */
  named: Record<Exclude<Right, "decision">, RegExp>;
  /** "The data that you hold": asks for access if the clause claims nothing else. */
  held: RegExp;
  /** Objections phrased as negations: "no advertising". */
  stop: RegExp;
  /** What shall no longer be kept, in a whole sentence: asks for erasure. */
  keep?: RegExp;
  /** Limits such a negation by a check: "until you have verified it" asks for restriction. */
  until?: RegExp;
}

/** Lower case without accents, so that hasty typing is understood. */
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
  /(?<![\p{L}\d])(?:art(?:\.|ikeln?|ikkel|ikla|icolul|icolului|icles?|icol[oi]|iculos?|igos?|ykul\w*|ikl\w*)?|cl(?:\.|an\w*)|cl|чл(?:\.|ен\p{L}*)|стат\p{L}*|ст\.|αρθρ\p{L}*)\s*(\d{1,2}(?:\.(?=\s))?(?:\s*(?:,|\/|und|and|et|y|e|en|i|och|oraz|a|και|sowie|&)\s*(?:art\.?\s*)?\d{1,2}(?!\d|\s*(?:abs|\()))*)(\s*(?:,\s*)?(?:\(|abs\w*\.?|para\w*\.?|alinea|lid|stk\w*\.?|stav\w*|odst\.?|ust\.?|apartado|paragrafo|comma|no|n\.?o?|παρ\p{L}*\.?)\s*(\d))?/gu;

/** The same after the number, as some languages have it. */
const behind =
  /(?<![\p{L}\d.])(\d{1,2})(?:\. ?(?:cikk|artikl|pant|straipsn|clen|clan|madde)| (?:artikl|straipsn|artikkel))/gu;

/** Rights that a sentence names by articles only, in any language. */
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

/** The names of the law: without one of them, an article may belong to another law. */
export const law =
  /ds-?gvo|gdpr|rgpd|rodo|\bavg\b|\bgdpr|\bdsgvo|datenschutz|data protection|protection des donnees|proteccion de datos|protecao de dados|protezione dei dati|gegevensbescherming|ochran\w+ (?:osobnich )?\w*udaj|ochron\w+ danych|zastit\w+ (?:osobnih )?podat|dataskydd|προστασια\p{L}* .{0,12}δεδομεν|kvkk|kisisel veri|tietosuoja|защита на (?:личните )?данн|γκπδ|2016\/679/u;

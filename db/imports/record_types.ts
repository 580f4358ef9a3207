/** Words in a column that says of each row whether it is a person or a company. */

export type RecordType = "person" | "company";

const said: readonly [RecordType, string][] = [
  [
    "company",
    "2|(?:small |medium |large )?company|governmental|business|business customer|corporate|corporation|commercial|organi[sz]ation|" +
    "legal (?:entity|person)|enterprise|institution|b2b|true|yes|" +
    "unternehmen|(?:klein|mittler|gro(?:ß|ss))es unternehmen|gro(?:ß|ss)unternehmen|firma|firmenkund(?:e|in)|gesch[äa]e?ftskund(?:e|in)|gewerbe|gewerblich|" +
    "gewerbekund(?:e|in)|juristische?.*|k[öo]e?rperschaft|verein|beh[öo]e?rde|verband|wahr|ja|" +
    "entreprise|soci[ée]t[ée]|personne morale|professionnel|organisme|association|" +
    "bedrijf|organisatie|zakelijk|onderneming|rechtspersoon|instelling|vereniging|" +
    "przedsi[ęe]biorstwo|osoba prawna|organizacja|instytucja|sp[óo][łl]ka|" +
    "azienda|societ[àa]|impresa|ditta|persona giuridica|ente|organizzazione|" +
    "empresa|sociedad|persona jur[íi]dica|organizaci[óo]n|compa[ñn][íi]a|" +
    "pessoa (?:coletiva|jur[íi]dica)|organiza[çc][ãa]o|" +
    "spole[čc]nost|pr[áa]vnick[áa] osoba|organizace|" +
    "f[öo]retag|virksomhed|bedrift|juridisk person|pm|pj|jp|u|f",
  ],
  [
    "person",
    "1|person|individual|natural person|private individual|private person|consumer|residential|" +
    "b2c|contact|false|no|privat.*|nat[üu]e?rliche?.*|einzelperson|verbraucher(?:in)?|kontakt|" +
    "ansprechpartner(?:in)?|falsch|nein|" +
    "particulier|personne physique|personne|individu|" +
    "persoon|priv[ée]|natuurlijke? persoon|consument|contactpersoon|" +
    "osoba|osoba (?:fizyczna|prywatna)|klient indywidualny|konsument|" +
    "persona|persona fisica|privato|individuo|consumatore|" +
    "persona (?:f[íi]sica|natural)|particular|consumidor|" +
    "pessoa|pessoa (?:singular|f[íi]sica)|fyzick[áa] osoba|soukrom[áa] osoba|fysisk person|" +
    "household|haushalt|familie|pp|pf|np|p",
  ],
];
const shapes = said.map(([type, words]) => [type, new RegExp(`^(?:${words})$`, "i")] as const);
/** Codes that mean something only if the other one occurs as well. */
const pairs: ReadonlySet<string> = new Set(["pm pp", "pf pj", "jp np", "f p", "p u", "1 2"]);
/** Answers to a question of the heading. */
const answer = /^(?:true|false|wahr|falsch|ja|nein|yes|no)$/i;

/** Which share of the rows must say it; the others may say something finer. */
const known = 0.6;

const heading =
  /^(?:t[iy]p[eo]?|art|kind|tipologia|tipolog[íi]a|soort|druh|rechtsnatur)(?:$|[ _-](?:de[rl]? |d[ei] )?(?:tiers|persona?|personne|pessoa|cliente?|client|relatie|klant|kontaktu?|contatto|contacto|contact|osoby|klienta|partner|kontakt|kunde))$|^(?:adress|kontakt|kunden|personen|gp|bp|gesch[äa]ftspartner|partner|klant|relatie|contact|customer|account|client|party|entity|contact sub|third[ -]?party)[ _-]?(?:art|typ|type|soort)$/i;

/** What a cell says, in any of the languages we read; null if it says nothing. */
export function typeOf(cell: string): RecordType | null {
  const text = cell.trim();
  if (text === "" || text.length > 60) return null;
  return shapes.find(([, words]) => words.test(text))?.[0] ?? null;
}

/** Whether a column with this heading may say so if its cells do. */
export const mayType = (name: string): boolean => heading.test(name.trim());

/** Whether the cells say for nearly each row if it is a person or a company, and both occur. */
export function sayTypes(cells: readonly string[]): boolean {
  const filled = cells.map((cell) => cell.trim().toLowerCase()).filter(Boolean);
  const distinct = new Set(filled);
  if (distinct.size > 20 || [...distinct].some((cell) => answer.test(cell))) return false;
  const types = new Map([...distinct].map((cell) => [cell, typeOf(cell)]));
  const kinds = new Set(types.values());
  if (!kinds.has("person") || !kinds.has("company")) return false;
  const codes = [...distinct].filter((cell) => cell.length < 3).sort();
  if (codes.length > 0) return codes.length === distinct.size && pairs.has(codes.join(" "));
  return filled.filter((cell) => types.get(cell)).length >= filled.length * known;
}

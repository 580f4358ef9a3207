/** Scores how likely two records are duplicates: points for what they share, with the reasons. */

/** Why two records may be duplicates; the texts are in the catalogue `duplicates`. */
export const reasons = [
  "email",
  "vat_id",
  "customer_number",
  "birthday",
  "name",
  "sound",
  "last_name",
  "phone",
  "domain",
  "company",
  "postal_code",
  "street",
] as const;
export type Reason = typeof reasons[number];

export interface Score {
  /** Up to 100. */
  score: number;
  /** The same without the birthday, for roles that may not see it. */
  blind: number;
  reasons: Reason[];
}

/** The score below which a pair is not shown. */
export const least = 60;
/** The score from which a pair is almost certain. */
export const sure = 85;

/** What records of both kinds are compared by. */
interface Facts {
  id: string;
  /** Normalised: case, accents and umlauts make no difference. */
  name: string;
  emails: string[];
  phones: string[];
  postalCodes: string[];
  /** Normalised, with the postal code. */
  streets: string[];
  customerNumber: string;
}

export interface PersonFacts extends Facts {
  /** The last and the first name in Kölner Phonetik. */
  lastSound: string;
  firstSound: string;
  birthday: string | null;
  companyIds: string[];
}

export interface FirmFacts extends Facts {
  sound: string;
  vatId: string;
  /** Domains of the website and e-mail addresses, except those of public mail services. */
  domains: string[];
  parentId: string | null;
}

type Points = [Reason | null, number];

const shares = (a: readonly string[], b: readonly string[]) => a.some((each) => b.includes(each));

/** Points if both values are known: for equal values, or against different ones. */
const known = (a: string | null, b: string | null, reason: Reason, same: number, other: number) =>
  a && b ? [[a === b ? reason : null, a === b ? same : other] as Points] : [];

function shared(a: Facts, b: Facts): Points[] {
  const points: Points[] = known(a.customerNumber, b.customerNumber, "customer_number", 30, -15);
  if (shares(a.emails, b.emails)) points.push(["email", 45]);
  if (shares(a.phones, b.phones)) points.push(["phone", 25]);
  if (shares(a.postalCodes, b.postalCodes)) points.push(["postal_code", 15]);
  if (shares(a.streets, b.streets)) points.push(["street", 10]);
  return points;
}

const words = (name: string) => name.split(" ").sort().join(" ");

function nameOf(a: PersonFacts, b: PersonFacts): Points {
  if (words(a.name) === words(b.name)) return ["name", 50];
  const sounds = (one: PersonFacts) => [one.lastSound, one.firstSound].sort().join("-");
  const whole = [a, b].every(({ lastSound, firstSound }) => lastSound && firstSound);
  if (whole && sounds(a) === sounds(b)) return ["sound", 45];
  // If only one last name is known they may be the same; two different first names are two persons.
  return a.lastSound !== "" && a.lastSound === b.lastSound && !(a.firstSound && b.firstSound)
    ? ["last_name", 20]
    : [null, -45];
}

/** The score of two persons. */
export function ofPersons(a: PersonFacts, b: PersonFacts): Score {
  const points = [
    nameOf(a, b),
    ...shared(a, b),
    ...shares(a.companyIds, b.companyIds) ? [["company", 20] as Points] : [],
  ];
  return sum(points, known(a.birthday, b.birthday, "birthday", 30, -60));
}

/** The score of two companies; a company and its parent are never duplicates. */
export function ofFirms(a: FirmFacts, b: FirmFacts): Score {
  if (a.parentId === b.id || b.parentId === a.id) return { score: 0, blind: 0, reasons: [] };
  const name: Points = a.name === b.name
    ? ["name", 50]
    : a.sound !== "" && a.sound === b.sound
    ? ["sound", 40]
    : [null, -20];
  // Companies created from just a name have nothing else that could differ.
  const bare = name[0] === "name" && [a, b].some(({ postalCodes }) => postalCodes.length === 0);
  return sum([
    name,
    ...bare ? [[null, 10] as Points] : [],
    ...shared(a, b),
    ...known(a.vatId, b.vatId, "vat_id", 80, -50),
    ...shares(a.domains, b.domains) ? [["domain", 30] as Points] : [],
  ]);
}

function sum(points: readonly Points[], birthday: readonly Points[] = []): Score {
  const all = [...points, ...birthday];
  const found = all.flatMap(([reason]) => reason ?? []);
  return {
    score: total(all),
    blind: total(points),
    reasons: reasons.filter((each) => found.includes(each)),
  };
}

const total = (points: readonly Points[]): number =>
  Math.min(100, Math.max(0, points.reduce((score, [, each]) => score + each, 0)));

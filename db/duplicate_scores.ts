/** How much speaks for two records being one: points for what is the same, and the reasons in words. */

/** Why two records may be one; the words are in the catalogue `duplicates`. */
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
  /** The same without the birthday: for roles from which that is hidden. */
  blind: number;
  reasons: Reason[];
}

/** Below this two records are not offered. */
export const least = 60;
/** From this on there is hardly a doubt. */
export const sure = 85;

/** What both kinds of records are compared by. */
interface Facts {
  id: string;
  /** Folded: case, accents and umlauts are no difference. */
  name: string;
  emails: string[];
  phones: string[];
  postalCodes: string[];
  /** Folded, with the postal code. */
  streets: string[];
  customerNumber: string;
}

export interface PersonFacts extends Facts {
  /** The last and the first name by Kölner Phonetik. */
  lastSound: string;
  firstSound: string;
  birthday: string | null;
  companyIds: string[];
}

export interface FirmFacts extends Facts {
  sound: string;
  vatId: string;
  /** Of website and e-mail addresses, without the hosts that serve everybody. */
  domains: string[];
  parentId: string | null;
}

type Points = [Reason | null, number];

const shares = (a: readonly string[], b: readonly string[]) => a.some((each) => b.includes(each));

/** Points where both know it: for the same, or against what differs. */
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
  // Somebody of whom only the last name is known may be the other one; two first names are two.
  return a.lastSound !== "" && a.lastSound === b.lastSound && !(a.firstSound && b.firstSound)
    ? ["last_name", 20]
    : [null, -45];
}

/** What speaks for two persons being one. */
export function ofPersons(a: PersonFacts, b: PersonFacts): Score {
  const points = [
    nameOf(a, b),
    ...shared(a, b),
    ...shares(a.companyIds, b.companyIds) ? [["company", 20] as Points] : [],
  ];
  return sum(points, known(a.birthday, b.birthday, "birthday", 30, -60));
}

/** What speaks for two companies being one; a company and the one it belongs to are two. */
export function ofFirms(a: FirmFacts, b: FirmFacts): Score {
  if (a.parentId === b.id || b.parentId === a.id) return { score: 0, blind: 0, reasons: [] };
  const name: Points = a.name === b.name
    ? ["name", 50]
    : a.sound !== "" && a.sound === b.sound
    ? ["sound", 40]
    : [null, -20];
  // Companies that somebody merely named have a name and nothing else that could differ.
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

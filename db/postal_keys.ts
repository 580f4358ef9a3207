/**
 * How a person reached by post is recognised again: name and postal address as one word, in a
 * normalised spelling, only for the keyed hash of `suppressions.ts`. Hashes are permanent: never
 * change how a key is made.
 */
import { dayOf } from "./local_times.ts";
import type { Scope } from "./scope.ts";
import * as sights from "./sights.ts";

export interface Name {
  firstName: string;
  namePrefix: string;
  lastName: string;
}

export interface Place {
  street: string;
  poBox: string;
  postalCode: string;
}

/** Words that letters put before a name and records keep in separate fields. */
const honorifics = new Set(
  "herr herrn frau fr hr mr mrs ms dr prof dipl ing mag med jur phil rer nat".split(" "),
);

/** The distinct keys of a name at some addresses; none if name, postal code or town is missing. */
export function keysOf(
  { firstName, namePrefix, lastName }: Name,
  places: readonly Place[],
): string[] {
  const who = nameKey(`${firstName} ${namePrefix} ${lastName}`);
  if (who === "") return [];
  return [...new Set(places.flatMap((place) => keyOf(who, place)))];
}

/**
 * The keys of a name and an address as written in a letter, in lines or between commas: one key for
 * each line that may be the street, which may lack a number and need not be the last.
 */
export function keysOfText(name: string, address: string): string[] {
  const who = nameKey(name);
  const parts = address.split(/[\n,;]/).map((each) => each.trim());
  const found = parts.findIndex((each) => codePattern.exec(each)?.index === 0);
  const at = found < 0 ? parts.findLastIndex((each) => codePattern.test(each)) : found;
  if (who === "" || at < 0) return [];
  const { index, 1: postalCode = "" } = codePattern.exec(parts[at]!)!;
  const lines = [...parts.slice(0, at), parts[at]!.slice(0, index)].slice(-mostLines)
    .filter((each) => /\p{L}/u.test(each) && !careOf.test(each));
  return [
    ...new Set(lines.flatMap((line) => {
      const box = boxPattern.exec(line.trim())?.[1];
      return keyOf(who, { street: box ? "" : line, poBox: box ?? "", postalCode });
    })),
  ];
}

/** How many lines before the postal code are considered. */
const mostLines = 8;
const careOf = /^(?:bei|c\/o|z\. ?hd\.)\s/i;
/** In the Netherlands, letters after four digits belong to the code. */
const codePattern = /(?:^|(?<=\s))(?:[A-Z]{1,2}[- ])?(\d{4} ?[A-Z]{2}(?=\s)|\d{4,5})\s+\p{L}/u;
const boxPattern = /^(?:Postfach|PF|P\.? ?O\.? ?Box)\s+(\d[\d ]*)$/i;

/** The keys of contacts at their own addresses and at those of the companies they work for. */
export async function ofContacts(
  scope: Scope,
  contactIds: readonly string[],
): Promise<{ contactId: string; key: string }[]> {
  const { sql, tenantId, now } = scope;
  const rows = await sights.widely(scope, () =>
    sql<(Name & Place & { id: string })[]>`
      select c.id, c.first_name, c.name_prefix, c.last_name, d.street, d.po_box, d.postal_code
      from contacts c
      cross join lateral (
        select street, po_box, postal_code
        from addresses
        where tenant_id = ${tenantId}
          and contact_id = c.id
        union all
        select a.street, a.po_box, a.postal_code
        from affiliations f
        join addresses a on a.tenant_id = f.tenant_id and a.company_id = f.company_id
        where f.tenant_id = ${tenantId}
          and f.contact_id = c.id
          and (f.until_on is null or f.until_on >= ${dayOf(now)})
      ) d
      where c.tenant_id = ${tenantId}
        and c.id = any (${[...contactIds]}::uuid[])
    `);
  return rows.flatMap(({ id, street, poBox, postalCode, ...name }) =>
    keysOf(name, [{ street, poBox, postalCode }]).map((key) => ({ contactId: id, key }))
  );
}

/** The keys of a name at the addresses of companies. */
export async function atCompanies(
  { sql, tenantId }: Scope,
  name: Name,
  companyIds: readonly string[],
): Promise<{ companyId: string; key: string }[]> {
  if (companyIds.length === 0) return [];
  const rows = await sql<(Place & { companyId: string })[]>`
    select company_id, street, po_box, postal_code
    from addresses
    where tenant_id = ${tenantId}
      and company_id = any (${[...companyIds]}::uuid[])
  `;
  return rows.flatMap(({ companyId, ...place }) =>
    keysOf(name, [place]).map((key) => ({ companyId, key }))
  );
}

/** All a person may be barred by: addresses, numbers, the name at its postal addresses. */
export async function marksOf(
  scope: Scope,
  { contactIds, emails, phones }: {
    contactIds: readonly string[];
    emails: readonly string[];
    phones: readonly string[];
  },
): Promise<string[]> {
  const places = await ofContacts(scope, contactIds);
  return [...emails, ...phones, ...places.map(({ key }) => key)];
}

/** The words in sorted order: some lists write "Muster, Erika". */
export function nameKey(name: string): string {
  const words = plain(name).split(" ").filter((each) => each !== "" && !honorifics.has(each));
  return words.sort().join("-");
}

function keyOf(who: string, { street, poBox, postalCode }: Place): string[] {
  const code = solid(postalCode.replace(/^[A-Z]{1,2}[- ](?=\d)/i, ""));
  const way = solid(street).replace(/strasse/g, "str");
  const box = solid(poBox).replace(/^(?:postfach|pf)/, "");
  const where = way !== "" ? way : box !== "" ? `pf${box}` : "";
  return code === "" || where === "" ? [] : [`post:${who}:${code}:${where}`];
}

const umlauts: Record<string, string> = { ä: "ae", ö: "oe", ü: "ue", ß: "ss", ø: "oe", æ: "ae" };

/** Lower case without marks, umlauts as two letters, all but letters and digits as spaces. */
const plain = (text: string): string =>
  text.normalize("NFC").toLowerCase()
    .replace(/[äöüßøæ]/g, (letter) => umlauts[letter]!)
    .normalize("NFD").replace(/\p{M}/gu, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ").trim();

const solid = (text: string): string => plain(text).replaceAll(" ", "");

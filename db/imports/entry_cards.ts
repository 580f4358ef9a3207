/** Converts LDIF entries to cards, whose reader recognises people, companies and groups. */

import type { Card, Property } from "./cards.ts";
import { type Entry, EntryReader } from "./entries.ts";

/** Reads cards from the text of an LDIF file, with the same interface as the vCard reader. */
export class EntryCardReader {
  #entries = new EntryReader();

  write = (piece: string): Card[] => this.#entries.write(piece).map(cardOf);
  end = (): Card[] => this.#entries.end().map(cardOf);
}

const none: readonly string[] = [];
/** Split once only, because lookups are as many as entries times attributes. */
const listed = (names: string): string[] => names.split(" ").filter(Boolean);

/** Attributes whose values are used unchanged as card properties, in all of Mozilla's spellings. */
const plain = ([
  ["cn commonname displayname", "FN"],
  ["mozillanickname xmozillanickname nickname", "NICKNAME"],
  ["mail rfc822mailbox email mozillasecondemail xmozillasecondemail mailalternateaddress", "EMAIL"],
  ["telephonenumber workphone companyphone", "TEL", "WORK"],
  ["homephone hometelephonenumber", "TEL", "HOME"],
  ["mobile mobiletelephonenumber cellphone carphone", "TEL", "CELL"],
  ["facsimiletelephonenumber fax", "TEL", "FAX"],
  ["pager pagertelephonenumber pagerphone", "TEL", "PAGER"],
  ["otherphone", "TEL"],
  ["title", "TITLE"],
  ["businessrole", "ROLE"],
  ["mozillaworkurl workurl url labeleduri", "URL", "WORK"],
  ["mozillahomeurl homeurl", "URL", "HOME"],
  ["description info notes note comment", "NOTE"],
  ["preferredlanguage", "LANG"],
  ["entryuuid", "UID"],
  ["jpegphoto photo thumbnailphoto", "PHOTO"],
  ["nsaimid _aimscreenname", "X-AIM"],
  ["spousename", "X-SPOUSE"],
  ["manager", "X-MANAGER"],
  ["secretary assistant", "X-ASSISTANT"],
  ["mozillacustom1 custom1", "X-CUSTOM1"],
  ["mozillacustom2 custom2", "X-CUSTOM2"],
  ["mozillacustom3 custom3", "X-CUSTOM3"],
  ["mozillacustom4 custom4", "X-CUSTOM4"],
] as [names: string, property: string, type?: string][])
  .map(([names, name, type]) => ({ names: listed(names), name, type }));

/**
 * Attributes of an address in the order of a card: box, extra, street, town, region, code, country.
 */
const work = [
  "postofficebox",
  "mozillaworkstreet2 mozillapostaladdress2 xmozillapostaladdress2",
  "street streetaddress mozillaworkstreet",
  "l locality localityname",
  "st region stateorprovincename",
  "postalcode zip",
  "co countryname friendlycountryname c",
].map(listed);
const home = [
  "",
  "mozillahomestreet2 mozillahomepostaladdress2",
  "mozillahomestreet homestreet streethomeaddress",
  "mozillahomelocalityname",
  "mozillahomestate",
  "mozillahomepostalcode",
  "mozillahomecountryname",
].map(listed);
const wholes = {
  work: listed("postaladdress"),
  home: listed("homepostaladdress mozillahomepostaladdress"),
};
const nameParts = ["sn surname", "givenname gn", "", "personaltitle", "generationqualifier"]
  .map(listed);
const organisationParts = [
  "o organizationname company",
  "ou organizationalunitname orgunit department",
].map(listed);
const shown = listed("cn displayname");
const born = listed("birthdate dateofbirth");

function cardOf(entry: Entry): Card {
  const properties: Property[] = [property("KIND", kindOf(entry))];
  for (const { names, name, type } of plain) {
    for (const value of valuesOf(entry, names)) {
      // "https://x.example Unser Verein": a web address and its title.
      const text = name === "URL" ? value.replace(/\s.*/s, "") : escaped(value);
      properties.push(property(name, text, type));
    }
  }
  const name = nameParts.map((names) => firstOf(entry, names));
  // Directories require only a last name: if there is nothing else, the full name says more.
  const [last = "", ...beside] = name;
  const alone = beside.every((part) => part === "") &&
    firstOf(entry, shown).length > last.length;
  if (!alone) properties.push(property("N", name.map(escaped).join(";")));
  const organisation = organisationParts.map((names) => escaped(firstOf(entry, names)));
  if (organisation.some(Boolean)) properties.push(property("ORG", organisation.join(";")));
  properties.push(
    ...placeOf(entry, work, wholes.work, "WORK"),
    ...placeOf(entry, home, wholes.home, "HOME"),
  );
  const day = bornOn(entry);
  if (day !== "") properties.push(property("BDAY", day));
  return { version: "4.0", properties, finished: true };
}

const kinds: readonly [RegExp, string][] = [
  [/^(?:group.*|posixgroup|nismailalias|mailgroup|mozillaablist)$/, "group"],
  [/^(?:computer|device|ipHost|printqueue|volume)$/i, "device"],
  [/^(?:.*person.*|user|contact|.*account)$/, "individual"],
  [/^(?:domain|dcobject|organizational(?:unit|role)|country|locality|container|olc.*)$/, "thing"],
  [/^organization$/, "org"],
];

/** What the classes of an entry say it is; a change to an existing entry is not a person. */
function kindOf(entry: Entry): string {
  if (!/^(?:add)?$/i.test(firstOf(entry, ["changetype"]))) return "thing";
  const classes = valuesOf(entry, ["objectclass"]).map((each) => each.toLowerCase());
  return kinds.find(([pattern]) => classes.some((each) => pattern.test(each)))?.[1] ??
    "individual";
}

/** The address of one kind; some store it in a single value, its lines separated by "$". */
function placeOf(entry: Entry, names: string[][], whole: string[], type: string): Property[] {
  const parts = names.map((each) => firstOf(entry, each));
  const lines = firstOf(entry, whole).split(/[$\n]/).map((line) => line.trim()).filter(Boolean);
  const [, , street, city, , code] = parts;
  if (lines.length > 1 && !street && !city && !code) {
    return [property("LABEL", escaped(lines.join("\n")), type)];
  }
  parts[2] ||= lines.find((line) => /\d/.test(line) && !(code && line.includes(code))) ??
    lines[0] ??
    "";
  return parts.some(Boolean) ? [property("ADR", parts.map(escaped).join(";"), type)] : [];
}

/** Mozilla stores year, month and day separately; the year may be missing. */
function bornOn(entry: Entry): string {
  const [year, month, day] = ["birthyear", "birthmonth", "birthday"].map((name) =>
    firstOf(entry, [name])
  );
  const two = (text = "") => text.padStart(2, "0");
  if (month && day) return `${year ? `${year}-` : "--"}${two(month)}-${two(day)}`;
  return firstOf(entry, born) || (day && day.length > 4 ? day : "");
}

function valuesOf(entry: Entry, names: readonly string[]): readonly string[] {
  const found = names.map((name) => entry.get(name) ?? none).filter((values) => values !== none);
  return found.length < 2 ? found[0] ?? none : [...new Set(found.flat())];
}

function firstOf(entry: Entry, names: readonly string[]): string {
  for (const name of names) {
    const value = entry.get(name)?.find((each) => each !== "");
    if (value !== undefined) return value;
  }
  return "";
}

const property = (name: string, value: string, type?: string): Property => ({
  group: "",
  name,
  params: new Map(type ? [["TYPE", [type]]] : []),
  value,
});

const escaped = (text: string): string =>
  text.replace(/[\\,;]/g, "\\$&").replace(/\r\n?|\n/g, "\\n");

/** Converts JSContact cards (RFC 9553, its drafts, and JMAP answers) to vCard 4.0 lines. */

import { escaped, line, parsed, plain, whole, written } from "./card_lines.ts";
import { Unreadable } from "./problems.ts";

/** Whether a file begins as such a card, a list of them, or an answer that contains them. */
export const begins = (start: string): boolean =>
  /^\ufeff?\s*[[{]/.test(start) && /"@type"\s*:\s*"Card"|"ContactCard\/(?:get|query)"/.test(start);

type Fields = Record<string, unknown>;

/** The cards of the file as a byte string in pieces for card readers. Throws Unreadable. */
export async function* linesOf(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  const cards: Fields[] = [];
  for (const value of valuesOf(await whole(pieces))) collect(value, cards, 0);
  yield* written(cards.values().map(propertiesOf));
}

/** The file as a single value, or as one value per line. */
function valuesOf(text: string): unknown[] {
  const lines = text.split("\n").filter((each) => each.trim() !== "");
  const each = lines.length > 1 && lines.every((one) => /^\s*\{.*\}\s*$/.test(one));
  return each ? lines.map(parsed) : [parsed(text)];
}

/** Levels of lists and objects above a card in an answer. */
const deepest = 6;

function collect(value: unknown, cards: Fields[], depth: number): void {
  if (value === null || typeof value !== "object") return;
  const type = Array.isArray(value) ? "" : (value as Fields)["@type"];
  if (type === "Card") cards.push(value as Fields);
  else if (depth >= deepest) throw new Unreadable("json_shape", { limit: deepest });
  else for (const inner of Object.values(value)) collect(inner, cards, depth + 1);
}

function propertiesOf(card: Fields): string[] {
  const organisations = Object.keys(fields(card.organizations));
  // A title refers to a company by key; on the card, titles follow the order of companies.
  const titles = entries(card.titles).sort((one, two) =>
    organisations.indexOf(text(one.organizationId)) -
    organisations.indexOf(text(two.organizationId))
  );
  return [
    ...line("kind", plain(text(card.kind))),
    ...line("uid", escaped(text(card.uid))),
    ...nameOf(card),
    ...each("nickname", card.nicknames ?? card.nickNames, ({ name }) => escaped(text(name))),
    ...each(
      "org",
      card.organizations,
      ({ name, units }) =>
        [text(name), ...entries(units).map((unit) => text(unit.name))].map(escaped).join(";"),
    ),
    ...titles.flatMap((title) =>
      filled(title.kind === "role" ? "role" : "title", escaped(text(title.name)), title)
    ),
    ...each("email", card.emails, (email) => escaped(text(email.address ?? email.email))),
    ...each("tel", card.phones, (phone) => escaped(text(phone.number ?? phone.phone))),
    ...entries(card.addresses).flatMap(addressOf),
    ...each("url", card.links, ({ uri }) => plain(text(uri))),
    ...each("impp", card.onlineServices, ({ uri, user }) => plain(text(uri) || text(user))),
    ...each("note", card.notes, ({ note }) => escaped(text(note))),
    ...line("categories", set(card.keywords).map(escaped).join(",")),
    ...entries(card.anniversaries).flatMap(anniversaryOf),
    ...line("gender", genders[text(fields(card.speakToAs).grammaticalGender)] ?? ""),
    ...each("lang", card.preferredLanguages, ({ language, key }) => plain(text(language ?? key))),
    ...each("photo", card.media, ({ uri }) => plain(text(uri))),
    ...each("related", Object.keys(fields(card.relatedTo)), ({ name }) => plain(text(name))),
    ...each("hobby", card.personalInfo, ({ value }) => escaped(text(value))),
  ].filter((property) => !property.endsWith(":"));
}

const genders: Record<string, string> = { masculine: "M", feminine: "F" };

function nameOf(card: Fields): string[] {
  const name = fields(card.name);
  const parts = componentsOf(name.components);
  const of = (...kinds: string[]) => escaped(joined(parts, kinds));
  const structured = [
    of("surname", "surname2", "family"),
    of("given", "personal"),
    of("given2", "middle", "additional"),
    of("title", "prefix"),
    of("credential", "generation", "suffix"),
  ];
  const full = text(name.full ?? card.fullName);
  const shown = full || parts.map(({ value }) => value).join(" ");
  return [
    ...structured.some(Boolean) ? line("n", structured.join(";")) : [],
    ...line("fn", escaped(shown)),
  ];
}

function addressOf(address: Fields): string[] {
  const parts = componentsOf(address.components);
  const street = componentsOf(address.street);
  const of = (...kinds: string[]) => joined([...parts, ...street], kinds);
  const made = [
    of("postOfficeBox"),
    of("extension", "room", "apartment", "floor", "building", "landmark"),
    text(address.street) || of("name", "number", "block", "direction"),
    of("locality") || text(address.locality),
    of("region") || text(address.region),
    of("postcode") || text(address.postcode),
    of("country") || text(address.country) || text(address.countryCode),
  ];
  const whole = text(address.full ?? address.fullAddress);
  return made.slice(0, 6).some(Boolean)
    ? line("adr", made.map(escaped).join(";"), saidOf(address))
    : filled("label", escaped(whole), address);
}

/** A day with or without its year, or the day of an instant. */
function anniversaryOf(anniversary: Fields): string[] {
  const { year, month, day, utc } = fields(anniversary.date);
  const two = (part: unknown) => text(part).padStart(2, "0");
  const date = month === undefined || day === undefined
    ? text(utc ?? anniversary.date).slice(0, 10)
    : `${year === undefined ? "-" : text(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
  const born = (anniversary.kind ?? anniversary.type) === "birth";
  return filled(born ? "bday" : "anniversary", plain(date), {});
}

/** A line for each value of a map. */
function each(name: string, map: unknown, value: (entry: Fields) => string): string[] {
  return entries(map).flatMap((entry) => filled(name, value(entry), entry));
}

function filled(name: string, value: string, entry: Fields): string[] {
  return /^[;,]*$/.test(value) ? [] : line(name, value, saidOf(entry));
}

/** The vCard words for the purposes of values. */
const types: Record<string, string> = {
  private: "home",
  mobile: "cell",
  delivery: "shipping",
};

function saidOf(entry: Fields) {
  const words = [...set(entry.contexts), ...set(entry.features), ...text(entry.label).split(" ")]
    .map((word) => types[word] ?? word).filter((word) => /^[\w-]+$/.test(word));
  const rank = text(entry.pref);
  return {
    params: [
      ...words.length > 0 ? [["type", words] as const] : [],
      ...rank === "" ? [] : [["pref", [rank]] as const],
    ],
  };
}

interface Component {
  kind: string;
  value: string;
}

/** Parts of a name or an address; drafts call the kind a type. */
const componentsOf = (list: unknown): Component[] =>
  Array.isArray(list)
    ? list.map(fields).map(({ kind, type, value }) => ({
      kind: text(kind ?? type),
      value: text(value),
    })).filter(({ kind }) => kind !== "separator")
    : [];

function joined(parts: Component[], kinds: string[]): string {
  return parts.filter(({ kind }) => kinds.includes(kind)).map(({ value }) => value.trim())
    .filter(Boolean).join(" ");
}

const fields = (value: unknown): Fields =>
  value !== null && typeof value === "object" && !Array.isArray(value) ? value as Fields : {};

/** The values of a map of ids, or of a list; a plain text serves as both name and note. */
function entries(map: unknown): Fields[] {
  if (typeof map === "string") return [{ note: map, name: map }];
  if (map === null || typeof map !== "object") return [];
  return Object.entries(map).map(([key, value]) =>
    typeof value === "string" ? { note: value, name: value, key } : { ...fields(value), key }
  );
}

/** The members of a set, which are its keys with value true. */
const set = (map: unknown): string[] =>
  Object.entries(fields(map)).filter(([, value]) => value === true).map(([key]) => key);

function text(value: unknown): string {
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
}

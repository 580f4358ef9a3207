/** Converts phone books of routers and desk phones, which are XML, to vCard 4.0 lines. */

import { escaped, line, plain, visited, written } from "./card_lines.ts";
import { attribute, type Visitor } from "./elements.ts";
import * as nameKinds from "./name_kinds.ts";

/** FRITZ!Box; Yealink, Snom, Cisco and similar; Grandstream; Snom's own format. */
const roots =
  /^(?:<\?xml[^>]{0,200}\?>)?\s*(?:<!--[^>]{0,500}-->\s*)?<(?:phonebooks?|\w{1,30}IPPhone(?:Directory|Book)|AddressBook|tbook)[\s>]/;
const entry = /<(?:realName|DirectoryEntry|Unit|phonenumber)[\s>]|<item[\s>]/;

/** Whether a file begins as such a book. */
export const begins = (start: string): boolean => {
  const text = start.replace(/^\ufeff?\s*/, "");
  return roots.test(text) && entry.test(text);
};

/** The entries of the file as a byte string in pieces for card readers. Throws Unreadable. */
export async function* linesOf(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  const book = new Book();
  await visited(pieces, book);
  yield* written(book.made);
}

const entries = new Set(["contact", "directoryentry", "unit", "item"]);
/** Elements that contain a text, with its meaning. */
const fields: Readonly<Record<string, "name" | "given" | "family" | "company" | "tel" | "email">> =
  {
    realname: "name",
    name: "name",
    firstname: "given",
    first_name: "given",
    lastname: "family",
    last_name: "family",
    company: "company",
    number: "tel",
    telephone: "tel",
    phonenumber: "tel",
    email: "email",
    mail: "email",
  };
/** What these books call the kinds of numbers and addresses. */
const kinds: readonly [RegExp, string][] = [
  [/fax/i, "FAX"],
  [/mobile|cell/i, "CELL"],
  [/home|private/i, "HOME"],
  [/work|business|office/i, "WORK"],
];

interface Reach {
  name: "tel" | "email";
  value: string;
  type: string;
  first: boolean;
}

/** Collects the lines of each entry. */
class Book implements Visitor {
  readonly made: string[][] = [];
  #names: Partial<Record<"name" | "given" | "family" | "company", string>> | null = null;
  #reach: Reach[] = [];
  #text = "";
  /** The type of the current number or address. */
  #type = "";
  #first = false;

  open(tag: string, attributes: Readonly<Record<string, string>>): void {
    const name = tag.toLowerCase();
    this.#text = "";
    if (!this.#names && entries.has(name)) {
      this.#names = {};
      this.#reach = [];
      if (name === "unit") this.#unit(attributes);
    }
    const type = attribute(attributes, "type") || attribute(attributes, "classifier");
    // Grandstream's "Phone" encloses its number and gives its kind.
    if (/^(?:phone|number|telephone|email)$/.test(name)) {
      this.#type = type;
      this.#first = attribute(attributes, "prio") === "1";
    }
  }

  text(text: string): void {
    if (this.#names) this.#text += text;
  }

  close(tag: string): void {
    const name = tag.toLowerCase();
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    const text = this.#text.trim();
    if (this.#names && field && text !== "") {
      if (field === "tel" || field === "email") this.#add(field, text);
      else this.#names[field] ??= text;
    }
    this.#text = "";
    if (!this.#names || !entries.has(name)) return;
    this.made.push(linesOfEntry(this.#names, this.#reach));
    this.#names = null;
  }

  #add(name: Reach["name"], value: string): void {
    this.#reach.push({ name, value, type: this.#type, first: this.#first });
  }

  /** Yealink's format has an entire entry in attributes: `Name`, `Phone1` to `Phone3`. */
  #unit(attributes: Readonly<Record<string, string>>): void {
    this.#type = "";
    for (const [key, value] of Object.entries(attributes)) {
      if (value.trim() === "") continue;
      if (/^name$/i.test(key)) this.#names!.name = value.trim();
      else if (/^phone\d$/i.test(key)) this.#add("tel", value.trim());
    }
  }
}

/** `**610` and `*21#` call an internal device or trigger a function. */
const isInternal = ({ name, value, type }: Reach) =>
  name === "tel" && (/^[*#]/.test(value) || /^(?:intern|memo)$/i.test(type));

function linesOfEntry(
  { name = "", given = "", family = "", company = "" }: {
    name?: string;
    given?: string;
    family?: string;
    company?: string;
  },
  all: readonly Reach[],
): string[] {
  const reach = all.filter((each) => !isInternal(each));
  const [person, employer] = company === "" ? apart(name) : [name, company];
  const lines = [];
  if (all.length > 0 && reach.length === 0) lines.push("KIND:device");
  else if (given === "" && family === "" && nameKinds.kindOf(person) === "company") {
    lines.push("KIND:org");
  }
  if (given !== "" || family !== "") lines.push(`N:${escaped(family)};${escaped(given)};;;`);
  else if (/\p{L}/u.test(person)) lines.push(`FN:${escaped(person)}`);
  if (employer !== "") lines.push(`ORG:${escaped(employer)}`);
  for (const { name, value, type, first } of reach) {
    const said = kinds.filter(([word]) => word.test(type)).map(([, kind]) => kind);
    const params = new Map<string, string[]>();
    if (said.length > 0) params.set("type", said);
    if (first) params.set("pref", ["1"]);
    lines.push(...line(name, name === "tel" ? plain(value) : escaped(value), { params }));
  }
  return lines;
}

/** "Groß, Eva (Klein AG)", as programs that fill such books write it. */
function apart(name: string): [person: string, employer: string] {
  const [, person = "", employer = ""] = /^([^()]{1,100}) \(([^()]{1,100})\)$/.exec(name) ?? [];
  const employed = nameKinds.namesCompany(employer) && !nameKinds.namesCompany(person);
  return employed ? [person, employer] : [name, ""];
}

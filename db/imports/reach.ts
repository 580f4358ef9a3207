/**
 * Collects a record's contact details from its cells: e-mails, phones, addresses, website, and
 * tags.
 */

import * as countries from "../countries.ts";
import { type Cell, type Cells, cut, every, first } from "./cells.ts";
import { addEmails, addPhones, besideEmails, type Findings } from "./contact_points.ts";
import { address, type AddressTexts, lendCountries } from "./places.ts";
import { boxGroup } from "./address_columns.ts";
import { isDoor } from "./doors.ts";
import { called } from "./lands.ts";
import { knownCountry } from "./seconds.ts";
import { addressKind, emailKind, phoneKind } from "./kind_words.ts";
import { listed } from "./listed.ts";
import type { Plan } from "./plans.ts";
import type {
  AddressKind,
  EmailKind,
  ImportedAddress,
  ImportedContact,
  PhoneKind,
} from "./records.ts";
import type { AddressPart, Target } from "./targets.ts";

type Reachable = Pick<ImportedContact, "emails" | "phones" | "addresses">;

/** Whose columns are meant: the record's own, the company's ("Telefon Firma"), or both. */
export type Share = "own" | "company" | "all";

const emailTargets: Target[] = [
  "email",
  "email.work",
  "email.home",
  "email.other",
  "company.email",
];
const phoneTargets: Target[] = [
  "phone",
  "phone.work",
  "phone.mobile",
  "phone.home",
  "phone.other",
  "phone.areaCode",
  "phone.extension",
  "company.phone",
  "phone.fax",
  "company.fax",
];

const shares = (targets: readonly Target[]): Readonly<Record<Share, readonly Target[]>> => ({
  own: targets.filter((target) => belongs(target, "own")),
  company: targets.filter((target) => belongs(target, "company")),
  all: targets,
});
const emailsOf = shares(emailTargets);
const phonesOf = shares(phoneTargets);

const unlabelled: ReadonlyMap<string, string> = new Map();

/** The labels a file gives for the e-mails, phones and addresses of a group. */
function labelsOf(cells: Cells): ReadonlyMap<string, string> {
  const said = every(cells, "label");
  return said.length === 0
    ? unlabelled
    : new Map(said.map((cell) => [cell.column.group, cell.text]));
}

/** Adds the contents of these columns to the record. */
export function addReach(
  to: Reachable,
  cells: Cells,
  share: Share,
  plan: Plan,
  findings: Findings,
): void {
  const labels = labelsOf(cells);
  addAddresses(to.addresses, cells, share, labels, plan, findings);
  const country = to.addresses[0]?.country || plan.country;
  const strays: (readonly [number: string, column: string])[] = [];
  for (const cell of every(cells, ...emailsOf[share])) {
    const beside = labels.get(cell.column.group) ?? "";
    for (const { text, label } of listed(cell.text)) {
      const kind = saidKind(cell) as EmailKind | null ?? emailKind(label || beside);
      const numbers = besideEmails(text, country);
      addEmails(to.emails, text, kind ?? "work", cell.column.name, findings, numbers.length);
      strays.push(...numbers.map((number) => [number, cell.column.name] as const));
    }
  }
  for (const cell of every(cells, ...phonesOf[share])) {
    const beside = labels.get(cell.column.group) ?? "";
    for (const { text, label } of listed(cell.text)) {
      const kind = saidKind(cell) as PhoneKind | null ?? phoneKind(label || beside);
      addPhones(to.phones, text, kind, country, cell.column.name, findings);
    }
  }
  for (const [number, column] of strays) {
    addPhones(to.phones, number, null, country, column, findings);
  }
}

/** Among a company's addresses, one with the person's name is the person's. */
export function keepOwnMail(cells: Cells, lastName: string): void {
  const name = lastName.toLowerCase().replace("ß", "ss");
  const [own, others] = [[] as Cell[], [] as Cell[]];
  for (const cell of cells.get("company.email") ?? []) {
    const box = cell.text.split("@", 1)[0]!.toLowerCase();
    const said = /firma|company|account|organi[sz]/i.test(cell.column.name);
    (name.length > 2 && box.includes(name) && !said ? own : others).push(cell);
  }
  if (own.length === 0) return;
  cells.set("company.email", others);
  const column = (cell: Cell) => ({ ...cell.column, target: "email" as const });
  const mine = own.map((cell) => ({ ...cell, column: column(cell) }));
  cells.set("email", [...cells.get("email") ?? [], ...mine]);
}

function belongs(target: Target, share: Share): boolean {
  return share === "all" || (share === "company") === target.startsWith("company.");
}

/** The kind that the target itself names: "phone.home", "company.fax"; null for a plain "phone". */
function saidKind(cell: Cell): string | null {
  const [owner, kind] = cell.column.target.split(".");
  if (kind === "areaCode" || kind === "extension") return null;
  if (owner === "company") return kind === "fax" ? "fax" : "work";
  return kind ?? null;
}

const nowhere = {
  street: "",
  extra: "",
  poBox: "",
  postalCode: "",
  city: "",
  region: "",
};

/** The columns of one address. */
interface AddressGroup {
  kind: AddressKind;
  texts: AddressTexts;
  headings: AddressTexts;
  first: string;
}

function addAddresses(
  list: ImportedAddress[],
  cells: Cells,
  share: Share,
  labels: ReadonlyMap<string, string>,
  plan: Plan,
  findings: Findings,
): void {
  const groups = new Map<string, AddressGroup>();
  for (const [target, found] of cells) {
    const place = placeOf(target);
    if (!place || !belongs(target, share)) continue;
    for (const cell of found) {
      const key = `${place.whose} ${cell.column.group}`;
      let group = groups.get(key);
      if (!group) {
        const kind = addressKind(labels.get(cell.column.group) ?? "") ?? place.kind;
        group = { kind, texts: {}, headings: {}, first: cell.column.name };
        groups.set(key, group);
      }
      group.headings[place.part] ??= cell.column.name;
      put(group.texts, place.part, cell);
    }
  }
  if (groups.size === 0) return;
  lendCities(groups);
  lendCountries([...groups.values()].map(({ texts }) => texts));
  const { country, restoreZeros } = plan;
  const rules = { country, restoreZeros, called: calledFrom(cells) };
  for (const group of groups.values()) {
    const headingOf = (part: AddressPart) => group.headings[part] ?? group.first;
    const made = address(group.texts, group.kind, rules, headingOf, findings);
    if (made) made.extra = withoutRepeated(made, cells);
    if (made && !list.some((known) => alike(known, made))) list.push(made);
  }
  // If only the country is known, the person still lives there.
  for (const { kind, texts } of list.length > 0 ? [] : groups.values()) {
    const country = countries.lookup(texts.country ?? "");
    if (country && list.length === 0) list.push({ ...nowhere, kind, country });
  }
}

/** The lines beside a street but for what the row says elsewhere: whose it is, and the place. */
function withoutRepeated({ extra, city, region }: ImportedAddress, cells: Cells): string {
  if (extra === "") return "";
  const given = [first(cells, "firstName"), first(cells, "lastName")].filter(Boolean).join(" ");
  const names = (["fullName", "name", "company.name"] as const).map((name) => first(cells, name));
  const said = [given, ...names, city, region];
  return extra.split("\n").filter((line) => !said.includes(line)).join("\n");
}

interface Place {
  whose: string;
  kind: AddressKind;
  part: AddressPart;
}

const places = new Map<Target, Place | null>();

/** Which part of which address a column holds, parsed once for all rows. */
function placeOf(target: Target): Place | null {
  const known = places.get(target);
  if (known !== undefined) return known;
  const [, company = "", kind, part] = /^(company\.)?address\.(\w+)\.(\w+)$/.exec(target) ?? [];
  const place = kind && part
    ? { whose: company + kind, kind: kind as AddressKind, part: part as AddressPart }
    : null;
  places.set(target, place);
  return place;
}

/** The country given by all the row's numbers that give one; undefined if they differ. */
function calledFrom(cells: Cells): string | undefined {
  let only: string | undefined;
  for (const { text } of every(cells, ...phoneTargets)) {
    const country = called(text);
    if (country !== undefined && only !== undefined && country !== only) return undefined;
    only ??= country;
  }
  return only;
}

/** A post office box without a town is in the town of the street address. */
function lendCities(groups: ReadonlyMap<string, { texts: AddressTexts }>): void {
  for (const [key, { texts }] of groups) {
    if (!key.endsWith(` ${boxGroup}`) || texts.city) continue;
    const city = groups.get(key.replace(/\S+$/, "address"))?.texts.city;
    if (city) texts.city = city;
  }
}

/** What joins several texts of a part: "12" and its addition "hs", or two lines. */
const joints: Partial<Record<AddressPart, string>> = { extra: "\n", houseNumber: " " };

/**
 * Lines of `extra` and house numbers are added up; of any other part the first counts, and of countries the known
 * one.
 */
function put(texts: AddressTexts, part: AddressPart, { text, column }: Cell): void {
  const first = texts[part];
  const before = part === "country" && first && knownCountry([first, text]) === text
    ? undefined
    : first;
  const door = part === "houseNumber" && isDoor(column.name);
  const joint = door ? "/" : joints[part];
  texts[part] = before === undefined || before === text && !door
    ? text
    : joint === undefined
    ? before
    : `${before}${joint}${text}`;
}

function alike(one: ImportedAddress, two: ImportedAddress): boolean {
  return one.street === two.street && one.postalCode === two.postalCode && one.city === two.city &&
    one.poBox === two.poBox;
}

/**
 * Words separated by comma, semicolon, bar or Google's three colons, without Google's own groups.
 */
export function tagsOf(texts: string[]): string[] {
  if (texts.length === 0) return [];
  const words = texts.flatMap((text) => text.split(/:::|[,;|\n]/))
    .map((word) => cut(word.trim().replace(/^\*\s*|^"(.*)"$/g, "$1"), 60))
    .filter((word) => word && !/^my ?contacts$/i.test(word));
  return [...new Set(words)];
}

/** A web address without anything a browser would execute; empty if it is none. */
export function websiteOf(text: string): string {
  if (text === "") return "";
  // What a program displays as a link it may also export as one.
  const [, linked] = /^\s*<a\b[^>]*>([^<]+)<\/a>\s*$/i.exec(text) ?? [];
  const [link = ""] = (linked ?? text).trim().split(/\s+|;|,(?=\s)/);
  // A program's own address of the record, as in Zendesk, is nobody's website.
  if (/\/api\/v\d/i.test(link)) return "";
  return /^(?:https?:\/\/)?[^\s/:@]+\.[^\s]+$/i.test(link) ? link : "";
}

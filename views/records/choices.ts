/** What can be chosen in records' forms and filters, as options in the reader's language. */
import type { Owner } from "../../db/choices.ts";
import type { Tag } from "../../db/tags.ts";
import type { Status } from "../../db/contacts.ts";
import type { Address, Email, Phone } from "../../db/contact_points.ts";
import type { Locale } from "../i18n/translate.ts";
import type { Tone } from "../ui/badge.tsx";
import type { Option } from "../ui/field.tsx";
import type { View } from "../view.ts";

const statuses: readonly Status[] = [
  "lead",
  "prospect",
  "customer",
  "partner",
  "supplier",
  "former",
];
const emailKinds: readonly Email["kind"][] = ["work", "home", "other"];
const phoneKinds: readonly Phone["kind"][] = ["work", "mobile", "home", "fax", "other"];
const addressKinds: readonly Address["kind"][] = [
  "work",
  "home",
  "billing",
  "shipping",
  "visit",
  "other",
];

export const statusTones: Record<Status, Tone> = {
  lead: "neutral",
  prospect: "neutral",
  customer: "ok",
  partner: "accent",
  supplier: "accent",
  former: "warn",
};

export const statusOptions = ({ t }: View): Option[] =>
  statuses.map((value) => ({ value, label: t(`records.status_${value}`) }));

export const ownerOptions = (owners: readonly Owner[]): Option[] =>
  owners.map(({ id, name }) => ({ value: id, label: name }));

/** Whose records a list can be narrowed to: one person's, or those of a team. */
export const whoseOptions = (
  { t }: View,
  { owners, teams }: { owners: readonly Owner[]; teams: readonly Owner[] },
): Option[] => [
  ...ownerOptions(owners),
  ...teams.map(({ id, name }) => ({
    value: id,
    label: t("records.owner_team", { name }),
  })),
];

export const tagOptions = (tags: readonly Tag[]): Option[] =>
  tags.map(({ id, name }) => ({ value: id, label: name }));

/** The kinds of an e-mail, telephone or address. */
export function kindOptions({ t }: View, of: "email" | "phone" | "address"): Option[] {
  const kinds = { email: emailKinds, phone: phoneKinds, address: addressKinds }[of];
  return kinds.map((value) => ({ value, label: t(`records.kind_${value}`) }));
}

/** Europe, and where its companies trade most; any other country stays where it is set already. */
const countries = (
  "DE AT CH AD AL BA BE BG CY CZ DK EE ES FI FR GB GR HR HU IE IS IT LI LT LU LV MC MD ME MK MT NL " +
  "NO PL PT RO RS SE SI SK SM TR UA AE AU BR CA CN HK IL IN JP KR MX NZ SG TW US ZA"
).split(" ");

const languages = ["de", "en", "fr", "it", "es", "nl", "pl", "tr", "cs", "da", "sv"];

/** Names are costly to look up and the same for everybody. */
const named = new Map<string, Option[]>();

function options(locale: Locale, type: "region" | "language", codes: readonly string[]): Option[] {
  const key = `${locale} ${type} ${codes.join()}`;
  const known = named.get(key);
  if (known) return known;
  const names = new Intl.DisplayNames([locale], { type });
  const made = codes.map((value) => ({ value, label: names.of(value) ?? value }));
  if (named.size < 500) named.set(key, made);
  return made;
}

const complete = (codes: readonly string[], current: string) =>
  current === "" || codes.includes(current) ? codes : [...codes, current];

/** Countries: those of German first, then all others by name; the one set now is among them. */
export function countryOptions(locale: Locale, current = ""): Option[] {
  const wanted = /^[A-Z]{2}$/.test(current) ? current : "";
  const [de, at, ch, ...others] = options(locale, "region", complete(countries, wanted));
  return [de!, at!, ch!, ...others.toSorted((a, b) => a.label.localeCompare(b.label, locale))];
}

/** Languages by name; the one set now is always among them. */
export function languageOptions(locale: Locale, current = ""): Option[] {
  const wanted = /^[a-z]{2}$/.test(current) ? current : "";
  return options(locale, "language", complete(languages, wanted));
}

/** A country's name. */
export const countryName = (locale: Locale, code: string): string =>
  options(locale, "region", [code])[0]!.label;

/** A language's name. */
export const languageName = (locale: Locale, code: string): string =>
  options(locale, "language", [code])[0]!.label;

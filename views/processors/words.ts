/** Words that the register's pages share: places, data, states, values of changes. */
import type { Difference } from "../../db/processor_changes.ts";
import type { Processor, SubProcessor } from "../../db/processors.ts";
import { isMessageKey } from "../i18n/translate.ts";
import type { View } from "../view.ts";

/** What words need of a view; a mail has no more. */
type Said = Pick<View, "t" | "locale" | "format">;

/** A country in the reader's language. */
export const country = (view: Said, code: string): string =>
  new Intl.DisplayNames(view.locale, { type: "region" }).of(code) ?? code;

/** Several countries; missing evidence is stated as such. */
export const countries = (view: Said, codes: readonly string[]): string =>
  codes.length > 0
    ? codes.map((code) => country(view, code)).join(", ")
    : view.t("processors.not_proven");

/** The kinds of data. */
export const data = (view: Said, categories: readonly string[]): string =>
  categories.map((each) => word(view, `processors.category_${each}`, each)).join("; ");

/** The service in the reader's language. */
export const service = (view: Said, { serviceDe, serviceEn }: Processor): string =>
  view.locale === "de" ? serviceDe : serviceEn;

/** A key made at run time, or the plain value where there is none. */
export const word = (view: Said, key: string, plain: string): string =>
  isMessageKey(key) ? view.t(key) : plain;

/** A sub-processor in a line. */
export const sub = (view: Said, each: SubProcessor): string =>
  `${each.name} (${[each.service, country(view, each.country)].filter(Boolean).join(", ")})`;

/** One changed field as text. */
export function difference(view: Said, name: string, [from, to]: Difference): string {
  const label = word(view, `processors.field_${name}`, name);
  const before = value(view, name, from);
  const after = value(view, name, to);
  return `${label}: ${
    before === "" ? after : view.t("processors.change_from_to", { from: before, to: after })
  }`;
}

/** What a customer needs to know of a new recipient. */
const told = [
  "dataCategories",
  "processingCountries",
  "seatCountry",
  "location",
  "subProcessors",
] as const;

/** Who a new recipient is, what for and where, line by line (Art. 28(2) GDPR). */
export const introduction = (view: Said, processor: Processor): string[] => [
  `${view.t("processors.sub_service")}: ${service(view, processor)}`,
  ...told.flatMap((field) =>
    processor[field] ? [difference(view, field, [null, processor[field]])] : []
  ),
];

function value(view: Said, name: string, of: unknown): string {
  if (of === null || of === undefined || of === "") return "";
  if (Array.isArray(of)) {
    if (of.length === 0) return view.t("processors.none");
    if (name === "subProcessors") return of.map((each) => sub(view, each)).join(", ");
    if (name === "dataCategories") return data(view, of);
    if (name === "evidence") {
      return of.map((each) => word(view, `processors.covers_${each}`, each)).join(", ");
    }
    return of.map((each) => country(view, String(each))).join(", ");
  }
  const text = String(of);
  if (/Country$/.test(name)) return country(view, text);
  if (/On$/.test(name)) return view.format.date(text);
  if (name === "role") return word(view, `processors.role_${text}`, text);
  return text;
}

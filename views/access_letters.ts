/** The readable letter that answers an access request: data for the document, in plain words. */
import type { AccessPackage } from "../db/access_packages.ts";
import type { ReadableChange } from "../db/access_changes.ts";
import type { FieldChange } from "../db/changes.ts";
import type { TableRows } from "../db/person_tables.ts";
import { cellsText, valueKey } from "./access_values.ts";
import { isCalendarDay } from "./format.ts";
import { isMessageKey } from "./i18n/translate.ts";
import { periodText } from "./policies/content.ts";
import { figureText } from "./records/custom.tsx";
import { fieldLabel, valueWords } from "./records/history.tsx";
import { causeText } from "./retentions/clock.tsx";
import type { View } from "./view.ts";

type Said = Pick<View, "t" | "format" | "locale" | "now">;
interface Part {
  title: string;
  paragraphs: string[];
  /** Each one a paragraph: `Name: value` by lines, or one after another where there are many. */
  records: string[];
}

/** Rows that only tie others together, and duplicate texts: only in the file for machines. */
const unsaid = new Set([
  "activity_links",
  "message_links",
  "file_links",
  "inbox_messages",
  "sent_copies",
]);
/** Up to so many records of a table are listed line by line. */
const few = 20;
/** More records of a table than a letter can be read with: all of them stand in the file. */
const mostListed = 5_000;
const unsaidColumns = new Set(["id", "body_html", "draft", "field_kind"]);

/** What the template `accessDocument` reads. */
export function accessLetter(view: Said, found: AccessPackage, number = "") {
  const { t, format, locale, now } = view;
  const { controller, person, tables } = found;
  const title = t("access.letter_title");
  const nothing = tables.length === 0 && found.barred.length === 0;
  return {
    title: number ? `${title} ${number}` : title,
    author: controller.name,
    lang: locale,
    footer: `${controller.name} · ${title}`,
    sender: [
      controller.name,
      controller.street,
      [controller.postalCode, controller.city].filter(Boolean).join(" "),
      controller.email,
    ].filter(Boolean).join(" · "),
    recipient: recipientOf(found),
    date: format.date(now),
    paragraphs: [
      t(nothing ? "access.letter_negative" : "access.letter_intro", {
        name: person.names[0] ?? "",
        date: format.date(now),
      }),
      ...(found.leftOut > 0 ? [t("access.letter_left_out", { count: found.leftOut })] : []),
    ],
    parts: [
      ...tables.filter(({ table }) => !unsaid.has(table)).map((each) => tablePart(view, each)),
      ...(found.barred.length > 0 ? [barredPart(view, found)] : []),
      ...metaParts(view, found),
    ],
  };
}

function recipientOf({ person, tables }: AccessPackage): string {
  const [address] = tables.find(({ table }) => table === "addresses")?.rows ?? [];
  const line = (...names: string[]) =>
    names.map((name) => String(address?.[name] ?? "")).filter(Boolean).join(" ");
  return [person.names[0] ?? "", line("street"), line("postal_code", "city")]
    .filter(Boolean).join("\n");
}

function tablePart(view: Said, { table, rows }: TableRows): Part {
  return {
    title: word(view, `table_${table}`),
    paragraphs: rows.length > mostListed
      ? [
        view.t("access.letter_more", {
          count: view.format.number(rows.length),
          told: view.format.number(mostListed),
          file: view.t("access.file_data"),
        }),
      ]
      : [],
    records: rows.slice(0, mostListed).map((row) =>
      said(view, table, row, rows.length > few).join(rows.length > few ? " · " : "\n")
    ).filter((record) => record !== ""),
  };
}

/** A row as `Name: value` each; where there are many, a moment is said once for all that it dates. */
function said(
  view: Said,
  table: string,
  row: Record<string, unknown>,
  briefly: boolean,
): string[] {
  const values = new Map<string, string[]>();
  for (const [name, value] of Object.entries(row)) {
    if (unsaidColumns.has(name) || isBlank(value)) continue;
    // The order of addresses and numbers, not what somebody works as.
    if (name === "position" && typeof value === "number") continue;
    const label = word(view, `field_${name}`);
    const text = table === "custom_values" && name === "value"
      ? ownValue(view, row.field_kind, value)
      : say(view, table, name, value);
    const key = briefly && isMoment(value) ? text : `${name} ${text}`;
    values.set(key, [...values.get(key) ?? [text], label]);
  }
  return [...values.values()].map(([text, ...labels]) => `${labels.join(", ")}: ${text}`);
}

const isMoment = (value: unknown) =>
  typeof value === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(value) &&
  !Number.isNaN(Date.parse(value));

const isBlank = (value: unknown) =>
  value === null || value === "" || (Array.isArray(value) && value.length === 0);

function word({ t }: Said, name: string): string {
  const found = [`access.${name}`, `own_privacy.${name}`].find(isMessageKey);
  return found ? t(found) : name.replace(/^[a-z]+_/, "");
}

/** A value as people read it; what has no word of its own stands as it is stored. */
function say(view: Said, table: string, name: string, value: unknown): string {
  const { t, format } = view;
  if (typeof value === "boolean") return t(value ? "access.yes" : "access.no");
  if (value === "staff" || value === "present") return t(`access.${value}`);
  if (name.endsWith("_cents")) return cents(view, value);
  if (name === "quantity") return format.number(Number(value) / 1000);
  if (name === "discount" || name === "vat_rate") return format.number(Number(value) / 100);
  if (name === "items") return lines(view, value);
  // Of a rectification, named with its table.
  if (name === "field") return word(view, `field_${String(value).split(".").at(-1)}`);
  if (name === "fields" && Array.isArray(value)) {
    return value.map((field) => changed(view, field)).join(", ");
  }
  if (table === "import_files" && name === "cells") return cellsText(value);
  if (typeof value === "object") return sayAll(value);
  const text = String(value);
  // Free text can look like either without being one.
  if (isMoment(text)) return format.dateTime(new Date(text));
  if (isCalendarDay(text)) return format.date(text);
  const key = valueKey(table, name, text);
  return key ? t(key) : text;
}

/** What a custom field holds: dates, numbers and money as the language writes them. */
function ownValue(view: Said, kind: unknown, value: unknown): string {
  const text = String(value);
  if (kind === "number" || kind === "money") {
    return figureText(view, kind, text.replace(/ EUR$/, ""));
  }
  return kind === "date" ? say(view, "custom_values", "value", text) : text;
}

/** A field that was named, or changed, with the values that its record's history keeps. */
function changed(view: Said, field: string | ReadableChange): string {
  const { name, from, to, kind }: ReadableChange = typeof field === "string"
    ? { name: field }
    : field;
  const key = `access.field_${name}`;
  // One that is gone has no label any more.
  const own = name.startsWith("custom:") ? name.slice("custom:".length) : "";
  const label = own ? own : isMessageKey(key) ? view.t(key) : fieldLabel(view, "contacts", name);
  const words = (value: FieldChange["from"]) =>
    name === "owner_id" && !isBlank(value ?? null)
      ? view.t("access.staff")
      : kind && !isBlank(value ?? null)
      ? ownValue(view, kind, value)
      : valueWords(view, "contacts", name, value, []);
  if (from === undefined) return to === undefined ? label : `${label}: ${words(to)}`;
  return `${label}: ${words(from)} → ${words(to)}`;
}

/** An amount as the language writes it; what is none stands as it is stored. */
const cents = ({ format }: Said, value: unknown): string =>
  Number.isSafeInteger(Number(value)) ? format.amount(Number(value)) : String(value);

/** The lines of an offer: how much of what for how much each. */
function lines(view: Said, value: unknown): string {
  const all = value as { name: string; quantity: number; unit: string; priceCents: number }[];
  return all.map(({ name, quantity, unit, priceCents }) =>
    `${view.format.number(quantity / 1000)} ${unit} ${name}: ${cents(view, priceCents)}`
  ).join("; ");
}

/** Nested values as words after another. */
function sayAll(value: unknown): string {
  if (Array.isArray(value)) return value.map(sayAll).filter(Boolean).join("; ");
  if (typeof value !== "object" || value === null) return String(value ?? "");
  return Object.values(value).map(sayAll).filter(Boolean).join(", ");
}

function barredPart(view: Said, { barred }: AccessPackage): Part {
  return {
    title: view.t("access.table_suppressions"),
    paragraphs: [view.t("access.barred_text")],
    records: barred.map(({ channel, since }) =>
      `${say(view, "suppressions", "channel", channel)}: ${view.format.date(since)}`
    ),
  };
}

/** That nobody else gets the data, or that nobody outside the EEA does: left out where one sits there. */
function abroad({ t }: Said, { operator, recipients, inside }: AccessPackage): string[] {
  if (operator === null && recipients.length === 0) return [t("access.no_recipients")];
  return inside ? [t("access.no_third_country")] : [];
}

/** What Art. 15(1) and (2) demand beside the data. */
function metaParts(view: Said, found: AccessPackage): Part[] {
  const { t } = view;
  const contact = found.tables.find(({ table }) => table === "contacts")?.rows ?? [];
  const part = (
    key: "purposes" | "recipients" | "periods" | "rights" | "authority",
    more: string[],
  ) => ({
    title: t(`access.${key}`),
    paragraphs: more,
    records: [],
  });
  return [
    part("purposes", [
      ...contact.map((row) =>
        t("access.purpose_line", {
          purpose: say(view, "contacts", "purpose", row.purpose),
          basis: say(view, "contacts", "legal_basis", row.legal_basis),
          source: String(row.source ?? ""),
        })
      ),
      ...further(view, found),
      t("access.no_automation"),
    ]),
    part("recipients", [
      ...found.operator
        ? [`${found.operator.name} (${found.operator.country}): ${t("access.operated_by")}`]
        : [],
      ...found.recipients.map(({ name, serviceDe, serviceEn, countries }) =>
        `${name} (${countries.join(", ")}): ${view.locale === "de" ? serviceDe : serviceEn}`
      ),
      ...abroad(view, found),
    ]),
    part("periods", [
      ...found.clocks.map((clock) =>
        t("access.record_period", {
          date: view.format.date(clock.erasableOn),
          cause: causeText(view, clock),
        })
      ),
      ...contact.filter((row) => row.retain_until).map((row) =>
        t("access.retained", {
          date: view.format.date(String(row.retain_until)),
          reason: String(row.retain_reason ?? ""),
        })
      ),
      ...found.imported.map(({ importedAt, keptUntil, rows }) =>
        t(rows ? "access.import_file_rows" : "access.import_file", {
          date: view.format.date(importedAt),
          until: view.format.date(keptUntil),
        })
      ),
      ...found.periods.map((each) =>
        `${t(`personal_data.class_${each.class}`)}: ${periodText(each, view)}`
      ),
    ]),
    part("rights", [t("access.rights_text")]),
    part("authority", [authorityText(view, found)]),
  ];
}

/** What else the data are for, in words. */
const further = (view: Said, found: AccessPackage): string[] =>
  found.further.map(({ purpose, legalBasis }) =>
    view.t("access.purpose_further", {
      purpose: say(view, "contacts", "purpose", purpose),
      basis: say(view, "contacts", "legal_basis", legalBasis),
    })
  );

/** The competent authority, or how to find it: by the controller's location. */
function authorityText({ t }: Said, { authority, controller }: AccessPackage): string {
  const { postalCode, city, country } = controller;
  if (authority) {
    const { name, address, email, web } = authority;
    return [name, address, email, web].filter(Boolean).join(", ");
  }
  const place = [postalCode, city].filter(Boolean).join(" ");
  return country === "DE" && city
    ? t("access.authority_land", { place })
    : t("access.authority_any");
}

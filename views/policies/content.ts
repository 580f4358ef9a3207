/** The policy's text in one language: built-in or the operator's, with facts filled in. */
import type { Clause, ClauseNumber, Section, Texts } from "../../db/policies/clauses.ts";
import type { Facts, PeriodFact } from "../../db/policies/facts.ts";
import type { Provider } from "../../db/provider.ts";
import type { Format } from "../format.ts";
import { isMessageKey, type Locale, type Translate } from "../i18n/translate.ts";

/** What a version is made of. */
export interface Source {
  /** Every clause number in its order. */
  numbers: readonly ClauseNumber[];
  provider: Provider;
  facts: Facts;
  texts: Texts;
}

interface Words {
  locale: Locale;
  t: Translate;
  format: Pick<Format, "duration">;
}

/** The policy by sections. Missing statements of the provider appear as `[…]` and block publishing. */
export function compose({ numbers, provider, facts, texts }: Source, words: Words): Section[] {
  const { locale, t } = words;
  const gaps = gapsOf(provider, words);
  const sections: Section[] = [];
  for (const number of numbers) {
    const section = number.split(".")[0]!;
    if (sections.at(-1)?.number !== section) {
      sections.push({ number: section, title: say(t, `s${section}`), clauses: [] });
    }
    const key = `c${number.replace(".", "_")}`;
    const text = texts[number]?.[locale] ?? say(t, key);
    sections.at(-1)!.clauses.push({
      number,
      title: say(t, `${key}_title`),
      paragraphs: fill(text, gaps).split(/\n{2,}/).map((each) => each.trim()).filter(Boolean),
      ...table(number, facts, words),
      // Art. 21(4) GDPR: both objections are presented separately from everything else.
      ...(number === "6.6" || number === "6.9" ? { apart: true as const } : {}),
    });
  }
  return sections;
}

/** The built-in text of a clause, which the operator may reword. */
export const ownText = (t: Translate, number: ClauseNumber): string =>
  say(t, `c${number.replace(".", "_")}`);

/** The heading of a clause. */
export const clauseTitle = (t: Translate, number: ClauseNumber): string =>
  say(t, `c${number.replace(".", "_")}_title`);

function say(t: Translate, name: string): string {
  const key = `policy_clauses.${name}`;
  if (!isMessageKey(key)) throw new TypeError(`the policy has no text ${name}`);
  return t(key);
}

const fill = (text: string, gaps: Record<string, string>) =>
  text.replace(/\{(\w+)\}/g, (gap, name) => gaps[name] ?? gap);

function gapsOf(provider: Provider, { t }: Words): Record<string, string> {
  const { name, legalForm, street, postalCode, city, country, email, dpoName, dpoEmail } = provider;
  const or = (value: string, label: string) => value || `[${label}]`;
  const place = [postalCode, city].filter(Boolean).join(" ");
  return {
    provider: legalForm && !name.endsWith(legalForm) ? `${name} ${legalForm}` : name,
    address: [
      or(street, t("setup.street")),
      or(country === "DE" || place === "" ? place : `${country}-${place}`, t("setup.city")),
    ].join("\n"),
    email: or(email, t("setup.provider_email")),
    dpo: or(dpoName, t("setup.dpo_name")),
    dpo_email: or(dpoEmail, t("setup.dpo_email")),
  };
}

/** The facts listed under a clause, as they are now. */
function table(number: ClauseNumber, facts: Facts, words: Words): Pick<Clause, "table"> {
  const { t, locale } = words;
  const head = (...keys: Parameters<Translate>[0][]) => keys.map((key) => t(key));
  const categories = (all: Facts["categories"]) =>
    all.map((each) => t(`personal_data.category_${each}`)).join("; ");
  switch (number) {
    case "3.1":
      return {
        table: {
          head: head("policies.data_kind"),
          rows: facts.categories.map((each) => [t(`personal_data.category_${each}`)]),
        },
      };
    case "3.2":
      return {
        table: {
          head: head("policies.purpose", "policies.basis", "policies.data_kinds"),
          rows: facts.purposes.map((each) => [
            t(`personal_data.purpose_${each.purpose}`),
            each.bases.map((basis) => t(`personal_data.basis_${basis}`)).join("; "),
            categories(each.categories),
          ]),
        },
      };
    case "4.2":
      return {
        table: {
          head: head(
            "policies.processor",
            "policies.service",
            "policies.country",
            "policies.seat",
            "policies.state",
          ),
          rows: facts.processors.map((each) => [
            each.name,
            each.service[locale],
            places(each.countries, locale),
            each.seat ? places([each.seat], locale) : "–",
            t(each.active ? "policies.active" : "policies.off"),
          ]),
        },
      };
    case "5.1":
      return {
        table: {
          head: head("policies.data_kinds", "policies.period"),
          rows: facts.periods.map((each) => [
            t(`personal_data.class_${each.class}`),
            generalPeriodText(each, words),
          ]),
        },
      };
    case "5.3":
      return {
        table: {
          head: head("policies.records", "policies.period", "policies.law"),
          rows: facts.statutory.map((each) => [
            t(`policies.records_${each.records}`),
            words.format.duration(`P${each.years}Y`),
            each.source,
          ]),
        },
      };
    default:
      return {};
  }
}

/** Countries by their names; a dash where none is known. */
export function places(codes: readonly string[], locale: Locale): string {
  const names = new Intl.DisplayNames(locale, { type: "region" });
  return codes.map((code) => names.of(code) ?? code).join(", ") || "–";
}

/** A period as it holds for every customer: where each sets its own, between which it may. */
export function generalPeriodText(each: PeriodFact, words: Pick<Words, "t" | "format">): string {
  const text = periodText(each, words);
  const { class: name } = each;
  return name === "record" || name === "history"
    ? `${text}; ${words.t(`personal_data.set_${name}`)}`
    : text;
}

/** `30 Tage nach Vertragsende`; a period of no days ends with the event itself. */
export function periodText(
  { period, starts, toYearEnd }: Omit<PeriodFact, "class">,
  { t, format }: Pick<Words, "t" | "format">,
): string {
  if (period === "P0D") return t(`personal_data.starts_${starts}`);
  const event = starts === "replaced"
    ? t("personal_data.after_replaced")
    : t(`personal_data.starts_${starts}`);
  const end = toYearEnd ? `, ${t("personal_data.to_year_end")}` : "";
  return `${format.duration(period)} ${event}${end}`;
}

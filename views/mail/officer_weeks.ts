/** The officer's week as the data of its document. */
import type { Right } from "../../db/letters.ts";
import { formatter } from "../format.ts";
import { type Locale, translator } from "../i18n/translate.ts";
import { daysLeft } from "./officers.tsx";

export interface WeekFigures {
  open: number;
  /** Of these, those whose period is suspended. */
  resting: number;
  /** Of these, letters of authorities, which set their own deadline. */
  authority: number;
  overdue: number;
  /** Due within seven days. */
  due: number;
  /** Closed within the last seven days. */
  closed: number;
  /** The most urgent ones, as many as fit the page. */
  rows: readonly {
    number: string;
    rights: readonly Right[];
    dueOn: string;
    /** Whether an authority seems to have written: none of our days is its own. */
    authority: boolean;
    /** Null while the clock rests. */
    daysLeft: number | null;
  }[];
}

/** What `weekDocument` reads, the week's number, and the file's name. */
export function weekOf(
  { locale, now, day, head, baseUrl, ...figures }: WeekFigures & {
    locale: Locale;
    now: Date;
    day: string;
    head: string;
    baseUrl: string;
  },
) {
  const t = translator(locale);
  const format = formatter(locale, now);
  const { weekOfYear = 1, yearOfWeek } = Temporal.PlainDate.from(day);
  const more = figures.open - figures.rows.length;
  const data = {
    title: t("officers.report_title"),
    sub: t("officers.report_subject", { week: `${weekOfYear}/${yearOfWeek}` }),
    author: "kompaktCRM",
    lang: locale,
    footer: format.date(day),
    figures: figuresOf(figures).map((name) => ({
      label: t(`officers.report_${name}`),
      value: format.number(figures[name]),
    })),
    head: [
      t("officers.report_head"),
      t("officers.report_rights"),
      t("officers.last_day"),
      t("officers.report_left"),
    ],
    rows: figures.rows.map(({ number, rights, dueOn, authority, daysLeft: days }) => [
      number,
      rights.map((right) => t(`officers.right_${right}`)).join(", "),
      authority ? "–" : format.date(dueOn),
      authority ? t("officers.report_own_deadline") : daysLeft(locale, days),
    ]),
    none: t("officers.report_none"),
    more: more > 0 ? t("officers.report_more", { count: more, url: `${baseUrl}/dpo` }) : "",
    chain: t("officers.report_chain", { head }),
  };
  return {
    data,
    week: weekOfYear,
    name: `${yearOfWeek}-W${String(weekOfYear).padStart(2, "0")}.pdf`,
  };
}

/** The figures reported; suspended periods and letters of authorities only if there are any. */
const figuresOf = (figures: Omit<WeekFigures, "rows">) =>
  (["open", "resting", "authority", "overdue", "due", "closed"] as const)
    .filter((name) => (name !== "resting" && name !== "authority") || figures[name] > 0);

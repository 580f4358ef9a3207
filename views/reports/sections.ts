/** The parts of a report as tables of words and numbers: pages, screen readers and files read the same. */
import type { Owner } from "../../db/choices.ts";
import type { Figures, Filter } from "../../db/report_figures.ts";
import type { View } from "../view.ts";

/** The parts, in their order. */
const sectionNames = [
  "forecast",
  "pipeline",
  "closed",
  "reasons",
  "days",
  "activities",
  "sources",
] as const;
export type SectionName = typeof sectionNames[number];

/** A cell: words, or a number with the words for it; sums have both places of their cents. */
export type Cell = string | { value: number; text: string; places?: number };

export interface Section {
  name: SectionName;
  title: string;
  heads: string[];
  rows: Cell[][];
  /** Which column is drawn as a bar. */
  bar: number;
  /** How many stand in groups that are too small to be shown. */
  hidden: number;
}

/** The parts of a report in the reader's language. */
export function sections(
  view: View,
  figures: Figures,
  { currency }: Filter,
  owners: readonly Owner[],
): Section[] {
  const { t, format } = view;
  const count = (value: number): Cell => ({ value, text: format.number(value) });
  const money = (cents: string): Cell => ({
    value: Number(cents) / 100,
    text: format.money(BigInt(cents), currency),
    places: 2,
  });
  const ownerName = (id: string | null) =>
    id === null
      ? t("records.no_owner")
      : owners.find((each) => each.id === id)?.name ?? t("history.unknown");
  const several = new Set(figures.pipeline.map(({ pipeline }) => pipeline)).size > 1;
  const stage = (each: { pipeline: string; stage: string }) =>
    several ? `${each.pipeline}: ${each.stage}` : each.stage;
  const [deals, sum] = [t("reports.deals"), t("reports.sum")];
  const { hidden } = figures;
  const made: Record<SectionName, Omit<Section, "name" | "title">> = {
    pipeline: {
      heads: [t("deals.stage"), deals, sum],
      rows: figures.pipeline.map((each) => [stage(each), count(each.count), money(each.cents)]),
      bar: 2,
      hidden: 0,
    },
    forecast: {
      heads: [t("reports.month"), deals, sum, t("reports.weighted")],
      rows: figures.forecast.map((each) => [
        monthName(view, each.month),
        count(each.count),
        money(each.cents),
        money(each.weighted),
      ]),
      bar: -1,
      hidden: 0,
    },
    closed: {
      heads: [t("reports.outcome"), deals, sum],
      rows: figures.closed.map((each) => [
        t(`records.status_${each.kind}`),
        count(each.count),
        money(each.cents),
      ]),
      bar: 1,
      hidden: hidden.closed,
    },
    reasons: {
      heads: [t("deals.lost_reason"), deals, sum],
      rows: figures.reasons.map((each) => [
        each.reason ?? t("reports.no_reason"),
        count(each.count),
        money(each.cents),
      ]),
      bar: 1,
      hidden: hidden.reasons,
    },
    days: {
      heads: [t("deals.stage"), t("reports.days"), deals],
      rows: figures.days.map((each) => [
        stage(each),
        { value: each.days, text: format.number(each.days) },
        count(each.count),
      ]),
      bar: 1,
      hidden: hidden.days,
    },
    activities: {
      heads: [
        t("records.owner"),
        t("reports.all"),
        t("reports.calls"),
        t("reports.meetings"),
        t("reports.tasks"),
        t("reports.notes"),
      ],
      rows: figures.activities.map(({ owner, calls, meetings, tasks, notes }) => [
        ownerName(owner),
        count(calls + meetings + tasks + notes),
        ...[calls, meetings, tasks, notes].map(count),
      ]),
      bar: 1,
      hidden: 0,
    },
    sources: {
      heads: [t("contacts.source"), t("layout.contacts")],
      rows: figures.sources.map((each) => [each.source, count(each.count)]),
      bar: 1,
      hidden: hidden.sources,
    },
  };
  return sectionNames.filter((name) => name !== "forecast" || foreseen(view)).map((name) => ({
    name,
    title: t(`reports.title_${name}`),
    ...(view.shows("deal", "amount") ? made[name] : withoutSums(name, made[name])),
  }));
}

/** Whether the reader sees what deals are worth and when they may close. */
const foreseen = ({ shows }: View): boolean =>
  shows("deal", "amount") && shows("deal", "expectedCloseOn");

const summed: readonly SectionName[] = ["pipeline", "closed", "reasons"];

/** A part without its sums, which are its last column: counts alone. */
const withoutSums = (name: SectionName, part: Omit<Section, "name" | "title">) =>
  summed.includes(name)
    ? {
      ...part,
      heads: part.heads.slice(0, 2),
      rows: part.rows.map((cells) => cells.slice(0, 2)),
      bar: 1,
    }
    : part;

/** A month of the forecast in words. */
const monthName = ({ t, format }: View, month: string): string =>
  month === "late" ? t("reports.late") : format.month(`${month}-01`);

/** A cell as a file has it: numbers as numbers, in the reader's way. */
export function cellText({ locale }: View, cell: Cell): string {
  if (typeof cell === "string") return cell;
  const { value, places } = cell;
  const text = places === undefined ? String(value) : value.toFixed(places);
  return locale === "de" ? text.replace(".", ",") : text;
}

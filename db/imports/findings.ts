/** Defines what the report says about rows. */
import { type Glance, glanceOf } from "./glances.ts";
import { type Problem, problem, type ProblemCode } from "./problems.ts";
import type { ImportedRecord } from "./records.ts";

export type Outcome = "rejected" | "skipped" | "duplicate" | "updated" | "warning";

/** The count to which each outcome adds; updates are counted when they are written. */
export const countOf = {
  rejected: "rejected",
  skipped: "skipped",
  duplicate: "duplicates",
  warning: "warnings",
} as const;

/** What the report says about a row. */
export interface Finding {
  row: number;
  outcome: Outcome;
  problems: Problem[];
  /** The existing record. */
  contactId: string | null;
  companyId: string | null;
  /** What is shown of the row beside the existing record. */
  glance?: Glance;
}

/** The finding for a row from which no record is created, and why. */
export function finding(
  record: ImportedRecord,
  outcome: Outcome,
  code: ProblemCode,
  value = "",
  params: Problem["params"] = {},
): Finding {
  const problems = [problem(record.row, "", value, code, params)];
  const base = { row: record.row, outcome, problems, contactId: null, companyId: null };
  return outcome === "duplicate" ? { ...base, glance: glanceOf(record) } : base;
}

/** One finding per row and outcome: a row with several persons is reported once. */
export function byRow(findings: readonly Finding[]): Finding[] {
  const found = Map.groupBy(findings, ({ row, outcome }) => `${row} ${outcome}`);
  return [...found.values()].map(([first, ...more]) => ({
    ...first!,
    problems: [...first!.problems, ...more.flatMap(({ problems }) => problems)],
  }));
}

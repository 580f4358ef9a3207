/** What the report says about rows. */
import { type Glance, glanceOf } from "./glances.ts";
import { type Problem, problem, type ProblemCode } from "./problems.ts";
import type { ImportedRecord } from "./records.ts";

export type Outcome = "rejected" | "skipped" | "duplicate" | "updated" | "warning";

/** Under what each is counted; what was updated counts as it is written. */
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
  /** The record of the stock that is there already. */
  contactId: string | null;
  companyId: string | null;
  /** What is shown of the row beside the record that is there. */
  glance?: Glance;
}

/** A row of which nothing new is made, and why. */
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

/** One finding for each row and outcome: a row of several persons is told once. */
export function byRow(findings: readonly Finding[]): Finding[] {
  const found = Map.groupBy(findings, ({ row, outcome }) => `${row} ${outcome}`);
  return [...found.values()].map(([first, ...more]) => ({
    ...first!,
    problems: [...first!.problems, ...more.flatMap(({ problems }) => problems)],
  }));
}

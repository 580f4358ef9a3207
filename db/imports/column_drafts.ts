/** The columns of a table while it is decided what each means. */
import type { Column } from "./mappings.ts";
import type { PlanColumn } from "./plans.ts";
import type { Target } from "./targets.ts";

/** Meanings that name whom or what a row is about. */
export const names: readonly Target[] = [
  "name",
  "fullName",
  "firstName",
  "lastName",
  "company.name",
];

/** Gives a column a meaning, fairly sure. */
export function put(column: PlanColumn, target: Target): void {
  Object.assign(column, { target, group: "", confidence: 0.8 });
}

/** The plan of a table with the cells that were seen of each column. */
export class Draft {
  constructor(readonly plan: PlanColumn[], readonly columns: readonly Column[]) {}

  /** Whether a column has this meaning. */
  has(target: Target): boolean {
    return this.plan.some((column) => column.target === target);
  }

  /** Whether a column has one of these meanings. */
  hasAny(targets: readonly Target[]): boolean {
    return targets.some((target) => this.has(target));
  }

  /** The cells of a column that were seen, empty ones included. */
  cells(at: number): string[] {
    return this.columns[at]!.cells;
  }
}

/** Handles rows that repeat earlier ones of their file, which must be looked up again. */
import type { Scope } from "../scope.ts";
import * as files from "./files.ts";
import type { Finding } from "./findings.ts";
import { glanceOf } from "./glances.ts";
import type { Source } from "./inspections.ts";
import type { Plan } from "./plans.ts";
import * as reports from "./reports.ts";

/** Rows written together. */
const batchSize = 1_000;

/** Pairs of rows, eight bytes each: a file may consist of nothing but repeats. */
export class Repeats {
  #pairs = new BigUint64Array(64);
  #count = 0;

  /** Notes the rows of these findings that repeat another. */
  note(findings: readonly Finding[]): void {
    for (const { row, problems: [problem] } of findings) {
      if (problem?.code !== "duplicate_in_file") continue;
      if (this.#count === this.#pairs.length) {
        const wider = new BigUint64Array(this.#count * 2);
        wider.set(this.#pairs);
        this.#pairs = wider;
      }
      this.#pairs[this.#count++] = BigInt(problem.params.row!) << 32n | BigInt(row);
    }
  }

  /** Reads the file again and stores the repeated rows beside those that repeat them. */
  async show(scope: Scope, id: string, source: Source, plan: Plan): Promise<void> {
    const pairs = this.#pairs.subarray(0, this.#count).sort();
    if (pairs.length === 0) return;
    const earlier = () => Number(pairs[at]! >> 32n);
    let at = 0;
    let waiting: reports.Repeat[] = [];
    for await (const record of files.read(source, plan, (row) => row === earlier())) {
      for (; at < pairs.length && earlier() === record.row; at++) {
        const row = Number(pairs[at]! & 0xffffffffn);
        // A copy: a substring would keep its whole piece of the file in memory.
        waiting.push({
          row,
          earlier: record.row,
          glance: JSON.parse(JSON.stringify(glanceOf(record))),
        });
      }
      if (waiting.length >= batchSize) {
        await reports.showRepeated(scope, id, waiting);
        waiting = [];
      }
      if (at === pairs.length) break;
    }
    await reports.showRepeated(scope, id, waiting);
  }
}

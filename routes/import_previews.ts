/** What an import shows of its file: the first rows as they will be read, the rejected ones as they are. */
import { row as csvRow } from "../db/exports/csv.ts";
import * as imports from "../db/imports.ts";
import * as furtherPersons from "../db/imports/further_persons.ts";
import { glanceOf } from "../db/imports/glances.ts";
import type { Inspection, Source } from "../db/imports/inspections.ts";
import { hasRows, hasSheets, type Plan } from "../db/imports/plans.ts";
import { reader } from "../db/imports/readers.ts";
import type { ImportedRecord } from "../db/imports/records.ts";
import * as reports from "../db/imports/reports.ts";
import { longPool } from "../db/pool.ts";
import { withScope } from "../db/scope.ts";
import * as vault from "../db/vault.ts";
import { whoIs } from "./guards.ts";
import { problemText } from "../views/imports/problems.ts";
import type { Glance } from "../views/imports/preview.tsx";
import type { View } from "../views/view.ts";
import type { Ctx } from "./web.tsx";

/** Lines of the preview: a row with three persons takes three. */
const shown = 8;
/** Bytes of a file that a page reads for them: it may be one record, or empty lines, to its end. */
const looked = 1024 * 1024;

/** The first records under this plan; none where the file cannot be read any more. */
export async function glances(
  view: View,
  source: Source,
  plan: Plan,
  inspection: Pick<Inspection, "samples">,
): Promise<Glance[]> {
  const files = await reader();
  // A workbook is unpacked as a whole before its first row: too long for a page to wait.
  if (hasSheets(plan)) {
    return files.preview(inspection, plan).flatMap((record) => glancesOf(view, record, plan))
      .slice(0, shown);
  }
  const found: Glance[] = [];
  try {
    for await (const record of files.read(() => beginning(source()), plan)) {
      found.push(...glancesOf(view, record, plan));
      if (found.length >= shown) break;
    }
  } catch {
    return found;
  }
  return found.slice(0, shown);
}

/** A stream up to so many bytes; what is behind them is not asked for. */
function beginning(stream: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  let size = 0;
  return stream.pipeThrough(
    new TransformStream({
      transform(piece, controller) {
        controller.enqueue(piece.subarray(0, looked - size));
        size += piece.length;
        if (size >= looked) controller.terminate();
      },
    }),
  );
}

/** All persons of the row, one below the other. */
const glancesOf = (view: View, record: ImportedRecord, plan: Plan): Glance[] =>
  furtherPersons.apart([record]).map((each) => glance(view, each, plan));

function glance(view: View, record: ImportedRecord, plan: Plan): Glance {
  const { rejected, skipped, row } = record;
  const shown = glanceOf(record);
  const problem = rejected ??
    (skipped ? { row, column: "", value: "", code: skipped, params: {} } : null);
  return {
    ...shown,
    row,
    subject: plan.kind !== "mixed" ? "" : record.contact ? "contact" : "company",
    name: problem ? "" : shown.name,
    problem: problem ? problemText(view, problem) : "",
  };
}

const encoder = new TextEncoder();

/**
 * The rejected rows as CSV: number, reason, and the cells as they came, to be mended and imported
 * again. Of other files than tables, and once the file is gone, number and reason only.
 */
export function rejectedRows(c: Ctx, run: imports.Import): ReadableStream<Uint8Array> {
  const { session, services: { config, pool }, view } = c.var;
  const who = whoIs(session!)!;
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  const write = (cells: string[]) => writer.write(encoder.encode(csvRow(cells)));
  // A slow reader must not hold one of the pages' connections.
  const work = withScope(longPool(pool), who, async (scope) => {
    const plan = run.options?.plan;
    const isTable = plan !== undefined && hasRows(plan);
    const names = isTable ? plan.columns.map(({ name }) => name) : [];
    await write([view.t("imports.row"), view.t("imports.reason"), ...names]);
    const cells = isTable && await vault.exists(config, imports.objectOf(run.id))
      ? (await reader()).cells(() => vault.open(config, imports.objectOf(run.id)), plan)
      : null;
    for await (const batch of reports.all(scope, run.id, "rejected")) {
      for (const { row, problems } of batch) {
        const reason = problems.map((each) => problemText(view, each)).join(" ");
        await write([String(row), reason, ...await cellsOf(cells, row)]);
      }
    }
    await cells?.return(undefined);
  });
  work.then(() => writer.close(), (error) => writer.abort(error)).catch(() => {});
  return readable;
}

/** The cells of a row; rows are asked for in the order of the file, so one walk serves all. */
async function cellsOf(
  cells: AsyncGenerator<{ row: number; cells: string[] }> | null,
  row: number,
) {
  while (cells) {
    const { value, done } = await cells.next();
    if (done) return [];
    if (value.row === row) return value.cells;
  }
  return [];
}

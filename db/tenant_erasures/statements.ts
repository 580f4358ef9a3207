/**
 * Composes what the certificate of a tenant's erasure states: the steps' own figures, nothing else.
 */
import type { Kept, Statement, Store } from "../certificates.ts";
import { dayOf } from "../local_times.ts";
import type { Erasure, StepState } from "../tenant_erasures.ts";
import type { Finding } from "./searches.ts";

/** What is known apart from the erasure's own rows. */
export interface Around {
  /** Who operated the installation. */
  controller: string;
  invoices: { count: number; until: string | null };
  ledger: Statement["ledger"];
}

/** The statement of an erasure whose steps are done. Throws TypeError if one is not. */
export function statementOf(
  erasure: Pick<Erasure, "house" | "contractEndedOn" | "keyIds">,
  steps: readonly StepState[],
  { controller, invoices, ledger }: Around,
): Statement {
  const of = (wanted: StepState["step"]) => {
    const found = steps.find(({ step }) => step === wanted);
    if (found?.state !== "done") throw new TypeError(`step ${wanted} is not done`);
    return found;
  };
  for (const { step } of steps) of(step);
  const live = of("live").figures;
  const count = (name: string) => Number(live[name] ?? 0);
  const tables = live.tables as Record<string, number>;
  const rows = Object.values(tables).reduce((sum, each) => sum + each, 0);
  const places = of("search").figures.places as Finding[];
  const searched = places.filter(({ control }) => control !== null);
  const inTables = places.find(({ place }) => place === "tables")?.parts ?? {};
  const inJobs = Object.entries(inTables).filter(([name]) => name.startsWith("jobs."));
  const found = (place: Finding["place"]) => places.find((each) => each.place === place)?.hits ?? 0;
  const stores: Store[] = [
    {
      name: "database",
      method: "overwritten",
      before: rows,
      after: found("tables") + found("database_files"),
      parts: Object.entries(tables).sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, before]) => ({ name, before, after: inTables[name] ?? 0 })),
    },
    { name: "files", method: "key_destroyed", before: count("files"), after: found("files") },
    {
      name: "jobs",
      method: "deleted",
      before: count("jobs"),
      after: inJobs.reduce((sum, [, hits]) => sum + hits, 0),
    },
    {
      name: "logs",
      method: "deleted",
      before: Number(of("logs").figures.lines ?? 0),
      after: found("logs"),
    },
    {
      name: "backups",
      method: "expires",
      before: null,
      after: found("backup"),
      emptyOn: dayOf(of("backups").finishedAt!),
    },
    {
      name: "processors",
      method: "deleted",
      before: Number(of("processors").figures.processors ?? 0),
      after: Number(of("processors").figures.open ?? 0),
    },
  ];
  const kept: Kept[] = invoices.count === 0 ? [] : [{
    name: "invoices",
    count: invoices.count,
    basis: "§ 147 Abs. 3 AO, § 14b UStG",
    until: invoices.until,
  }];
  return {
    subject: "tenant",
    reference: erasure.house,
    controller,
    basis: "Art. 28 Abs. 3 lit. g DSGVO",
    requestedOn: erasure.contractEndedOn,
    erasedAt: of("live").finishedAt!.toISOString(),
    stores,
    kept,
    search: {
      places: places.length,
      before: rows,
      after: places.reduce((sum, { hits }) => sum + hits, 0),
      control: {
        planted: searched.length,
        found: searched.filter(({ control }) => control === true).length,
      },
    },
    destroyedKeys: [...erasure.keyIds],
    ledger,
  };
}

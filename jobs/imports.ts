/** Runs imports in the background: rehearsal, run, undo, and the clean-up after 30 days. */
import { now } from "../db/clock.ts";
import * as fieldLevels from "../db/field_levels.ts";
import * as imports from "../db/imports.ts";
import * as expiries from "../db/imports/expiries.ts";
import { Unreadable } from "../db/imports/problems.ts";
import * as runs from "../db/imports/runs.ts";
import * as states from "../db/imports/states.ts";
import * as undos from "../db/imports/undos.ts";
import type { Sql } from "../db/pool.ts";
import { system, type Who, withScope } from "../db/scope.ts";
import * as vault from "../db/vault.ts";
import { plainJob, type Tools } from "./job.ts";
import { isPassing } from "../db/passing_faults.ts";
import { inEachTenant } from "./rounds.ts";

type Work = (
  tools: Tools & { tenantId: string | null },
  payload: { importId: string },
) => Promise<void>;

export const checkImport = plainJob("check_import", working(runs.check));
export const runImport = plainJob("run_import", working(runs.run));

export const undoImport = plainJob("undo_import", async (tools, { importId }) => {
  const who = await whoOf(tools.pool, tools.tenantId, importId);
  if (who) {
    await untilFailed(
      tools,
      who,
      importId,
      () =>
        undos.run(tools.pool, who, importId, {
          secretKey: tools.config.secretKey,
          signal: tools.signal,
        }),
    );
  }
});

/**
 * Removes files, samples and reports, tenant by tenant, and ends imports that were lost midway. A
 * stored file unknown to every tenant, as a crash between storing and recording leaves it, is
 * removed after all tenants have been checked.
 */
export const expireImports = plainJob("expire_imports", async (tools) => {
  const { pool, config, log } = tools;
  const unknown = await expiries.stored(config, new Date(now().getTime() - uploadMs));
  await inEachTenant(tools, async (tenantId) => {
    const gone = await withScope(pool, { tenantId, actor: system }, async (scope) => {
      const ids = await expiries.run(scope);
      for await (const kept of expiries.kept(scope)) {
        for (const id of kept) unknown.delete(imports.objectOf(id));
      }
      return ids;
    });
    for (const id of gone) await vault.remove(config, imports.objectOf(id));
    if (gone.length > 0) log.info("imports expired", { tenantId, count: gone.length });
  });
  for (const object of unknown) await vault.remove(config, object);
  if (unknown.size > 0) log.info("import files swept", { count: unknown.size });
});

/** Milliseconds after which a file without its row no longer counts as being uploaded. */
const uploadMs = 3_600_000;

/** Rehearses or runs the import of the stored file on behalf of the user who started it. */
function working(work: typeof runs.run): Work {
  return async ({ tenantId, ...tools }, { importId }) => {
    const who = await whoOf(tools.pool, tenantId, importId);
    if (!who) return;
    const { pool, config, signal } = tools;
    who.limits = await withScope(pool, who, fieldLevels.limitsOf);
    await untilFailed(tools, who, importId, () =>
      work(
        {
          pool,
          secretKey: config.secretKey,
          source: () => vault.open(config, imports.objectOf(importId)),
          signal,
        },
        who,
        importId,
      ));
  };
}

/** The tenant and the user that the import belongs to; null if it no longer exists. */
async function whoOf(pool: Sql, tenantId: string | null, importId: string): Promise<Who | null> {
  if (tenantId === null) throw new TypeError("an import has a tenant");
  const asSystem = { tenantId, actor: system };
  const owner = await withScope(pool, asSystem, (scope) => states.owner(scope, importId));
  if (!owner) return null;
  return { tenantId, actor: owner.userId ? { kind: "user", userId: owner.userId } : system };
}

/**
 * A fault that a retry cannot cure ends the import with its reason; others are left to the queue.
 */
async function untilFailed(
  { pool, log, signal }: Tools,
  who: Who,
  importId: string,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    const code = codeOf(error);
    if (code === null || signal.aborted) throw error;
    if (code === "internal") {
      log.error("import failed", error, { tenantId: who.tenantId });
    }
    await withScope(pool, who, (scope) => states.fail(scope, importId, code));
  }
}

/**
 * Why an import cannot be done; null for temporary faults: a lost connection, a stop, a full disk.
 */
export function codeOf(error: unknown): string | null {
  if (error instanceof Unreadable) return error.code;
  if (error instanceof vault.FileBroken) return "broken";
  if (isPassing(error) || (error as Error).name === "TimeoutError") return null;
  return "internal";
}

/** The tenant is a value: only `withScope` makes a Scope, and a Scope carries the transaction. */
import { isId } from "./ids.ts";
import type { Sql, Tx } from "./pool.ts";
import { now as clock } from "./clock.ts";

export interface Actor {
  kind: "user" | "system";
  /** The user of this tenant; null for the system. */
  userId: string | null;
}

export interface Who {
  tenantId: string;
  actor: Actor;
  /** The instant of the request or job; the clock's by default. */
  now?: Date;
}

declare const brand: unique symbol;

/** A tenant's transaction: first argument of every function that touches tenant data. */
export interface Scope {
  readonly sql: Tx;
  readonly tenantId: string;
  readonly actor: Actor;
  readonly now: Date;
  readonly [brand]: true;
}

export const system: Actor = { kind: "system", userId: null };

/**
 * Runs `work` in one transaction that row-level security binds to the tenant; commits its
 * result, rolls back on any throw. The setting is pipelined with the first query.
 */
export async function withScope<T>(
  pool: Sql,
  who: Who,
  work: (scope: Scope) => Promise<T>,
): Promise<T> {
  // `set local` takes no parameters and set_config() does not reach Citus workers.
  if (!isId(who.tenantId)) throw new TypeError("tenant id is no UUID");
  return await pool.begin(async (sql) => {
    const ready = sql.unsafe(`set local app.tenant_id = '${who.tenantId}'`).execute();
    ready.catch(() => {});
    const result = await work({ now: clock(), ...who, sql } as unknown as Scope);
    await ready;
    return result;
  }) as T;
}

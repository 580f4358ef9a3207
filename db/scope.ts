/** The tenant as a value: only `withScope` makes a Scope, and a Scope carries the transaction. */
import type { FieldLimits } from "./field_rights.ts";
import { isLost, watching, whileOpen } from "./held_connections.ts";
import { isId } from "./ids.ts";
import { beginning, type Sql, type Tx } from "./pool.ts";
import { now as clock } from "./clock.ts";

export interface Actor {
  kind: "user" | "system";
  /** The user in this tenant; null for the system. */
  userId: string | null;
  /** Whether the user's role sees less than all records; if unset, the database is asked. */
  narrowed?: boolean;
  /** When the import that was running in the tenant at the time of the request began. */
  importing?: Date | null;
}

export interface Who {
  tenantId: string;
  actor: Actor;
  /** What the actor's role may not do with single fields; by default nothing is closed. */
  limits?: FieldLimits;
  /** The time of the request or job; the clock's by default. */
  now?: Date;
  /** Reads everything from a single snapshot and writes nothing. */
  still?: boolean;
  /** Also writes in a tenant that is otherwise read-only: people's rights apply to the end. */
  goesOn?: boolean;
}

declare const brand: unique symbol;

/** A tenant's transaction: the first argument of every function that touches tenant data. */
export interface Scope {
  readonly sql: Tx;
  readonly tenantId: string;
  readonly actor: Actor;
  readonly limits: FieldLimits;
  readonly now: Date;
  /**
   * Sends the commit right behind the queries made so far, for callers that have made all of them
   * and only read: this saves a round trip. Later queries are refused.
   */
  conclude(): void;
  /** After `conclude`, for callers that need further queries: opens another transaction. */
  resume(): Promise<void>;
  readonly [brand]: true;
}

export const system: Actor = { kind: "system", userId: null };

/**
 * Runs `work` in one transaction that row-level security binds to the tenant and, if a user acts,
 * to what that user may see; commits on success, rolls back on any throw. The `begin` travels with
 * the first query: the round trip saved is a third of a page's time.
 */
export async function withScope<T>(
  pool: Sql,
  who: Who,
  work: (scope: Scope) => Promise<T>,
): Promise<T> {
  // `set local` takes no parameters and set_config() does not reach Citus workers.
  if (!isId(who.tenantId)) throw new TypeError("tenant id is no UUID");
  const narrowing = narrowingOf(who.actor);
  const reserved = await pool.reserve();
  const connection = { open: true, concluded: false };
  const sql = whileOpen(reserved, connection);
  let ended: Promise<unknown> | undefined;
  const commit = () => sql.unsafe("commit").simple();
  const conclude = () => {
    (ended = afterTheAsked(commit()).then(assertCommitted)).catch(() => {});
    connection.concluded = true;
  };
  let gone = false;
  try {
    // A tenant whose contract is ending still accepts what the system itself writes (`may_write`).
    const goesOn = who.actor.kind === "system" || who.goesOn;
    const actor = goesOn ? "; set local app.actor = 'system'" : "";
    const way = who.still ? " isolation level repeatable read, read only" : "";
    const tenant = `set local app.tenant_id = '${who.tenantId}'`;
    const begin = `begin${way}; ${beginning(pool)}${tenant}${actor}${narrowing}`;
    const open = () => {
      // Nobody needs its rows, if any, so it may be awaited at any time.
      const ready = reserved.unsafe(begin, [], watching(connection)).simple().then(() => {});
      ready.catch(() => {});
      return ready;
    };
    let ready = open();
    const resume = async () => {
      await ended;
      [ready, ended, connection.concluded] = [open(), undefined, false];
    };
    const known = { now: clock(), limits: null };
    const result = await work({ ...known, ...who, sql, conclude, resume } as unknown as Scope);
    await ready;
    await (ended ?? commit().then(assertCommitted));
    return result;
  } catch (error) {
    gone = !connection.open || isLost(error) ||
      await reserved.unsafe("rollback").simple().then(() => false, () => true);
    throw error;
  } finally {
    // Queries still running beside one that failed must not write outside the transaction.
    connection.open = false;
    // A lost connection has already gone back to the pool, which will reopen it.
    if (!gone) reserved.release();
  }
}

/** Narrows the transaction to what its user may see; empty for the system. */
function narrowingOf({ userId, narrowed }: Actor): string {
  if (userId === null || narrowed === false) return "";
  if (!isId(userId)) throw new TypeError("user id is no UUID");
  return `; select narrow('${userId}')`;
}

/** PostgreSQL reports a rollback without failing if the error of an earlier query was swallowed. */
function assertCommitted({ command }: { command: string }): void {
  if (command !== "COMMIT") throw new Error("the transaction was rolled back");
}

/** postgres.js sends a query some microtasks after it is awaited: a commit must not overtake it. */
async function afterTheAsked<T>(end: PromiseLike<T>): Promise<T> {
  for (let turn = 0; turn < 8; turn++) await null;
  return await end;
}

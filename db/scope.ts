/** The tenant is a value: only `withScope` makes a Scope, and a Scope carries the transaction. */
import type { FieldLimits } from "./field_rights.ts";
import { isLost, watching, whileOpen } from "./held_connections.ts";
import { isId } from "./ids.ts";
import { beginning, type Sql, type Tx } from "./pool.ts";
import { now as clock } from "./clock.ts";

export interface Actor {
  kind: "user" | "system";
  /** The user of this tenant; null for the system. */
  userId: string | null;
  /** Whether the user's role sees less than all records; unset: the database is asked. */
  narrowed?: boolean;
  /** When the import began that ran in the house as this was asked for. */
  importing?: Date | null;
}

export interface Who {
  tenantId: string;
  actor: Actor;
  /** What the actor's role may not do with single fields; by default everything is open. */
  limits?: FieldLimits;
  /** The instant of the request or job; the clock's by default. */
  now?: Date;
  /** Reads all of it as it stands at one moment, and writes nothing. */
  still?: boolean;
  /** Writes in a house that may only be read any more, too: persons' rights go on until the end. */
  goesOn?: boolean;
}

declare const brand: unique symbol;

/** A tenant's transaction: first argument of every function that touches tenant data. */
export interface Scope {
  readonly sql: Tx;
  readonly tenantId: string;
  readonly actor: Actor;
  readonly limits: FieldLimits;
  readonly now: Date;
  /**
   * Sends the transaction's end right behind the queries asked so far, for who has asked all there
   * is and only reads: a round trip less. What is asked later is refused.
   */
  conclude(): void;
  /** After `conclude`, for who has to ask more than was foreseen: in a transaction of its own. */
  resume(): Promise<void>;
  readonly [brand]: true;
}

export const system: Actor = { kind: "system", userId: null };

/**
 * Runs `work` in one transaction that row-level security binds to the tenant and, where a user
 * acts, to what that user may see; commits its result, rolls back on any throw. Its beginning
 * travels with the first query: a round trip saved is a third of a page's time.
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
    // A house whose contract runs out still takes what the house itself does (`may_write`).
    const goesOn = who.actor.kind === "system" || who.goesOn;
    const actor = goesOn ? "; set local app.actor = 'system'" : "";
    const way = who.still ? " isolation level repeatable read, read only" : "";
    const tenant = `set local app.tenant_id = '${who.tenantId}'`;
    const begin = `begin${way}; ${beginning(pool)}${tenant}${actor}${narrowing}`;
    const open = () => {
      // Its rows, if any, are nobody's: it may be waited for at any time.
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
    // What still runs beside a query that failed must not write outside of the transaction.
    connection.open = false;
    // A lost connection has gone back to the pool by itself, to be opened anew.
    if (!gone) reserved.release();
  }
}

/** What narrows the transaction to what its user may see; nothing for the house itself. */
function narrowingOf({ userId, narrowed }: Actor): string {
  if (userId === null || narrowed === false) return "";
  if (!isId(userId)) throw new TypeError("user id is no UUID");
  return `; select narrow('${userId}')`;
}

/** PostgreSQL says so, but does not fail, when a query failed whose error was swallowed. */
function assertCommitted({ command }: { command: string }): void {
  if (command !== "COMMIT") throw new Error("the transaction was rolled back");
}

/** postgres.js sends a query a few microtasks after it is awaited: the end must not overtake one. */
async function afterTheAsked<T>(end: PromiseLike<T>): Promise<T> {
  for (let turn = 0; turn < 8; turn++) await null;
  return await end;
}

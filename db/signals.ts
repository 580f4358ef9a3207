/** Signals between processes and machines by PostgreSQL's NOTIFY: identifiers, never content. */
import { isId } from "./ids.ts";
import { type AnySql, sessionPool, type Sql } from "./pool.ts";

/** The possible signals: something changed for a user, or a session ended or moved elsewhere. */
export type Signal = { about: "user" | "session"; id: string };

const channel = "kompaktcrm";

/** Sends a signal when the caller's transaction commits; duplicates are sent once. */
export async function send(sql: AnySql, { about, id }: Signal): Promise<void> {
  await sendAll(sql, about, [id]);
}

/** Sends the same signal about several ids. */
export async function sendAll(
  sql: AnySql,
  about: Signal["about"],
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    select pg_notify(${channel}, ${about}::text || ' ' || id)
    from unnest(${[...ids]}::text[]) as told (id)
  `;
}

/**
 * Listens for every signal from now on, on a connection of its own that reconnects if lost.
 * `onOpen` is called on each connection: signals sent in between were missed. Ends with the pool.
 * Throws if the database is unreachable at the first call, but keeps trying.
 */
export async function hear(
  pool: Sql,
  onSignal: (signal: Signal) => void,
  onOpen: () => void,
): Promise<void> {
  await sessionPool(pool).listen(channel, (text) => {
    const [about = "", id = ""] = text.split(" ");
    if ((about === "user" || about === "session") && isId(id)) onSignal({ about, id });
  }, onOpen);
}

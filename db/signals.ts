/** Signals between processes and machines by NOTIFY of PostgreSQL: identifiers, never content. */
import { isId } from "./ids.ts";
import { type AnySql, sessionPool, type Sql } from "./pool.ts";

/** What can be signalled: something changed for a user, or a session ended or moved elsewhere. */
export type Signal = { about: "user" | "session"; id: string };

const channel = "kompaktcrm";

/** Sends a signal when the caller's transaction commits; the same one is sent once. */
export async function send(sql: AnySql, { about, id }: Signal): Promise<void> {
  await sendAll(sql, about, [id]);
}

/** Sends the same signal about several. */
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
 * Hears every signal from now on, over one connection of its own that opens anew when it is lost.
 * `onOpen` is called at each opening: what was signalled meanwhile has been missed. Ends with the
 * pool. Throws when the database is away at the first call, and goes on trying all the same.
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

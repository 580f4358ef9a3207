/**
 * How many exports are read at the same time: as each holds one of a process's three connections
 * for exports as long as its reader takes, a tenant with slow readers makes only itself wait.
 */

/** Exports of one tenant that may run at once in a process; further ones wait. */
const most = 2;

/**
 * Milliseconds that a reader may take for one chunk: a few hundred records over a very slow line.
 */
export const patience = 120_000;

/** The reader did not take the data that was ready. */
class ReaderGone extends Error {
  override name = "ReaderGone";
}

/** By tenant: how many exports are running, and what starts once one of them has ended. */
const turns = new Map<string, { running: number; waiting: (() => void)[] }>();

/** Runs an export once it is the tenant's turn. */
export async function inTurn<T>(tenantId: string, work: () => Promise<T>): Promise<T> {
  const turn = turns.get(tenantId) ?? { running: 0, waiting: [] };
  turns.set(tenantId, turn);
  if (turn.running < most) turn.running++;
  else await new Promise<void>((begin) => turn.waiting.push(begin));
  try {
    return await work();
  } finally {
    const next = turn.waiting.shift();
    if (next) next();
    else if (--turn.running === 0) turns.delete(tenantId);
  }
}

/** Hands over a chunk. Throws ReaderGone if it is not taken within `patience`. */
export async function hand(
  writer: WritableStreamDefaultWriter<Uint8Array>,
  piece: Uint8Array,
  milliseconds: number,
): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, refuse) => {
    timer = setTimeout(() => refuse(new ReaderGone("an export is not taken")), milliseconds);
  });
  const written = writer.write(piece);
  // Nobody awaits the write once the time is up.
  written.catch(() => {});
  await Promise.race([written, late]).finally(() => clearTimeout(timer));
}

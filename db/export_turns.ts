/**
 * Whose exports are read at the same time: each holds a connection for as long as its reader takes, and
 * a process has three for them. A house with slow readers waits for itself, others do not wait for it.
 */

/** Exports of one house under way in a process; its further ones wait. */
const most = 2;

/** Milliseconds that a reader may take for a piece: a few hundred records over a very poor line. */
export const patience = 120_000;

/** Who took nothing of what was ready for them. */
export class ReaderGone extends Error {
  override name = "ReaderGone";
}

/** By house: how many are under way, and what begins once one of them has ended. */
const houses = new Map<string, { running: number; waiting: (() => void)[] }>();

/** Does the work of an export once it is the house's turn. */
export async function inTurn<T>(tenantId: string, work: () => Promise<T>): Promise<T> {
  const house = houses.get(tenantId) ?? { running: 0, waiting: [] };
  houses.set(tenantId, house);
  if (house.running < most) house.running++;
  else await new Promise<void>((begin) => house.waiting.push(begin));
  try {
    return await work();
  } finally {
    const next = house.waiting.shift();
    if (next) next();
    else if (--house.running === 0) houses.delete(tenantId);
  }
}

/** Hands a piece over. Throws ReaderGone where it is not taken in time. */
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
  // What comes too late is nobody's any more.
  written.catch(() => {});
  await Promise.race([written, late]).finally(() => clearTimeout(timer));
}

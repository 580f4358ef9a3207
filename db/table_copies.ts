/** Loads of many rows at once, by PostgreSQL's COPY. */
import { pipeline } from "node:stream/promises";
import type { Fragment } from "./pool.ts";

/**
 * Sends what `source` yields to a `copy … from stdin`, in COPY's text format, and waits until
 * PostgreSQL has taken it. Throws what ended either of them; the connection then answers again, or
 * it is closed.
 */
export async function copyIn(
  query: Fragment,
  source: Iterable<string> | AsyncIterable<Uint8Array>,
): Promise<void> {
  const stream = await query.writable();
  const told = query as unknown as { reject(error: unknown): void };
  const { reject } = told;
  // What fails after the last row, postgres.js tells only the query, which has its answer already.
  told.reject = (error) => {
    stream.destroy(error as Error);
    reject(error);
  };
  await pipeline(source, stream);
}

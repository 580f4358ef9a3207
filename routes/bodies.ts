/** Requests have to arrive whole, in time and within their limits before any work begins. */
import { bodyLimit } from "hono/body-limit";
import { HTTPException } from "hono/http-exception";
import { type Ctx, web } from "./web.tsx";

/** How long a form may take to arrive, in milliseconds: half a megabyte over a very poor line. */
const patience = 20_000;

/** Fields of a form, far beyond any of ours: each costs more than the bytes that it came in. */
const mostFields = 10_000;

/**
 * Reads the body before the request gets a connection to the database: somebody who sends a byte a
 * second holds a socket and nothing else. Throws 408 for what is late, 400 for what breaks off, 413 for
 * fields without end.
 */
export const arrived = (milliseconds = patience) =>
  web.createMiddleware(async (c, next) => {
    if (c.req.raw.body === null) return await next();
    await inTime(milliseconds, async () => {
      const bytes = new Uint8Array(await c.req.arrayBuffer());
      let fields = 1;
      for (const byte of bytes) if (byte === 0x26 && ++fields > mostFields) break;
      if (fields > mostFields && isPairs(c)) throw new HTTPException(413);
      // Read once, here: a form without sense is the sender's fault wherever it was sent to.
      await c.req.parseBody({ all: true });
    });
    await next();
  });

/** A form as names and values with an ampersand between: a file, or a letter, may have many of them. */
const isPairs = (c: Ctx) =>
  /^\s*application\/x-www-form-urlencoded\b/i.test(c.req.header("Content-Type") ?? "");

/**
 * Refuses a body of more bytes, by `refuse` or 413: by its length, or while it arrives where it comes
 * in pieces. Those are read here, and are as late and as broken as any other body.
 */
export const bounded = (
  maxSize: number,
  refuse: () => Error = () => new HTTPException(413),
  milliseconds = patience,
) => {
  const over = new Response();
  const limit = bodyLimit({ maxSize, onError: () => over });
  const read = (c: Ctx) => limit(c, () => Promise.resolve());
  return web.createMiddleware(async (c, next) => {
    if (c.req.raw.body === null) return await next();
    if (await inTime(milliseconds, () => read(c)) === over) throw refuse();
    await next();
  });
};

/** Waits for a body: 408 if it is late; anything the runtime throws is the sender's fault. */
async function inTime<T>(milliseconds: number, read: () => Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, refuse) => {
    timer = setTimeout(() => refuse(new HTTPException(408)), milliseconds);
  });
  try {
    return await Promise.race([read(), late]);
  } catch (error) {
    throw error instanceof HTTPException ? error : new HTTPException(400);
  } finally {
    clearTimeout(timer);
  }
}

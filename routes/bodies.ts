/** What is sent with a request arrives whole, and in time, before any work begins. */
import { HTTPException } from "hono/http-exception";
import { web } from "./web.tsx";

/** How long a form may take to arrive, in milliseconds: half a megabyte over a very poor line. */
export const patience = 20_000;

/**
 * Reads the body before the request gets a connection to the database: whoever sends a byte a
 * second holds a socket and nothing else. Throws 408 for what is late, 400 for what breaks off.
 */
export const arrived = (milliseconds = patience) =>
  web.createMiddleware(async (c, next) => {
    if (c.req.raw.body === null) return await next();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, refuse) => {
      timer = setTimeout(() => refuse(new HTTPException(408)), milliseconds);
    });
    try {
      await Promise.race([c.req.arrayBuffer(), late]);
      // Read once, here: a form without sense is the sender's fault wherever it was sent to.
      await c.req.parseBody({ all: true });
    } catch (error) {
      throw error instanceof HTTPException ? error : new HTTPException(400);
    } finally {
      clearTimeout(timer);
    }
    await next();
  });

/**
 * Bodies between web streams and Node's requests: sent as fast as they are accepted, never held
 * whole.
 */
import { Buffer } from "node:buffer";
import type http from "node:http";
import { EgressError, type Outgoing } from "./egress.ts";

/** Whether an answer with this status has no body. */
export const isBodiless = (method: string, status: number): boolean =>
  method === "HEAD" || [204, 205, 304].includes(status);

/** Sends a body and ends the request; gives up when the other side has gone. */
export async function sendBody(request: http.ClientRequest, body: Outgoing["body"]): Promise<void> {
  if (!body || body instanceof Uint8Array) {
    request.end(body ? Buffer.from(body) : undefined);
    return;
  }
  for await (const piece of body) {
    if (request.destroyed) throw new EgressError("cut");
    if (request.write(Buffer.from(piece))) continue;
    await new Promise<void>((done) => {
      // Remove both listeners: a large body waits thousands of times.
      const on = () => {
        request.off("drain", on).off("close", on);
        done();
      };
      request.on("drain", on).on("close", on);
    });
  }
  request.end();
}

/** The response body, chunk by chunk. Throws EgressError when it is too long or breaks off. */
export async function* piecesOf(
  message: http.IncomingMessage,
  maxBytes = Infinity,
): AsyncGenerator<Uint8Array> {
  let size = 0;
  try {
    for await (const piece of message) {
      size += (piece as Uint8Array).length;
      if (size > maxBytes) throw new EgressError("too_large");
      yield piece as Uint8Array;
    }
    if (!message.complete) throw new EgressError("cut");
  } catch (error) {
    throw error instanceof EgressError ? error : new EgressError("cut");
  }
}

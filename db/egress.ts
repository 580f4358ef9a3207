/**
 * The one way out for HTTP: what may be asked of it, and how it fails. A process that may reach the
 * hosts itself asks by `directEgress`, all others through the relay.
 */
import type { Purpose } from "./purposes.ts";

/** What is asked of a processor. */
export interface Outgoing {
  method: "GET" | "HEAD" | "POST" | "PUT" | "DELETE";
  url: string;
  headers?: Record<string, string>;
  body?: Uint8Array | ReadableStream<Uint8Array>;
  signal?: AbortSignal;
}

/** What an answer may cost; beyond that it is cut off. */
export interface Limits {
  /** Milliseconds from the first byte sent to the last one read. */
  timeoutMs: number;
  /** Bytes of the answer's body. */
  maxBytes: number;
}

/** The way out, for one of the four purposes of clause 3.2. Throws EgressError. */
export interface Egress {
  request(
    /** A processor of the register, or a customer's webhook. */
    processorId: string,
    purpose: Purpose,
    outgoing: Outgoing,
    limits: Limits,
  ): Promise<Response>;
}

/** Why nothing came back, in a word. */
export type EgressFault =
  /** The processor is switched off, without evidence, or not in the register. */
  | "closed"
  /** The address is not one of the processor's in the register. */
  | "host"
  /** The name leads into a private network or to this machine. */
  | "address"
  | "insecure"
  | "connection"
  | "tls"
  | "timeout"
  | "redirect"
  | "too_large"
  | "malformed"
  /** The answer ended before its end. */
  | "cut";

/** A request that was refused or failed; it says nothing of what was sent. */
export class EgressError extends Error {
  override name = "EgressError";

  constructor(readonly code: EgressFault) {
    super(`egress: ${code}`);
  }
}

/** No way out at all: for processes that are not told of a relay. */
export const noEgress: Egress = {
  request: () => Promise.reject(new EgressError("closed")),
};

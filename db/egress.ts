/**
 * The only way out for HTTP, used directly (`directEgress`) by processes that may reach hosts
 * themselves and through the relay by all others: what a request consists of and how it can fail.
 */
import type { Purpose } from "./purposes.ts";

/** A request to a processor. */
export interface Outgoing {
  method: "GET" | "HEAD" | "POST" | "PUT" | "DELETE";
  url: string;
  headers?: Record<string, string>;
  body?: Uint8Array | ReadableStream<Uint8Array>;
  signal?: AbortSignal;
}

/** Limits on an answer; whatever exceeds them is cut off. */
export interface Limits {
  /** Milliseconds from the first byte sent to the last byte read. */
  timeoutMs: number;
  /** Bytes of the response body. */
  maxBytes: number;
}

/** The way out, for one of the four purposes of clause 3.2. Throws EgressError. */
export interface Egress {
  request(
    /** A processor from the register, or a customer's webhook. */
    processorId: string,
    purpose: Purpose,
    outgoing: Outgoing,
    limits: Limits,
  ): Promise<Response>;
}

/** Why there was no answer, as a code. */
export type EgressFault =
  /** The processor is switched off, lacks evidence or is not in the register. */
  | "closed"
  /** The address is not one that the register lists for the processor. */
  | "host"
  /** The name resolves to a private network or to this machine. */
  | "address"
  | "insecure"
  | "connection"
  | "tls"
  | "timeout"
  | "redirect"
  | "too_large"
  | "malformed"
  /** The answer broke off before it was complete. */
  | "cut";

/** A request that was refused or failed; the error reveals nothing about what was sent. */
export class EgressError extends Error {
  override name = "EgressError";

  constructor(readonly code: EgressFault) {
    super(`egress: ${code}`);
  }
}

/** No way out at all: for processes that were not given a relay. */
export const noEgress: Egress = {
  request: () => Promise.reject(new EgressError("closed")),
};

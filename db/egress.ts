/**
 * The one way out for HTTP: to open processors of the register, at the hosts that stand there, over
 * TLS, to public addresses, without following anybody elsewhere. Every contact is counted.
 */
import type { Config } from "./config.ts";
import * as contactedHosts from "./contacted_hosts.ts";
import { exchange } from "./egress_wire.ts";
import { isAddress, isLoopback, isPublic } from "./network_addresses.ts";
import type { Purpose } from "./mails.ts";
import type { Sql } from "./pool.ts";
import * as processors from "./processors.ts";

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

/** The way out of a process that may reach the hosts itself. */
export function directEgress(pool: Sql, config: Pick<Config, "appEnv">): Egress {
  const production = config.appEnv === "production";
  const isFit = (address: string) => isPublic(address) || (!production && isLoopback(address));
  return {
    async request(processorId, purpose, outgoing, limits) {
      const url = URL.parse(outgoing.url);
      if (!url || url.username || url.password) throw new EgressError("host");
      const port = Number(url.port || (url.protocol === "https:" ? 443 : 80));
      await assertListed(pool, processorId, url.hostname, port);
      if (!isSecure(url, production)) throw new EgressError("insecure");
      const contact = { host: url.hostname, port, purpose, processorId };
      try {
        const answer = await exchange(url, port, outgoing, limits, isFit);
        await contactedHosts.note(pool, { ...contact, answered: true });
        return answer;
      } catch (error) {
        // A redirect is an answer, if not one that we take.
        const answered = error instanceof EgressError && error.code === "redirect";
        await contactedHosts.note(pool, { ...contact, answered });
        throw error;
      }
    },
  };
}

/** Throws EgressError unless the processor is open and the host is one of its own. */
async function assertListed(pool: Sql, id: string, host: string, port: number): Promise<void> {
  const processor = await processors.lookup(pool, id);
  if (!processor || !processors.isOpen(processor)) throw new EgressError("closed");
  if (!processor.hosts.some((each) => each.host === host && each.port === port)) {
    throw new EgressError("host");
  }
}

/** TLS by name; in development what runs on this machine may do without. */
function isSecure({ protocol, hostname }: URL, production: boolean): boolean {
  if (protocol === "https:") return !isAddress(hostname);
  return !production && protocol === "http:" && (hostname === "localhost" || isLoopback(hostname));
}

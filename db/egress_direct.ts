/**
 * The way out itself: to open processors in the register, at the hosts listed there, over TLS, to
 * public addresses only, without following redirects, counting every contact.
 */
import type { Config } from "./config.ts";
import * as contactedHosts from "./contacted_hosts.ts";
import { type Egress, EgressError } from "./egress.ts";
import { exchange } from "./egress_wire.ts";
import { isAddress, isElsewhere, isLoopback, isPublic } from "./network_addresses.ts";
import type { Sql } from "./pool.ts";
import * as processors from "./processors.ts";
import { leadsTo } from "./webhooks.ts";

/** The way out for a process that may reach the hosts itself. */
export function directEgress(pool: Sql, config: Pick<Config, "appEnv">): Egress {
  const production = config.appEnv === "production";
  return {
    async request(processorId, purpose, outgoing, limits) {
      const url = URL.parse(outgoing.url);
      if (!url || url.username || url.password) throw new EgressError("host");
      const port = Number(url.port || (url.protocol === "https:" ? 443 : 80));
      const owner = await ownerOf(pool, processorId, url.hostname, port);
      if (!isSecure(url, production)) throw new EgressError("insecure");
      const contact = { host: url.hostname, port, purpose, ...owner };
      try {
        const isFit = fitOf(production, owner.namedByCustomer);
        const answer = await exchange(url, port, outgoing, limits, isFit);
        await contactedHosts.note(pool, { ...contact, answered: true });
        return answer;
      } catch (error) {
        // A redirect counts as an answer, although we do not accept it.
        const answered = error instanceof EgressError && error.code === "redirect";
        await contactedHosts.note(pool, { ...contact, answered });
        throw error;
      }
    },
  };
}

/**
 * The way out to one host that the operator names by hand, for an installation that has no register
 * yet: a backup is fetched before there is a database to restore it into.
 */
export function egressByHand(endpoint: string, config: Pick<Config, "appEnv">): Egress {
  const production = config.appEnv === "production";
  const isFit = fitOf(production);
  const named = new URL(endpoint);
  return {
    async request(_processorId, _purpose, outgoing, limits) {
      const url = new URL(outgoing.url);
      if (url.origin !== named.origin) throw new EgressError("host");
      if (!isSecure(url, production)) throw new EgressError("insecure");
      const port = Number(url.port || (url.protocol === "https:" ? 443 : 80));
      return await exchange(url, port, outgoing, limits, isFit);
    },
  };
}

/**
 * Which addresses may be connected to: public ones, and in development this machine. A host named
 * by a customer must not point back to one of this machine's own addresses.
 */
export const fitOf = (production: boolean, namedByCustomer = false) => (address: string): boolean =>
  (namedByCustomer ? isElsewhere(address) : isPublic(address)) ||
  (!production && isLoopback(address));

/**
 * The owner of a host: an open processor, or the customer of an active webhook. Throws EgressError
 * when it belongs to neither.
 */
async function ownerOf(
  pool: Sql,
  id: string,
  host: string,
  port: number,
): Promise<Pick<contactedHosts.HostUse, "processorId" | "namedByCustomer">> {
  const processor = await processors.lookup(pool, id);
  if (!processor) {
    if (await leadsTo(pool, id, host, port)) return { processorId: null, namedByCustomer: true };
    throw new EgressError(await leadsTo(pool, id) ? "host" : "closed");
  }
  if (!processors.isOpen(processor)) throw new EgressError("closed");
  if (!processor.hosts.some((each) => each.host === host && each.port === port)) {
    throw new EgressError("host");
  }
  return { processorId: id };
}

/** Whether the URL uses TLS and a name; in development, services on this machine may do without. */
function isSecure({ protocol, hostname }: URL, production: boolean): boolean {
  if (protocol === "https:") return !isAddress(hostname);
  return !production && protocol === "http:" && (hostname === "localhost" || isLoopback(hostname));
}

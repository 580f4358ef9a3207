/**
 * The one list of hosts that processes may reach besides the database and the installation's own
 * mail server (open processors of the register, users' mail servers, customers' webhooks), from
 * which the supervisor derives the processes' permissions and renews them when it changes.
 */
import { now } from "./clock.ts";
import type { AnySql, Sql } from "./pool.ts";
import * as processors from "./processors.ts";

/** A host that processes of one role have to reach. */
export interface Destination {
  role: "egress" | "jobs";
  purpose: "processor" | "mail" | "webhook";
  host: string;
  port: number;
}

const channel = "kompaktcrm_egress";
/** A command line can hold only a limited number of hosts. */
const mostMailServers = 1_000;
const mostReceivers = 1_000;

/** The current list. */
export async function list(sql: AnySql, at = now()): Promise<Destination[]> {
  const registered = await listRegistered(sql, at);
  const servers = await sql<{ host: string; port: number }[]>`
    select host, port
    from customers_mail_servers(${mostMailServers})
  `;
  const receivers = await sql<{ host: string; port: number }[]>`
    select host, port
    from customers_webhook_hosts(${mostReceivers})
  `;
  return [
    ...registered,
    ...servers.map((each): Destination => ({ role: "jobs", purpose: "mail", ...each })),
    ...receivers.map((each): Destination => ({ role: "egress", purpose: "webhook", ...each })),
  ].filter(isFit).sort((a, b) => key(a) < key(b) ? -1 : 1)
    .filter((each, index, all) => index === 0 || key(each) !== key(all[index - 1]!));
}

/** The part of the current list that the operators control through the register. */
export async function listRegistered(sql: AnySql, at = now()): Promise<Destination[]> {
  const open = (await processors.list(sql)).filter((each) => processors.isOpen(each, at));
  return open.flatMap(({ adapter, role, hosts }) =>
    hosts.map((each): Destination => ({
      // A processor without a connector is a mail server or similar and gets no way out by HTTP; a
      // person may be transmitted to another controller (Art. 20(2) GDPR).
      role: adapter || role === "controller" ? "egress" : "jobs",
      purpose: adapter || role === "controller" ? "processor" : "mail",
      ...each,
    }))
  );
}

const key = ({ role, host, port }: Destination) => `${role} ${host} ${port}`;

/**
 * A comma starts the next host in Deno's permissions; no other special character is allowed either.
 */
const isFit = ({ host }: Destination): boolean => /^[a-zA-Z0-9][a-zA-Z0-9.-]*$/.test(host);

/** Stores which list the processes were started with, as proof for clause 4.3; owner only. */
export async function notePermitted(owner: AnySql, list: readonly Destination[]): Promise<void> {
  await owner`
    insert into permitted_hosts (destinations, applied_at)
    values (${owner.json(list)}, ${now()})
    on conflict (only_row) do update
    set destinations = excluded.destinations, applied_at = excluded.applied_at
  `;
}

/** The list that the processes were started with; null if they never were. */
export async function listPermitted(sql: AnySql): Promise<Destination[] | null> {
  const [row] = await sql<{ destinations: Destination[] }[]>`
    select destinations
    from permitted_hosts
  `;
  return row?.destinations ?? null;
}

/** How many entries are on only one of the two lists. */
export function countDiffering(a: readonly Destination[], b: readonly Destination[]): number {
  const [first, second] = [new Set(a.map(key)), new Set(b.map(key))];
  return first.symmetricDifference(second).size;
}

/** Tells the supervisors, once the caller's transaction commits, that the list may have changed. */
export async function announce(sql: AnySql): Promise<void> {
  await sql`select pg_notify(${channel}, '')`;
}

/**
 * Calls `onChange` at each announcement and whenever one may have been missed. Ends with the pool.
 */
export async function hear(pool: Sql, onChange: () => void): Promise<void> {
  await pool.listen(channel, onChange, onChange);
}

/**
 * The one list of where processes may go, beside the database and the house's own mail server: the
 * open processors of the register and the mail servers of the accounts. The supervisor makes the
 * processes' permissions of it, and makes them anew when it changes.
 */
import { now } from "./clock.ts";
import type { AnySql, Sql } from "./pool.ts";
import * as processors from "./processors.ts";

/** A host that one role of process has to reach. */
export interface Destination {
  role: "egress" | "jobs";
  purpose: "processor" | "mail";
  host: string;
  port: number;
}

const channel = "kompaktcrm_egress";
/** No command line holds endlessly many hosts. */
const mostMailServers = 1_000;

/** The list as it stands now. Reads across tenants, so only the owner gets the whole of it. */
export async function list(sql: AnySql, at = now()): Promise<Destination[]> {
  const open = (await processors.list(sql)).filter((each) => processors.isOpen(each, at));
  const servers = await sql<{ host: string; port: number }[]>`
    select host, port
    from mailboxes
    where active
    union
    select host, port
    from mail_accounts
    order by host, port
    limit ${mostMailServers}
  `;
  return [
    ...open.flatMap(({ adapter, hosts }) =>
      hosts.map((each): Destination => ({
        // What no connector speaks to is a mail server or the like, and gets no way out by HTTP.
        role: adapter ? "egress" : "jobs",
        purpose: adapter ? "processor" : "mail",
        ...each,
      }))
    ),
    ...servers.map((each): Destination => ({ role: "jobs", purpose: "mail", ...each })),
  ].filter(isFit).sort((a, b) => key(a) < key(b) ? -1 : 1)
    .filter((each, index, all) => index === 0 || key(each) !== key(all[index - 1]!));
}

const key = ({ role, host, port }: Destination) => `${role} ${host} ${port}`;

/** In Deno's permissions a comma starts the next host; a name may hold none of its other signs either. */
const isFit = ({ host }: Destination): boolean => /^[a-zA-Z0-9][a-zA-Z0-9.-]*$/.test(host);

/** Tells the supervisors, when the caller's transaction commits, that the list may have changed. */
export async function announce(sql: AnySql): Promise<void> {
  await sql`select pg_notify(${channel}, '')`;
}

/** Calls `onChange` at each announcement and whenever one may have been missed. Ends with the pool. */
export async function hear(pool: Sql, onChange: () => void): Promise<void> {
  await pool.listen(channel, onChange, onChange);
}

/** Connections to PostgreSQL by postgres.js, with the house's types and limits. */
import { Socket } from "node:net";
import postgres from "postgres";
import { wayOf } from "./database_urls.ts";
import { passFor } from "./fragments.ts";
import { letGo } from "./read_rows.ts";
import { assertSendable } from "./sendable_values.ts";

export type Sql = postgres.Sql<Record<string, never>>;
export type Tx = postgres.TransactionSql<Record<string, never>>;
export type ReservedSql = postgres.ReservedSql<Record<string, never>>;
export type AnySql = Sql | Tx;
/** A part of a query, made by an `Sql`. */
export type Fragment = postgres.PendingQuery<postgres.Row[]>;

export interface PoolOptions {
  /** Connections at most. */
  max?: number;
  /** Shown in pg_stat_activity. */
  name?: string;
  /** Keep the first plan of each query: pages ask the same ones, and planning costs more than they. */
  keepPlans?: boolean;
  /** Milliseconds a statement may take. */
  statementTimeout?: number;
  /** Milliseconds a transaction may wait for its next statement. */
  idleTimeout?: number;
  /**
   * Set where `url` leads through a pooler that hands out a connection for a transaction at a time:
   * where sessions are to be had.
   */
  sessionUrl?: string;
}

/**
 * Opens a pool. Columns come in camel case (never the keys inside json), dates without a time as
 * ISO text, counts must be cast to int in SQL.
 */
export function openPool(url: string, options: PoolOptions = {}): Sql {
  const open = new Set<Socket>();
  const { url: address, ssl } = wayOf(url);
  const chosen = settings(options, open);
  const pool = guarded(postgres(address, ssl ? { ...chosen, ssl } : chosen) as unknown as Sql);
  const query = pool``;
  letGo(query);
  passFor(query);
  sockets.set(pool, open);
  if (options.sessionUrl) pooled.set(pool, { ...options, sessionUrl: options.sessionUrl });
  return pool;
}

/** The pool and its transactions, refusing what cannot be sent before another query is touched by it. */
const guarded = <T extends AnySql>(sql: T): T =>
  new Proxy(sql, {
    apply(target, self, args) {
      assertSendable(args);
      return Reflect.apply(target, self, args);
    },
    get(target, name) {
      if (name !== "begin" || !("begin" in target)) return Reflect.get(target, name);
      return (...given: unknown[]) => {
        const work = given.pop() as (tx: Tx) => Promise<unknown>;
        return Reflect.apply(target.begin, target, [...given, (tx: Tx) => work(guarded(tx))]);
      };
    },
  });

/** The connections of a pool as the system has them. */
const sockets = new WeakMap<Sql, Set<Socket>>();

/**
 * Gives up all connections of a pool: nothing comes back on them, and the system would find that out
 * after a quarter of an hour. What waits on them fails, the next query connects anew.
 */
export function giveUp(pool: Sql): void {
  for (const socket of sockets.get(pool) ?? []) socket.destroy();
}

/** Pools behind a pooler, and what they were opened with. */
const pooled = new WeakMap<Sql, PoolOptions & { sessionUrl: string }>();

/** What a transaction has to begin with: a pooler takes no settings of a connection. */
export function beginning(pool: Sql): string {
  const options = pooled.get(pool);
  if (!options) return "";
  return Object.entries(limits(options))
    .map(([name, value]) => `set local ${name} = '${value}'; `).join("");
}

/** Where a connection leads, as postgres.js tells it. */
interface Address {
  host: string[];
  port: number[];
  path: string | false;
}

const siblings = new WeakMap<Sql, Sql>();

/**
 * A small pool beside `pool`, for streams and loads that outlast a page: their connections are not
 * those of the pages, and no statement of theirs is cut off. Ends by `endPool` or with the process.
 */
export function longPool(pool: Sql): Sql {
  const found = siblings.get(pool);
  if (found) return found;
  const sessionUrl = pooled.get(pool)?.sessionUrl;
  if (sessionUrl) {
    const direct = openPool(sessionUrl, long);
    siblings.set(pool, direct);
    return direct;
  }
  const { host, port, path, database, user, pass, ssl } = pool.options as unknown as Endpoint;
  const made = guarded(
    postgres({
      ...settings(long),
      ...{ host, port, path, database, user, pass, ssl },
    } as unknown as postgres.Options<Record<string, never>>) as unknown as Sql,
  );
  siblings.set(pool, made);
  return made;
}

/** Of what outlasts a page. */
const long = { max: 3, name: "kompaktcrm long", statementTimeout: 0, idleTimeout: 600_000 };

/** A pool whose connections stay ours from one transaction to the next, as LISTEN needs them. */
export const sessionPool = (pool: Sql): Sql => pooled.has(pool) ? longPool(pool) : pool;

/** Ends a pool and the one beside it; what still runs gets a second. */
export async function endPool(pool: Sql): Promise<void> {
  await Promise.all([pool.end({ timeout: 1 }), siblings.get(pool)?.end({ timeout: 1 })]);
}

/** Where a pool connects to, as postgres.js keeps it. */
type Endpoint = Record<
  "host" | "port" | "path" | "database" | "user" | "pass" | "ssl",
  unknown
>;

/**
 * Makes the first message of a connection longer than 1024 bytes: postgres.js then sends what an
 * ended connection left unsent before it, is refused once and starts afresh. Else it never would.
 */
const padding = "x".repeat(1024);

/**
 * Sends at once: postgres.js writes the end of a COPY by itself, and the system would hold it back
 * until the data before are acknowledged, 40 ms later. Its errors and end are postgres.js's matter.
 */
function connection({ host, port, path }: Address, open?: Set<Socket>): Socket {
  const socket = new Socket();
  open?.add(socket);
  socket.once("close", () => open?.delete(socket));
  socket.once("connect", () => socket.setNoDelay(true));
  if (path) return socket.connect(path);
  // What the certificate has to name.
  return Object.assign(socket, { host: host[0] }).connect(port[0]!, host[0]!);
}

function settings(options: PoolOptions, open?: Set<Socket>) {
  return {
    max: options.max ?? 10,
    socket: (address: Address) => connection(address, open),
    connect_timeout: 10,
    // Pages keep theirs until postgres.js renews them, within the hour: a timer for each use costs
    // them as much as a query, and the next page would wait for a new connection.
    idle_timeout: options.keepPlans ? 0 : 300,
    onnotice: () => {},
    transform: { column: { from: postgres.toCamel, to: postgres.fromCamel }, undefined: undefined },
    types: {
      date: {
        to: 1082,
        from: [1082],
        serialize: (text: string) => text,
        parse: (text: string) => text,
      },
    },
    connection: {
      application_name: options.name ?? "kompaktcrm",
      "kompaktcrm.padding": padding,
      ...(options.sessionUrl ? {} : limits(options)),
    },
  };
}

/** PostgreSQL's own settings for the connections of a pool. */
const limits = ({ statementTimeout, idleTimeout, keepPlans }: PoolOptions) => ({
  statement_timeout: statementTimeout ?? 30_000,
  idle_in_transaction_session_timeout: idleTimeout ?? 60_000,
  // In kilobytes: every search reads what waits to be entered into the index of names.
  gin_pending_list_limit: 1_024,
  ...(keepPlans ? { plan_cache_mode: "force_generic_plan" } : {}),
});

/** Whether the database answers within two seconds: a silent one is as good as none. */
export async function answers(pool: Sql): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<boolean>((done) => timer = setTimeout(() => done(false), 2_000));
  const asked = pool`select 1`.then(() => true, () => false);
  return await Promise.race([asked, late]).finally(() => clearTimeout(timer));
}

/** Connections to PostgreSQL by postgres.js, with our own types and limits. */
import { Socket } from "node:net";
import postgres from "postgres";
import { wayOf } from "./database_urls.ts";
import { passFor } from "./fragments.ts";
import { letGo } from "./read_rows.ts";
import { assertSendable } from "./sendable_values.ts";

/** A value as json: the library's own type refuses interfaces, which have no index signature. */
interface Json {
  json(value: object | string | number | boolean | null): postgres.Parameter;
}

export type Sql = postgres.Sql<Record<string, never>> & Json;
export type Tx = postgres.TransactionSql<Record<string, never>> & Json;
export type ReservedSql = postgres.ReservedSql<Record<string, never>>;
export type AnySql = Sql | Tx;
/** A part of a query, built with an `Sql`. */
export type Fragment = postgres.PendingQuery<postgres.Row[]>;

export interface PoolOptions {
  /** The maximum number of connections. */
  max?: number;
  /** Shown in pg_stat_activity. */
  name?: string;
  /** Keep the first plan of each query: pages repeat them, and planning costs more than running. */
  keepPlans?: boolean;
  /** How long a statement may take, in milliseconds. */
  statementTimeout?: number;
  /** How long a transaction may wait for its next statement, in milliseconds. */
  idleTimeout?: number;
  /**
   * Set if `url` leads through a pooler that lends connections for one transaction at a time: the
   * URL of a server that offers whole sessions.
   */
  sessionUrl?: string;
}

/**
 * Opens a pool. Column names come in camel case (but never the keys inside json), dates without a
 * time as ISO text; counts must be cast to int in SQL.
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

/**
 * Wraps the pool and its transactions so that values that cannot be sent are refused before they
 * can disturb another query.
 */
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

/** The system's sockets of each pool. */
const sockets = new WeakMap<Sql, Set<Socket>>();

/**
 * Drops all connections of a pool once nothing comes back on them; the system would notice only
 * after a quarter of an hour. Pending queries fail, the next query reconnects.
 */
export function giveUp(pool: Sql): void {
  for (const socket of sockets.get(pool) ?? []) socket.destroy();
}

/** Pools behind a pooler, with the options they were opened with. */
const pooled = new WeakMap<Sql, PoolOptions & { sessionUrl: string }>();

/** The statements a transaction must begin with: a pooler accepts no connection settings. */
export function beginning(pool: Sql): string {
  const options = pooled.get(pool);
  if (!options) return "";
  return Object.entries(limits(options))
    .map(([name, value]) => `set local ${name} = '${value}'; `).join("");
}

/** The address of a connection, as postgres.js passes it. */
interface Address {
  host: string[];
  port: number[];
  path: string | false;
}

const siblings = new WeakMap<Sql, Sql>();

/**
 * A small pool beside `pool`, for streams and loads that outlast a page: they take no connections
 * from the pages, and their statements are never cut off. It ends with `endPool` or the process.
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

/** Options for what outlasts a page. */
const long = { max: 3, name: "kompaktcrm long", statementTimeout: 0, idleTimeout: 600_000 };

/** A pool whose connections stay ours from one transaction to the next, as LISTEN requires. */
export const sessionPool = (pool: Sql): Sql => pooled.has(pool) ? longPool(pool) : pool;

/** Ends a pool and its long pool; whatever is still running gets one second. */
export async function endPool(pool: Sql): Promise<void> {
  await Promise.all([pool.end({ timeout: 1 }), siblings.get(pool)?.end({ timeout: 1 })]);
}

/** Where a pool connects to, as postgres.js keeps it. */
type Endpoint = Record<
  "host" | "port" | "path" | "database" | "user" | "pass" | "ssl",
  unknown
>;

/**
 * Makes a connection's first message longer than 1024 bytes: postgres.js then first sends what an
 * ended connection left unsent, is refused once and starts afresh. Otherwise it never recovers.
 */
const padding = "x".repeat(1024);

/**
 * A socket that sends at once: postgres.js writes the end of a COPY separately, and the system
 * would hold it back for 40 ms until the data before it are acknowledged. postgres.js handles its
 * errors and its end.
 */
function connection({ host, port, path }: Address, open?: Set<Socket>): Socket {
  const socket = new Socket();
  open?.add(socket);
  socket.once("close", () => open?.delete(socket));
  socket.once("connect", () => socket.setNoDelay(true));
  if (path) return socket.connect(path);
  // The name that the certificate must contain.
  return Object.assign(socket, { host: host[0] }).connect(port[0]!, host[0]!);
}

function settings(options: PoolOptions, open?: Set<Socket>) {
  return {
    max: options.max ?? 10,
    socket: (address: Address) => connection(address, open),
    connect_timeout: 10,
    // Pages keep their connections until postgres.js renews them, within the hour: a timer for each
    // use costs as much as a query, and the next page would wait for a new connection.
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
  // In kilobytes: every search has to read the entries still waiting to enter the index of names.
  gin_pending_list_limit: 1_024,
  ...(keepPlans ? { plan_cache_mode: "force_generic_plan" } : {}),
});

/** Whether the database answers within two seconds; a silent one counts as down. */
export async function answers(pool: Sql): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<boolean>((done) => timer = setTimeout(() => done(false), 2_000));
  const asked = pool`select 1`.then(() => true, () => false);
  return await Promise.race([asked, late]).finally(() => clearTimeout(timer));
}

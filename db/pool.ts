/** Connections to PostgreSQL by postgres.js, with the house's types and limits. */
import { Socket } from "node:net";
import postgres from "postgres";

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
}

/**
 * Opens a pool. Columns come in camel case (never the keys inside json), dates without a time as
 * ISO text, counts must be cast to int in SQL.
 */
export function openPool(url: string, options: PoolOptions = {}): Sql {
  return postgres(url, settings(options)) as unknown as Sql;
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
  const { host, port, path, database, user, pass, ssl } = pool.options as unknown as Endpoint;
  const made = postgres({
    ...settings({ max: 3, name: "kompaktcrm long", statementTimeout: 0, idleTimeout: 600_000 }),
    ...{ host, port, path, database, user, pass, ssl },
  } as unknown as postgres.Options<Record<string, never>>) as unknown as Sql;
  siblings.set(pool, made);
  return made;
}

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
function connection({ host, port, path }: Address): Socket {
  const socket = new Socket();
  socket.once("connect", () => socket.setNoDelay(true));
  if (path) return socket.connect(path);
  // What the certificate has to name.
  return Object.assign(socket, { host: host[0] }).connect(port[0]!, host[0]!);
}

function settings(options: PoolOptions) {
  return {
    max: options.max ?? 10,
    socket: connection,
    connect_timeout: 10,
    idle_timeout: 300,
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
      statement_timeout: options.statementTimeout ?? 30_000,
      idle_in_transaction_session_timeout: options.idleTimeout ?? 60_000,
      "kompaktcrm.padding": padding,
      ...(options.keepPlans ? { plan_cache_mode: "force_generic_plan" } : {}),
    },
  };
}

/** Whether the database answers. */
export async function answers(pool: Sql): Promise<boolean> {
  return await pool`select 1`.then(() => true, () => false);
}

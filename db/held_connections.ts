/**
 * Connections that are kept for longer than one query and fail cleanly once PostgreSQL ends them.
 */
import { textOf } from "./fragments.ts";
import type { ReservedSql, Sql } from "./pool.ts";
import { assertSendable } from "./sendable_values.ts";

/** The state of a connection. */
export interface Connection {
  open: boolean;
  /** Whether the end of the transaction has been sent. */
  concluded: boolean;
}

/**
 * Reserves a connection of the pool for several queries, until `release`. If PostgreSQL ends it,
 * its queries fail with CONNECTION_CLOSED and it returns to the pool by itself.
 */
export async function hold(pool: Sql): Promise<ReservedSql> {
  const reserved = await pool.reserve();
  const connection = { open: true, concluded: false };
  try {
    await reserved.unsafe("select 1", [], watching(connection)).simple();
  } catch (error) {
    if (connection.open) reserved.release();
    throw error;
  }
  return new Proxy(reserved, {
    apply(target, self, args) {
      assertSendable(args);
      if (!args[0]?.raw) return Reflect.apply(target, self, args);
      return connection.open ? heard(Reflect.apply(target, self, args), connection) : refused();
    },
    get(target, name) {
      if (name === "release") return () => connection.open && reserved.release();
      if (name === "unsafe") {
        return (...args: Parameters<typeof reserved.unsafe>) =>
          connection.open ? heard(reserved.unsafe(...args), connection) : refused();
      }
      return Reflect.get(target, name);
    },
  });
}

const closed = () =>
  Object.assign(new Error("the connection was closed"), { code: "CONNECTION_CLOSED" });

/**
 * Learns from a query's error that the connection is ending: queries sent before it has closed are
 * never answered.
 */
function heard<T>(query: T, connection: Connection): T {
  const asked = query as unknown as { reject(error: unknown): void };
  const { reject } = asked;
  asked.reject = (error) => {
    if (isLost(error)) connection.open = false;
    reject(error);
  };
  return query;
}

/** Whether an error says that the connection is lost. */
export const isLost = (error: unknown): boolean =>
  /^(CONNECTION_|ECONN|EPIPE|57P0)/.test(String((error as { code?: unknown })?.code ?? ""));

/** A query that fails without being sent. */
function refused(): Promise<never> {
  const failed = Promise.reject(closed());
  return Object.assign(failed, { simple: () => failed });
}

/** Records when the connection closes, the way postgres.js does for its own transactions. */
export const watching = (connection: Connection) => ({
  onexecute(own: { onclose?: () => void }): boolean {
    own.onclose = () => connection.open = false;
    return true;
  },
} as Record<string, unknown>);

/**
 * Runs the connection's queries while it is open and fails afterwards: postgres.js would go on
 * writing to the closed one, never answer, and might run a query outside the transaction.
 */
export function whileOpen(sql: ReservedSql, connection: Connection): ReservedSql {
  const assertOpen = () => {
    if (connection.concluded) throw new TypeError("the transaction was concluded");
    if (connection.open) return;
    throw closed();
  };
  return new Proxy(sql, {
    apply(target, self, args) {
      assertOpen();
      assertSendable(args);
      return args[0]?.raw
        ? textOf(target, args as [TemplateStringsArray, ...unknown[]])
        : Reflect.apply(target, self, args);
    },
    get(target, name) {
      if (name === "unsafe") assertOpen();
      return Reflect.get(target, name);
    },
  });
}

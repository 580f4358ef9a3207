/** Connections to PostgreSQL by postgres.js, with the house's types and limits. */
import postgres from "postgres";

export type Sql = postgres.Sql<Record<string, never>>;
export type Tx = postgres.TransactionSql<Record<string, never>>;
export type AnySql = Sql | Tx;

export interface PoolOptions {
  /** Connections at most. */
  max?: number;
  /** Shown in pg_stat_activity. */
  name?: string;
  /** Plan every search anew: a generic plan is a thousand times slower for common fragments. */
  customPlans?: boolean;
  /** Milliseconds a statement may take. */
  statementTimeout?: number;
}

/**
 * Opens a pool. Columns come in camel case (never the keys inside json), dates without a time as
 * ISO text, counts must be cast to int in SQL.
 */
export function openPool(url: string, options: PoolOptions = {}): Sql {
  return postgres(url, {
    max: options.max ?? 10,
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
      idle_in_transaction_session_timeout: 60_000,
      ...(options.customPlans ? { plan_cache_mode: "force_custom_plan" } : {}),
    },
  }) as unknown as Sql;
}

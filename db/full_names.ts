/** The names of persons in full, as columns of queries: the parts of row `row` that are not empty. */
import type { Fragment } from "./pool.ts";
import type { Scope } from "./scope.ts";

/** Title, first name, prefix and last name. */
export function fullName({ sql }: Pick<Scope, "sql">, row: string): Fragment {
  const of = sql(row);
  return sql`concat_ws(
    ' ', nullif(${of}.title, ''), nullif(${of}.first_name, ''), nullif(${of}.name_prefix, ''),
    nullif(${of}.last_name, '')
  )`;
}

/** The names of persons in full, as columns of queries: the parts of row `row` that are not empty. */
import type { Fragment } from "./pool.ts";
import type { Scope } from "./scope.ts";

/** Title, first name, prefix and last name. */
export function fullName({ sql }: Pick<Scope, "sql">, row: string): Fragment {
  const part = (name: string) => sql`nullif(${sql(row)}.${sql(name)}, '')`;
  return sql`concat_ws(
    ' ', ${part("title")}, ${part("first_name")}, ${part("name_prefix")}, ${part("last_name")}
  )`;
}

/**
 * Values that a query can be sent with. postgres.js attributes the error for one it cannot send to
 * the previous query: neither is ever answered, and the connection is lost. So such values are
 * found beforehand, also inside lists.
 */

/** Checks the arguments of a query, or of a part of one. Throws TypeError. */
export function assertSendable([first, ...rest]: readonly unknown[]): void {
  if ((first as TemplateStringsArray | undefined)?.raw) rest.forEach(assertValue);
  else assertRows(first, rest);
}

function assertValue(value: unknown): void {
  if (Array.isArray(value)) return value.forEach(assertValue);
  if (value !== undefined && !(value instanceof Date && Number.isNaN(value.getTime()))) return;
  throw new TypeError("a query has no value where one stands");
}

/** The same for the values of inserts, updates and lists, in the columns that are used. */
function assertRows(first: unknown, columns: unknown[]): void {
  if (typeof first !== "object" || first === null) return;
  const rows: unknown[] = Array.isArray(first) ? first : [first];
  const [row] = rows;
  if (typeof row !== "object" || row === null) return rows.forEach(assertValue);
  const names = columns.length > 0 ? columns.flat() as string[] : Object.keys(row);
  for (const each of rows as Record<string, unknown>[]) {
    for (const name of names) assertValue(each[name]);
  }
}

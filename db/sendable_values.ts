/**
 * Values that a query can be sent with. postgres.js lays the fault of one that it cannot send on the query
 * before: both are never answered, and the connection is lost. So it is found before, in lists too.
 */

/** Looks through what a query, or a part of one, was called with. Throws TypeError. */
export function assertSendable([first, ...rest]: readonly unknown[]): void {
  if ((first as TemplateStringsArray | undefined)?.raw) rest.forEach(assertValue);
  else assertRows(first, rest);
}

function assertValue(value: unknown): void {
  if (Array.isArray(value)) return value.forEach(assertValue);
  if (value !== undefined && !(value instanceof Date && Number.isNaN(value.getTime()))) return;
  throw new TypeError("a query has no value where one stands");
}

/** The same for the values of what is inserted, set or listed, as far as its columns are taken. */
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

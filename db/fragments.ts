/**
 * Parts of queries that become queries only when awaited. postgres.js creates a promise for every
 * template, even for the dozen parts that a query is put together from, which are never awaited.
 */
import type { Fragment, ReservedSql } from "./pool.ts";

type Run = () => Fragment;

/** The properties of a query; using one of them turns a text into a query. */
const ways = [
  ...["then", "catch", "finally", "execute", "simple", "raw", "values", "forEach", "cursor"],
  ...["describe", "readable", "writable", "cancel"],
] as const;

/**
 * A template with its values, usable as part of a postgres.js query; becomes a query when awaited.
 */
class Text {
  query: Fragment | undefined;
  constructor(readonly run: Run, readonly strings: unknown, readonly args: unknown[]) {}
}

for (const way of ways) {
  Object.defineProperty(Text.prototype, way, {
    value(this: Text, ...given: unknown[]) {
      const query = this.query ??= this.run();
      return (query as unknown as Record<string, (...given: unknown[]) => unknown>)[way]!(...given);
    },
  });
}

/** Makes postgres.js accept texts as its own: it recognises parts of a query by their class. */
export function passFor(query: Promise<unknown>): void {
  Object.setPrototypeOf(Text.prototype, Object.getPrototypeOf(query));
}

/** What `sql` makes of a template: cheap until it is awaited. */
export function textOf(sql: ReservedSql, template: [TemplateStringsArray, ...unknown[]]): Fragment {
  const [strings, ...args] = template;
  const run = () => Reflect.apply(sql, undefined, template) as Fragment;
  return new Text(run, strings, args) as unknown as Fragment;
}

/** Literal words in a query, whichever connection runs it: a part of a query, never a whole one. */
export function words(text: string): Fragment {
  const run = () => {
    throw new TypeError("a part of a query cannot be run");
  };
  return new Text(run, [text], []) as unknown as Fragment;
}

/**
 * Queries that are made when they are run. postgres.js makes a promise of each text, also of the parts
 * that a query is put together from, a dozen of them: those are never awaited.
 */
import type { Fragment, ReservedSql } from "./pool.ts";

type Run = () => Fragment;

/** What a query can be told or asked; each makes it a query. */
const ways = [
  ...["then", "catch", "finally", "execute", "simple", "raw", "values", "forEach", "cursor"],
  ...["describe", "readable", "writable", "cancel"],
] as const;

/** A text with its values, as postgres.js takes a part of a query; a query once it is awaited. */
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

/** Lets postgres.js take texts for what it makes itself: it knows parts of a query by their kind. */
export function passFor(query: Promise<unknown>): void {
  Object.setPrototypeOf(Text.prototype, Object.getPrototypeOf(query));
}

/** What `sql` makes of a template: light until it is awaited. */
export function textOf(sql: ReservedSql, template: [TemplateStringsArray, ...unknown[]]): Fragment {
  const [strings, ...args] = template;
  const run = () => Reflect.apply(sql, undefined, template) as Fragment;
  return new Text(run, strings, args) as unknown as Fragment;
}

/** Words that stand in a query as they are, whoever asks it: a part of one and never a whole. */
export function words(text: string): Fragment {
  const run = () => {
    throw new TypeError("a part of a query cannot be run");
  };
  return new Text(run, [text], []) as unknown as Fragment;
}

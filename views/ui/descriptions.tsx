/** Names and values of a record, dense. */

import type { Child } from "hono/jsx";

/** A name and its value; null or false leaves the line out. */
export type Description = [name: string, value: Child] | null | false;

/**
 * The lines that have a value. `columns: 2` sets them side by side on wide screens; `texts` are
 * sentences, which take the whole width of a phone.
 */
export const DescriptionList = (
  { items, columns = 1, texts = false }: {
    items: readonly Description[];
    columns?: 1 | 2;
    texts?: boolean;
  },
) => (
  <dl class={`descriptions descriptions-${columns}${texts ? " descriptions-texts" : ""}`}>
    {items.map((item) =>
      item && item[1] !== null && item[1] !== undefined && item[1] !== ""
        ? (
          <div>
            <dt>{item[0]}</dt>
            <dd>{item[1]}</dd>
          </div>
        )
        : null
    )}
  </dl>
);

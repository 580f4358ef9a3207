/** A part of a page with a heading of its own, set off by a rule, not by a box. */

import type { Child } from "hono/jsx";

/** `count` follows the heading; `actions` stand at its end. */
export const Panel = (
  { title, id, count, actions, children }: {
    title: string;
    id?: string;
    count?: string;
    actions?: Child;
    children?: Child;
  },
) => (
  <section class="panel" id={id}>
    <div class="panel-head">
      <h2>
        {title}
        {count === undefined ? null : [" ", <span class="count">{count}</span>]}
      </h2>
      {actions ? <div class="panel-actions">{actions}</div> : null}
    </div>
    {children}
  </section>
);

/** Main matter and, beside it where there is room, what is looked up now and then. */
export const Columns = ({ aside, children }: { aside: Child; children?: Child }) => (
  <div class="columns">
    <div class="columns-main">{children}</div>
    <div class="columns-aside">{aside}</div>
  </div>
);

/** What a list says when it has nothing to show. */

import type { Child } from "hono/jsx";

/** Why it is empty, and as children the way out of it. */
export const EmptyState = (
  { title, text, children }: { title: string; text?: string; children?: Child },
) => (
  <div class="empty">
    <p class="empty-title">{title}</p>
    {text ? <p>{text}</p> : null}
    {children ? <div class="empty-actions">{children}</div> : null}
  </div>
);

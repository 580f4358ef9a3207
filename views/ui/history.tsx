/** What happened to a record, newest first. */

import type { Child } from "hono/jsx";
import type { Moment } from "../format.ts";
import type { View } from "../view.ts";
import { Time } from "./values.tsx";

export interface HistoryEntry {
  at: Moment;
  /** Who did it, in words. */
  who: string;
  /** What was done, in words. */
  what: Child;
  /** More about it, such as the fields and their old and new values. */
  detail?: Child;
}

/** The entries in the order given. */
export const HistoryList = (
  { view, entries }: { view: View; entries: readonly HistoryEntry[] },
) => (
  <ol class="history">
    {entries.map(({ at, who, what, detail }) => (
      <li>
        <Time view={view} moment={at} as="dateTime" />
        <div>
          <p>
            {what} <span class="history-who">{who}</span>
          </p>
          {detail ? <div class="history-detail">{detail}</div> : null}
        </div>
      </li>
    ))}
  </ol>
);

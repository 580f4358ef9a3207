/** A row of a list of activities: its id on the page and where it leads. */
import { path, query, queryIn } from "../path.ts";

/** The DOM id of an activity's row. */
export const rowId = ({ id }: { id: string }) => `activity-${id}`;

/** The address of an activity's page. */
export const activityHref = ({ id }: { id: string }) => path`/activities/${id}`;

/** The addresses of a list's rows, each carrying the list's own address with it. */
export const hrefIn = (list: string) => (row: { id: string }): string =>
  query(activityHref(row), { list: list === "/activities" ? null : list });

/** The list of activities that a page's activity was opened from; all of them where from none. */
export function listOf(page: string): string {
  const list = new URLSearchParams(queryIn(page)).get("list") ?? "";
  return /^\/(?:activities|tasks)(?:\?\P{Cc}*)?$/u.test(list) ? list : "/activities";
}

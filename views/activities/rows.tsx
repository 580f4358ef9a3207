/** A row of a list of activities: its id on the page and where it leads. */
import { path } from "../path.ts";

/** The DOM id of an activity's row. */
export const rowId = ({ id }: { id: string }) => `activity-${id}`;

/** The address of an activity's page. */
export const activityHref = ({ id }: { id: string }) => path`/activities/${id}`;

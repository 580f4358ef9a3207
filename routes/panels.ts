/** The panels on a record's page: queried in one round trip, and only those that exist. */
import * as activityLists from "../db/activity_lists.ts";
import * as files from "../db/files.ts";
import { formId } from "../db/ids.ts";
import * as recordOffers from "../db/record_offers.ts";
import type { Panels } from "../db/record_panels.ts";
import type { Subject } from "../db/timeline.ts";
import { panelSize } from "./files.tsx";
import * as timelines from "./timelines.tsx";
import type { Ctx } from "./web.tsx";

const noFiles = { rows: [], previous: null, next: null };

/**
 * The panels of a record that was found, as its page takes them, and a note that the user opened
 * it. Nothing may be asked after it: the transaction is concluded, unless a message is to be taken.
 */
export async function load(c: Ctx, { kind, id }: Subject, there: Panels) {
  const [scope, session] = [c.get("scope"), c.get("session")];
  const asks = Promise.all([
    there.planned ? activityLists.listOf(scope, kind, id) : [],
    kind !== "deal" && there.deals ? recordOffers.withDeals(scope, kind, id) : recordOffers.none,
    there.files ? files.list(scope, { kind, id }, null, panelSize) : noFiles,
    timelines.load(c, { kind, id }, there.entries),
  ]);
  c.get("services").visits.note(scope, kind, id);
  if (!session?.flash) scope.conclude();
  const [activities, related, page, timeline] = await asks;
  return {
    ...related,
    planned: { newId: formId(), activities },
    files: { page, form: formId() },
    timeline,
    owners: there.owners,
    fields: there.fields,
  };
}

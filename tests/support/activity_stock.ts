/** A call with everything that belongs to it, for the stock of a tenant. */
import { now } from "../../db/clock.ts";
import { tokenDigest } from "../../db/sessions.ts";
import type { Person } from "./cast.ts";

/** What the call is linked to: ids of the tenant's stock. */
export interface Ties {
  activity: string;
  trashedActivity: string;
  contact: string;
  user: string;
}

/** A call to the contact in an hour, another one in the trash, and the person's own calendar. */
export async function stockActivities(
  { tenantId, userId, test: { db: { owner } } }: Person,
  mark: string,
  { activity, trashedActivity, contact, user }: Ties,
): Promise<void> {
  const at = now();
  const due = new Date(at.getTime() + 3_600_000);
  const call = {
    tenantId,
    kind: "call",
    subject: `${mark} call`,
    body: `${mark} body`,
    dueAt: due,
    remindBefore: 10,
    ownerId: userId,
    at: due,
    createdAt: at,
    createdBy: userId,
    updatedAt: at,
  };
  await owner`insert into activities ${owner({ ...call, id: activity })}`;
  const eraseAfter = new Date(at.getTime() + 86_400_000);
  await owner`insert into activities ${
    owner({ ...call, id: trashedActivity, deletedAt: at, eraseAfter })
  }`;
  const part = { tenantId, activityId: activity };
  await owner`insert into activity_links ${
    owner({ ...part, recordId: contact, contactId: contact, direct: true, at: due })
  }`;
  await owner`insert into activity_participants ${
    owner({ ...part, personId: user, userId: user })
  }`;
  await owner`insert into reminders ${owner({ ...part, userId, remindAt: due })}`;
  await owner`insert into calendar_feeds ${
    owner({
      tenantId,
      userId: user,
      tokenDigest: tokenDigest(user),
      detail: "subject",
      createdAt: at,
    })
  }`;
}

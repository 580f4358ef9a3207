/** What rights have brought about in a house, for the tests that walk all routes and tenants. */
import { now } from "../../db/clock.ts";
import { newId } from "../../db/ids.ts";
import { tokenDigest } from "../../db/sessions.ts";
import type { Person } from "./cast.ts";

/** A restriction that is over, and an answer that waits. */
export async function stockRights(
  { tenantId, test: { db: { owner } } }: Person,
  mark: string,
  ids: Record<"case" | "case item" | "contact" | "delivery", string>,
): Promise<void> {
  const at = now();
  const of = { tenantId, itemId: ids["case item"] };
  await owner`insert into restrictions ${
    owner({
      ...of,
      id: newId(),
      contactId: ids.contact,
      ground: "claims",
      imposedAt: at,
      liftOn: "2026-01-01",
      toldAt: at,
      liftedAt: at,
    })
  }`;
  await owner`insert into rectifications ${
    owner({
      ...of,
      id: newId(),
      contactId: ids.contact,
      field: "contacts.title",
      oldValue: `${mark} old`,
      newValue: `${mark} new`,
      createdAt: at,
    })
  }`;
  await owner`insert into deliveries ${
    owner({
      ...of,
      id: ids.delivery,
      caseId: ids.case,
      tokenDigest: tokenDigest(newId()),
      keyId: newId(),
      fileName: `${mark}.zip`,
      mediaType: "application/zip",
      size: 1,
      sha256: tokenDigest(mark),
      createdAt: at,
      expiresAt: new Date(at.getTime() + 86_400_000),
      downloadsLeft: 1,
    })
  }`;
}

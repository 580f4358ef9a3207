/** Records that may be one, for the tests that walk all routes. */
import { now } from "../../db/clock.ts";
import { newId } from "../../db/ids.ts";
import type { Person } from "./cast.ts";

export interface DuplicateIds {
  duplicate: string;
}

/** A pair of a house's contact and another one, with the look that found it. */
export async function stockDuplicates(
  { tenantId, userId, test: { db: { owner } } }: Person,
  mark: string,
  ids: DuplicateIds & { contact: string },
): Promise<void> {
  const at = now();
  const [scan, other] = [newId(), newId()];
  await owner`insert into contacts ${
    owner({
      tenantId,
      id: other,
      lastName: `${mark} contact`,
      source: `${mark} source`,
      sourceChannel: "manual",
      legalBasis: "contract",
      purpose: "sales",
      lastTouchAt: at,
      createdAt: at,
      updatedAt: at,
    })
  }`;
  await owner`insert into duplicate_scans ${
    owner({ tenantId, id: scan, status: "done", createdBy: userId, startedAt: at, finishedAt: at })
  }`;
  await owner`insert into duplicate_keys ${
    owner({ tenantId, scanId: scan, key: "1", recordId: ids.contact })
  }`;
  await owner`insert into duplicate_pairs ${
    owner({
      tenantId,
      id: ids.duplicate,
      contactId: ids.contact,
      otherContactId: other,
      score: 65,
      reasons: ["name", "postal_code"],
      scanId: scan,
      foundAt: at,
    })
  }`;
}

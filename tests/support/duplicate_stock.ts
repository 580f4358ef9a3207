/** Records that may be duplicates, for the tests that walk all routes. */
import { now } from "../../db/clock.ts";
import { newId } from "../../db/ids.ts";
import type { Person } from "./cast.ts";

export interface DuplicateIds {
  duplicate: string;
  merge: string;
}

/** A pair of a tenant's contact and another one, with the search that found it. */
export async function stockDuplicates(
  { tenantId, userId, test: { db: { owner } } }: Person,
  mark: string,
  ids: DuplicateIds & { contact: string },
): Promise<void> {
  const at = now();
  const [scan, other, hidden] = [newId(), newId(), newId()];
  const until = new Date(at.getTime() + 86_400_000);
  const contact = {
    tenantId,
    lastName: `${mark} contact`,
    source: `${mark} source`,
    sourceChannel: "manual",
    legalBasis: "contract",
    purpose: "sales",
    lastTouchAt: at,
    createdAt: at,
    updatedAt: at,
  };
  // Another person: this row contains nothing of the first one's.
  const stranger = { ...contact, id: other, lastName: "Anders", source: "list" };
  await owner`insert into contacts ${owner(stranger)}`;
  const gone = { mergedInto: ids.contact, deletedAt: at, eraseAfter: until };
  await owner`insert into contacts ${owner({ ...contact, ...gone, id: hidden })}`;
  await owner`insert into merges ${
    owner({
      ...{ tenantId, id: ids.merge, contactId: ids.contact },
      ...{ createdBy: userId, createdAt: at, undoUntil: until },
    })
  }`;
  await owner`
    insert into merge_rows (tenant_id, merge_id, step, no, table_name, key, before, after)
    select ${tenantId}, ${ids.merge}, 1, 0, 'contacts', jsonb_build_object('id', id),
      '{"merged_into": null, "deleted_at": null, "erase_after": null}',
      jsonb_build_object(
        'merged_into', merged_into, 'deleted_at', deleted_at, 'erase_after', erase_after
      )
    from contacts
    where id = ${hidden}
  `;
  await owner`insert into former_ids ${owner({ tenantId, id: hidden, contactId: ids.contact })}`;
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

/** A tenant's files for the tests that walk all routes: real ones, so that they can be downloaded. */
import { now } from "../../db/clock.ts";
import * as dataKeys from "../../db/data_keys.ts";
import { objectOf } from "../../db/files.ts";
import { newId } from "../../db/ids.ts";
import * as vault from "../../db/vault.ts";
import type { Person } from "./cast.ts";

interface Ids {
  contact: string;
  file: string;
  "trashed file": string;
}

/** Puts a file, and another one in the trash, on a contact; both contain the mark. */
export async function stockFiles(person: Person, mark: string, ids: Ids): Promise<void> {
  const { services: { config }, db: { owner } } = person.test;
  const { tenantId, userId } = person;
  const at = now();
  const dataKeyId = await person.scope((scope) => dataKeys.current(scope, config));
  for (const id of [ids.file, ids["trashed file"]]) {
    const objectId = newId();
    const bytes = new Blob([`${mark} bytes`]).stream();
    const size = await vault.store(config, objectOf(tenantId, objectId), dataKeyId, bytes, 1_000);
    const trashed = { deletedAt: at, eraseAfter: new Date(at.getTime() + 86_400_000) };
    await owner`insert into files ${
      owner({
        ...{ tenantId, id, contactId: ids.contact, name: `${mark} file.txt`, size, objectId },
        ...{ mediaType: "text/plain", dataKeyId, at, createdBy: userId },
        ...(id === ids.file ? {} : trashed),
      })
    }`;
    await owner`insert into file_links ${
      owner({ tenantId, fileId: id, recordId: ids.contact, contactId: ids.contact, at })
    }`;
  }
}

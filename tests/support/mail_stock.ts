/** One row of everything that comes in by mail, for the stock of a house. */
import { now } from "../../db/clock.ts";
import { newId } from "../../db/ids.ts";
import { newLocalPart } from "../../db/inbound_addresses.ts";
import type { Person } from "./cast.ts";

/** Fills a house with mail; every text of it contains `mark`. */
export async function stockMail(person: Person, mark: string): Promise<void> {
  const { owner } = person.test.db;
  const { tenantId, userId } = person;
  const at = now();
  const inboundAddress = newId();
  await owner`insert into inbound_addresses ${
    owner({ tenantId, id: inboundAddress, userId, localPart: newLocalPart(), createdAt: at })
  } on conflict do nothing`;
  await owner`insert into raw_mails ${
    owner({
      tenantId,
      id: newId(),
      handler: `${mark} handler`,
      sourceId: inboundAddress,
      size: 1,
      status: "failed",
      errorCode: "broken",
      receivedAt: at,
      finishedAt: at,
    })
  }`;
}

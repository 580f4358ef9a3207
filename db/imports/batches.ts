/** Groups the records of a file into batches, each of which needs one round of queries. */
import { setImmediate as immediately } from "node:timers/promises";
import type { OwnerTally } from "./assignees.ts";
import { ownersIn } from "./owner_columns.ts";
import { joined } from "./joined_rows.ts";
import type { ImportedRecord } from "./records.ts";

/** Records per round of queries. */
const batchSize = 400;
/** Records read before yielding to the database's answers, which must not wait for us. */
const heardEvery = 40;
/** Most nameless persons that are held back until the end of the file. */
const mostHeld = 5_000;

/**
 * Batches of records, each person's rows joined, the next being read while one is written; the
 * owners they name are counted. Records whose name is only their address come last: if a later row
 * of the same address has a name, that row is the person and the first one the duplicate.
 */
export async function* batches(
  read: AsyncGenerator<ImportedRecord>,
  named: OwnerTally,
): AsyncGenerator<ImportedRecord[]> {
  const records = joined(read);
  const held: ImportedRecord[] = [];
  const next = async () => {
    const batch: ImportedRecord[] = [];
    while (batch.length < batchSize) {
      const { value, done } = await records.next();
      if (done) break;
      for (const owner of ownersIn(value)) named.take(owner);
      if (held.length < mostHeld && isNameless(value)) held.push(value);
      else if (batch.push(value) % heardEvery === 0) await immediately();
    }
    batch.push(...held.splice(0, batchSize - batch.length));
    return batch;
  };
  let coming = next();
  try {
    while (true) {
      const batch = await coming;
      if (batch.length === 0) return;
      coming = next();
      coming.catch(() => {});
      yield batch;
    }
  } finally {
    await records.return(undefined);
  }
}

const isNameless = ({ warnings }: ImportedRecord): boolean =>
  warnings.some(({ code }) => code === "name_from_email");

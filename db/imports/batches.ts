/** The records of a file by the hundred, for the rounds of queries that each batch needs. */
import { setImmediate as immediately } from "node:timers/promises";
import type { OwnerTally } from "./assignees.ts";
import { ownersIn } from "./owner_columns.ts";
import type { ImportedRecord } from "./records.ts";

/** Records per round of queries. */
const batchSize = 400;
/** Records read before what the database has answered meanwhile is heard: it must not wait for us. */
const heardEvery = 40;
/** Most persons without a name that wait for the end of the file. */
const mostHeld = 5_000;

/**
 * Batches of records, the next one being read while one is written; whom they name is counted. Those
 * whose name is only their address come last: where a later row of the same address has a name, that
 * row is the person, and the first one the repeat.
 */
export async function* batches(
  records: AsyncGenerator<ImportedRecord>,
  named: OwnerTally,
): AsyncGenerator<ImportedRecord[]> {
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

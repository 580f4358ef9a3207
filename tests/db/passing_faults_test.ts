/** Faults that a later retry may be spared. */
import { deepEqual } from "node:assert/strict";
import { isPassing } from "../../db/passing_faults.ts";
import { ObjectMissing, StorageAway } from "../../db/storage.ts";

Deno.test("a storage that cannot be reached is tried again, a missing file is not", () => {
  const aborted = new DOMException("stopped", "AbortError");
  const faults = [new StorageAway("connect"), aborted, new ObjectMissing(), new TypeError("no")];
  deepEqual(faults.map(isPassing), [true, true, false, false]);
});

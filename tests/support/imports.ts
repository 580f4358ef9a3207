/** Takes a file through all steps of an import, as a person does in a browser without scripts. */
import { equal } from "node:assert/strict";
import type { Fields } from "./app.ts";
import type { Person } from "./cast.ts";
import { idOf } from "./html.ts";
import { drain } from "./worker.ts";

export const grounds = { origin: "customer", sourceDetail: "Altsystem" };

/** A file of text or bytes. */
export const fileOf = (content: string | Uint8Array, name = "kontakte.csv"): File =>
  new File([content as BlobPart], name);

/** Uploads a readable file. Returns the import's id. */
export async function upload(who: Person, file: File): Promise<string> {
  const answer = await who.post("/imports/new", { file });
  equal(answer.status, 303, await answer.text());
  return idOf(answer);
}

/** Fills in the settings of an uploaded import and runs the rehearsal. */
export async function check(who: Person, id: string, fields: Fields = {}): Promise<void> {
  const answer = await who.post(`/imports/${id}`, { ...grounds, ...fields });
  equal(answer.status, 303, await answer.text());
  await drain(who.test);
}

/** Runs a checked import to its end. */
export async function run(who: Person, id: string): Promise<void> {
  equal((await who.post(`/imports/${id}/run`)).status, 303);
  await drain(who.test);
}

/** Upload, rehearsal and run in one. */
export async function importAll(who: Person, file: File, fields: Fields = {}): Promise<string> {
  const id = await upload(who, file);
  await check(who, id, fields);
  await run(who, id);
  return id;
}

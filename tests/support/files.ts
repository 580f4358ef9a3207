/** Files for the tests: their contents, how they are sent, and what of them is in the storage. */
import { equal } from "node:assert/strict";
import type { Fields, TestApp } from "./app.ts";
import type { Person } from "./cast.ts";

/** A small PDF with the given words. */
export const pdf = (words = "Angebot") => `%PDF-1.7\n% ${words}\n1 0 obj <<>> endobj\n%%EOF\n`;

export const fileOf = (content: string | Uint8Array, name: string): File =>
  new File([content as BlobPart], name);

/** Sends files to a record's page. Returns the answer. */
export async function send(
  who: Person,
  home: string,
  files: readonly File[],
  fields: Fields = {},
): Promise<Response> {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value as string);
  for (const file of files) body.append("files", file);
  return await who.send(`${home}/files`, {
    method: "POST",
    body,
    headers: { "Sec-Fetch-Site": "same-origin" },
  });
}

/** Puts one file on a record. Returns its id. */
export async function put(who: Person, home: string, file: File): Promise<string> {
  const answer = await send(who, home, [file]);
  equal(answer.status, 303, await answer.text());
  const [newest] = await who.test.db.owner<{ id: string }[]>`
    select id from files where tenant_id = ${who.tenantId} order by id desc limit 1
  `;
  return newest!.id;
}

/** The contents of a tenant's storage: objects, and drafts if any were left. */
export function stored({ services: { config } }: TestApp, tenantId: string): string[] {
  try {
    return [...Deno.readDirSync(`${config.dataDir}/files/records/${tenantId}`)]
      .map(({ name }) => name).sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

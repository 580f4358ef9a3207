/** Answers to a right of access from a contact's page, as it is sent by whoever has just seen it. */
import { equal } from "node:assert/strict";
import type { Fields } from "./app.ts";
import type { Person } from "./cast.ts";
import { formOf } from "./html.ts";
import { drain } from "./worker.ts";

/** Opens the page and sends its form with these fields instead of those proposed. */
export async function answered(who: Person, contactId: string, fields: Fields): Promise<Response> {
  const way = `/contacts/${contactId}/access`;
  return await who.post(way, { ...fields, _seen: await seenBy(who, contactId) });
}

/** Has a large answer made with these fields, and fetches it. */
export async function prepared(who: Person, contactId: string, fields: Fields): Promise<Response> {
  const begun = await answered(who, contactId, fields);
  equal(begun.status, 303, "the answer is not large");
  await drain(who.test);
  const page = await (await who.get(`/contacts/${contactId}/access`)).text();
  return await who.get(/\/access-archives\/[0-9a-f-]{36}/.exec(page)![0]);
}

/** The mark of what the page shows now. */
export async function seenBy(who: Person, contactId: string): Promise<string> {
  const page = await who.get(`/contacts/${contactId}/access`);
  return formOf(await page.text())._seen ?? "";
}

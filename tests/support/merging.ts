/** Merges records through the form, as somebody who takes every open choice from one of them. */
import { equal } from "node:assert/strict";
import { newId } from "../../db/ids.ts";
import type { Client, Fields } from "./app.ts";
import { text } from "./html.ts";

import type { Kind } from "../../db/record_kinds.ts";

export type { Kind };

/** The form for two records as on the page, with every open choice taken from `take`. */
export async function formOf(
  client: Client,
  kind: Kind,
  ids: string[],
  take: string,
): Promise<Fields> {
  const query = ids.map((id) => `&ids=${id}`).join("");
  const html = await (await client.get(`/merges/new?kind=${kind}${query}&take=${take}`)).text();
  const form = html.slice(html.indexOf('action="/merges/new"'));
  const fields: Fields = {};
  for (const [tag] of form.matchAll(/<input[^>]*>/g)) {
    const of = (name: string) => new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1];
    if (of("type") === "radio" && !/ checked/.test(tag)) continue;
    if (of("name")) fields[of("name")!] = of("value") ?? "";
  }
  // A plain id is the merge's own as well.
  return { ...fields, id: newId() };
}

/** Merges them by the form. Returns the form's own id. */
export async function merge(
  client: Client,
  kind: Kind,
  ids: string[],
  take = ids[0]!,
): Promise<string> {
  const fields = await formOf(client, kind, ids, take);
  const answer = await client.post("/merges/new", fields);
  equal(answer.status, 303, answer.status === 303 ? "" : await text(answer));
  return fields.id as string;
}

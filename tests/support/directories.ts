/** A tenant's directory that uses SCIM. */
import { deepEqual, equal, ok } from "node:assert/strict";
import { Client } from "./app.ts";
import type { Person } from "./cast.ts";
import { attribute } from "./html.ts";

export const patchOp = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
export const userSchema = "urn:ietf:params:scim:schemas:core:2.0:User";

// deno-lint-ignore no-explicit-any
export type Answer = { status: number; headers: Headers; body: any };

/** A directory that holds a token. */
export class Directory {
  constructor(readonly client: Client, readonly token: string) {}

  async ask(method: string, path: string, body?: unknown, type = "application/scim+json") {
    const answer = await this.client.send(`/scim/v2${path}`, {
      method,
      headers: { Authorization: `Bearer ${this.token}`, "Content-Type": type },
      body: body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body),
    });
    const said = await answer.text();
    equal(answer.headers.get("Cache-Control"), "no-store");
    if (said !== "") equal(answer.headers.get("Content-Type"), "application/scim+json");
    const { status, headers } = answer;
    return { status, headers, body: said === "" ? null : JSON.parse(said) } as Answer;
  }
}

/** A directory of the person's tenant, with a token created on the page. */
export async function directory(owner: Person): Promise<Directory> {
  const html = await (await owner.post("/settings/sign-in/directory", { days: "365" })).text();
  const [tag = ""] = /<input id="new-token"[^>]*>/.exec(html) ?? [];
  return new Directory(new Client(owner.test), attribute(tag, "value") ?? "");
}

/** Asserts the refusal in an answer: status, kind and schema. */
export function refused(answer: Answer, status: number, kind?: string): void {
  equal(answer.status, status, JSON.stringify(answer.body));
  deepEqual(answer.body.schemas, ["urn:ietf:params:scim:api:messages:2.0:Error"]);
  equal(answer.body.status, String(status));
  equal(answer.body.scimType, kind);
  ok(answer.body.detail.length > 10);
}

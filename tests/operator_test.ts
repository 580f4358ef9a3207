/** Every form of the operator's pages: junk is refused politely, strangers and other origins never get in. */
import { deepEqual, equal, ok } from "node:assert/strict";
import { errors } from "./support/app.ts";
import { cast } from "./support/cast.ts";
import { openProcessor } from "./support/processors.ts";

/** What no field expects. */
const junk = ["\0", "x".repeat(100_000), ["a", "b"], "0000-01-01", "\ud800'--<b>", "1e400"];

interface Form {
  action: string;
  values: Record<string, string>;
}

/** The forms of a page that post, each with the values it comes with. */
function formsIn(markup: string, page: string): Form[] {
  return [...markup.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].flatMap(([, tag, body]) => {
    const action = /action="([^"]*)"/.exec(tag!)?.[1] ?? page;
    if (!/method="post"/.test(tag!) || !/^\/(operator|settings)/.test(action)) return [];
    // These end what the others look at.
    if (/removal|withdrawal/.test(action)) return [];
    const fields = [...body!.matchAll(/<(?:input|select|textarea)\b[^>]*name="([^"]+)"[^>]*>/g)];
    const values = Object.fromEntries(
      fields.map(([field, name]) => [name!, /value="([^"]*)"/.exec(field)?.[1] ?? ""]),
    );
    return [{ action, values }];
  });
}

Deno.test("whatever a form is sent, the answer is below 500; only the operator, from here, gets in", async () => {
  const { alice, bob, charlie, test } = await cast();
  await test.db.owner`update identities set operator = true where id = ${alice.identityId}`;
  const id = await openProcessor(test.db.owner, [], "ionos");
  await alice.post("/operator/policy");
  const pages = [
    "/operator/provider",
    "/operator/officer",
    "/operator/policy",
    "/operator/policy/1/edit",
    "/operator/processors/new",
    `/operator/processors/${id}`,
    `/operator/processors/${id}/edit`,
    "/operator/requests/new",
    "/operator/records",
    "/operator/proofs",
    "/operator/measures",
    "/settings/agreement",
  ];
  const faults: string[] = [];
  let count = 0;
  for (const page of pages) {
    for (const { action, values } of formsIn(await (await alice.get(page)).text(), page)) {
      count++;
      for (const value of junk) {
        // Few fields at once: all of them would be too long to be read at all.
        const names = Object.keys(values).slice(0, 4);
        const wrong = Object.fromEntries(names.map((name) => [name, value]));
        const { status } = await alice.post(action, { ...values, ...wrong });
        if (status >= 500) faults.push(`${action} ${status}`);
      }
      if (!action.startsWith("/operator")) continue;
      for (const stranger of [bob, charlie]) {
        const { status } = await stranger.post(action, values);
        if (status !== 403) faults.push(`${action} lets ${stranger.email} in: ${status}`);
      }
      const forged = await alice.send(action, {
        method: "POST",
        headers: {
          "origin": "https://evil.example",
          "sec-fetch-site": "cross-site",
          "content-type": "application/x-www-form-urlencoded",
        },
        body: new URLSearchParams(values).toString(),
      });
      if (forged.status !== 403) faults.push(`${action} takes forms of others: ${forged.status}`);
    }
  }
  ok(count >= 18, `${count} forms`);
  deepEqual(faults, []);
  equal(errors.length, 0);
});

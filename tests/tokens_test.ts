/** One-time links: how long they live, to the millisecond, and that only one gets them. */
import { equal } from "node:assert/strict";
import fc from "fast-check";
import * as tokens from "../db/tokens.ts";
import { database } from "./support/db.ts";

const kinds = ["setup", "invitation", "password_reset", "email_change"] as const;
const instants = fc.date({
  min: new Date("2025-01-01T00:00:00Z"),
  max: new Date("2035-01-01T00:00:00Z"),
  noInvalidDate: true,
});

Deno.test("a link works until the millisecond before its deadline and not at it", async () => {
  const { app } = await database();
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...kinds),
      instants,
      fc.integer({ min: -5_000, max: 5_000 }),
      async (kind, from, around) => {
        const token = await tokens.issue(app, { kind }, from);
        const deadline = tokens.deadline(kind, from);
        const at = (ms: number) => new Date(deadline.getTime() + ms);
        equal((await tokens.lookup(app, kind, token, at(-1))) !== null, true);
        equal(await tokens.lookup(app, kind, token, at(0)), null);
        equal((await tokens.lookup(app, kind, token, at(around))) !== null, around < 0);
        equal(await tokens.use(app, kind, token, at(0)), null);
        equal((await tokens.use(app, kind, token, at(-1))) !== null, true);
        equal(await tokens.use(app, kind, token, at(-1)), null);
      },
    ),
    { numRuns: 50 },
  );
});

Deno.test("a link of one kind does not work as another", async () => {
  const { app } = await database();
  for (const kind of kinds) {
    const token = await tokens.issue(app, { kind });
    for (const other of kinds) {
      equal((await tokens.lookup(app, other, token)) !== null, other === kind);
    }
  }
});

Deno.test("of twenty that use a link at once exactly one gets it", async () => {
  const { app } = await database();
  const token = await tokens.issue(app, { kind: "password_reset" });
  const got = await Promise.all(
    Array.from({ length: 20 }, () => tokens.use(app, "password_reset", token)),
  );
  equal(got.filter((each) => each !== null).length, 1);
});

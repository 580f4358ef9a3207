/** The schema file shows the schema as it is. */
import { equal } from "node:assert/strict";
import { describe, schemaFile } from "../../db/schema.ts";
import { database } from "../support/db.ts";

Deno.test("db/schema.sql is current: if not, run `deno task schema`", async () => {
  const { owner } = await database();
  equal(await Deno.readTextFile(schemaFile), await describe(owner));
});

Deno.test("a changed database is described otherwise", async () => {
  const { owner } = await database();
  const before = await describe(owner);
  for (
    const statement of [
      "alter table tags add column colour text not null default ''",
      "create index tags_colour on tags (tenant_id, colour)",
      "drop policy tenant on tags",
      "alter table tags alter column name set statistics 0",
      "alter table tags add check (name <> 'x')",
    ]
  ) {
    const text = await describe(owner);
    await owner.unsafe(statement);
    equal(text === await describe(owner), false, statement);
  }
  equal(before === await describe(owner), false);
});

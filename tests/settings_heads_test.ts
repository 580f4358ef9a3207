/** Each part of the settings and of the operator's pages has the same name in window and heading. */
import { equal, ok } from "node:assert/strict";
import { cast } from "./support/cast.ts";

const { alice, test } = await cast();

/** The first text between two tags of a page, its entities unchanged. */
const between = (page: string, tag: string) =>
  new RegExp(`<${tag}[^>]*>([^<]+)</${tag}>`).exec(page)?.[1] ?? "";

async function walk(start: string, wanted: RegExp, least: number): Promise<void> {
  const first = await (await alice.get(start)).text();
  const parts = new Set([...first.matchAll(wanted)].map(([, path]) => path!));
  ok(parts.size >= least, [...parts].join(" "));
  const titles = new Set<string>();
  for (const path of parts) {
    const page = await (await alice.get(path)).text();
    const title = between(page, "title").split(" &#8211; ")[0]!;
    equal(between(page, "h1"), title, path);
    titles.add(title);
  }
  equal(titles.size, parts.size, "no two of them have one name");
}

Deno.test("each part of the settings is called the same in window and heading", () =>
  walk("/settings", /<li><a href="(\/settings[^"]*)"/g, 20));

Deno.test("each part of the operator's pages is called the same in window and heading", async () => {
  await test.db.owner`update identities set operator = true where id = ${alice.identityId}`;
  await walk("/operator/provider", /<a href="(\/operator\/[a-z]+)"/g, 14);
});

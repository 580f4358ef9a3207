/** The list of past bulk changes: one's own, for admins all; undone from there while it is possible. */
import { equal, match, ok } from "node:assert/strict";
import { cast, type Person } from "./support/cast.ts";
import { text } from "./support/html.ts";
import { contactOf } from "./support/messages.ts";

async function change(who: Person, id: string, action: string, more: Record<string, string>) {
  const form = { kind: "contact", action, ids: id, counted: "1", list: "", ...more };
  equal((await who.post("/bulk-changes/new", form)).status, 303);
}

const shown = async (who: Person, query = "") => await text(await who.get(`/bulk-changes${query}`));

Deno.test("past bulk changes are listed with what, how many, when and by whom, and undone", async () => {
  const { alice, bob, vera, charlie } = await cast();
  const id = await contactOf(alice);
  match(await shown(bob), /Von Ihnen gab es in den letzten 30 Tagen keine Sammeländerung/);
  await change(bob, id, "tag", { newTag: "Messe" });
  await change(bob, id, "status", { value: "partner" });
  await change(alice, id, "owner", { value: alice.userId });
  const own = await shown(bob);
  match(own, /Status ändern: Partner.* 1 · Kontakte .*Bob.*Schlagwort hinzufügen: Messe/);
  ok(!own.includes("Zuständigkeit ändern"), "others' changes are theirs");
  match(await shown(alice), /Zuständigkeit ändern: Alice Ahrens.*Status ändern/);
  match(await shown(charlie), /In den letzten 30 Tagen gab es keine Sammeländerung/);
  equal((await vera.get("/bulk-changes")).status, 403);

  const html = await (await bob.get("/bulk-changes")).text();
  const undos = [...html.matchAll(/action="(\/bulk-changes\/[^"]+\/undo[^"]*)"/g)].map(([, at]) =>
    at!
  );
  equal(undos.length, 2);
  equal((await bob.post(undos[1]!)).headers.get("Location"), "/bulk-changes");
  match(await shown(bob), /Die Änderung ist rückgängig gemacht|rückgängig/);
  match(await shown(bob), /Schlagwort hinzufügen .*Rückgängig gemacht/);
  await alice.test.db.owner`
    update bulk_changes set undo_until = now() - interval '1 minute'
    where tenant_id = ${alice.tenantId}
  `;
  ok(!(await (await bob.get("/bulk-changes")).text()).includes("/undo"));
  match(await (await bob.get("/contacts")).text(), /href="\/bulk-changes"/);
});

Deno.test("past bulk changes of one instant are paged through, each once", async () => {
  const { alice } = await cast();
  await alice.test.db.owner`
    insert into bulk_changes (
      tenant_id, id, kind, action, value, status, total, changed, created_by, created_at, undo_until
    )
    select ${alice.tenantId}, gen_random_uuid(), 'deal', 'delete', '', 'done', n, n, ${alice.userId},
      now(), now() + interval '30 days'
    from generate_series(1, 120) n
  `;
  const seen: string[] = [];
  for (let at: string | undefined = "/bulk-changes"; at !== undefined;) {
    const html: string = await (await alice.get(at)).text();
    seen.push(...[...html.matchAll(/id="bulk-([0-9a-f-]{36})"/g)].map(([, id]) => id!));
    at = /href="(\/bulk-changes\?after=[^"]+)"/.exec(html)?.[1];
  }
  equal(seen.length, 120);
  equal(new Set(seen).size, 120);
});

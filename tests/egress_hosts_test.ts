/** The list of hosts is bounded, and no tenant keeps another's servers off it. */
import { deepEqual, ok } from "node:assert/strict";
import { now } from "../db/clock.ts";
import { newId } from "../db/ids.ts";
import { cast } from "./support/cast.ts";
import { newMark } from "./support/stock.ts";

const { test, alice, charlie } = await cast();
const { owner } = test.db;
const mark = newMark();
/** Whose hosts come first by name, and whose one comes last. */
const greedy = Array.from({ length: 12 }, (_, n) => `00${n}.${mark}.example`);
const modest = `zz.${mark}.example`;
const tenants = [[alice.tenantId, greedy], [charlie.tenantId, [modest]]] as const;

for (const [tenantId, hosts] of tenants) {
  const common = { tenantId, port: 993, createdAt: now(), updatedAt: now() };
  for (const host of hosts) {
    const mailbox = { name: mark, address: `${mark}@example.org`, security: "tls", username: mark };
    await owner`insert into mailboxes ${
      owner({
        ...{ ...common, ...mailbox, id: newId(), host },
        ...{ passwordSealed: new Uint8Array(1), sinceOn: "2026-01-01", dueAt: now() },
      })
    }`;
    const receiver = { name: mark, country: "DE", reach: mark, kinds: ["deal"] };
    await owner`insert into webhooks ${
      owner({ ...common, ...receiver, id: newId(), host, sealed: new Uint8Array(1) })
    }`;
  }
}

for (const list of ["customers_mail_servers", "customers_webhook_hosts"]) {
  Deno.test(`${list}() lists one host of each tenant before a second of any`, async () => {
    const hostsOf = async (bound: number) =>
      (await owner<{ host: string }[]>`select host from ${owner(list)}(${bound})`)
        .map(({ host }) => host).filter((host) => host.endsWith(`${mark}.example`));
    // Further tenants of the database may come before these two.
    const others = (await hostsOf(10_000)).length;
    deepEqual(others, greedy.length + 1, "all, where there is room");
    const [row] = await owner<[{ count: number }]>`
      select count(distinct tenant_id)::int from ${
      owner(list.includes("mail") ? "mailboxes" : "webhooks")
    }
    `;
    const few = await hostsOf(row.count);
    ok(few.includes(modest), String(few));
    ok(few.length <= 2, String(few));
  });
}

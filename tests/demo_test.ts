/** The demo: filled once, with a log-in for each role and no password that anyone could know. */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import * as demos from "../db/demo.ts";
import * as identities from "../db/identities.ts";
import * as passwords from "../db/passwords.ts";
import { welcome } from "../jobs/supervisor.ts";
import { paperOf } from "../routes/offer_papers.ts";
import { app } from "./support/app.ts";
import { visitor } from "./support/passwords.ts";

Deno.test("the demo sets up an empty installation, and never touches one that is set up", async () => {
  const test = await app();
  const { db } = test;
  const demo = await demos.create(db.owner, paperOf);
  match(demo!.password, /^[\w-]{16}$/);
  deepEqual(demo!.logins.map(({ role }) => role), ["owner", "admin", "member", "read_only"]);
  for (const { email } of demo!.logins) {
    const identity = await identities.lookup(db.owner, email);
    equal(await passwords.verify(identity!.passwordHash!, demo!.password), true);
  }
  const [stock] = await db.owner`
    select
      (select count(*)::int from contacts) as contacts,
      (select count(*)::int from companies) as companies,
      (select count(distinct owner_id)::int from contacts) as owners,
      (select count(*) > 1000 from activities) as active,
      (select count(*) > 50 from activities where done_at is null and due_at > now()) as planned
  `;
  deepEqual({ ...stock }, {
    contacts: 2_000,
    companies: 400,
    owners: 3,
    active: true,
    planned: true,
  });
  const [mail] = await db.owner`
    select
      (select count(*)::int from messages) as messages,
      (select count(*)::int from inbox_messages where place = 'open') as open,
      (select count(*)::int from messages m where not exists (
        select from message_links l where l.message_id = m.id)) as unlinked
  `;
  ok(mail!.messages > 100);
  deepEqual([mail!.open, mail!.unlinked], [3, 3]);

  const papers = await db.owner`
    select state, count(*)::int as offers, bool_and(number is not null) as numbered
    from offers
    group by state
    order by state
  `;
  deepEqual(papers.map((row) => ({ ...row })), [
    { state: "draft", offers: 2, numbered: false },
    { state: "issued", offers: 2, numbered: true },
    { state: "sent", offers: 2, numbered: true },
  ]);
  const [found] = await db.owner`
    select (select count(*)::int from products) as products,
      (select status from duplicate_scans) as scan,
      (select count(*)::int > 5 from duplicate_pairs) as pairs
  `;
  deepEqual({ ...found }, { products: 6, scan: "done", pairs: true });

  equal(await demos.create(db.owner), null);
  const [after] = await db.owner`select count(*)::int as contacts from contacts`;
  equal(after!.contacts, 2_000);

  const owner = visitor(test);
  await owner.post("/login", { email: demo!.logins[0]!.email, password: demo!.password });
  equal((await owner.post("/samples/removal")).status, 303);
  const [left] = await db.owner`
    select
      (select count(*)::int from contacts) as contacts,
      (select count(*)::int from companies) as companies,
      (select count(*)::int from deals) as deals,
      (select count(*)::int from offers) as offers,
      (select count(*)::int from products) as products,
      (select count(*)::int from duplicate_pairs) as pairs
  `;
  deepEqual({ ...left }, { contacts: 0, companies: 0, deals: 0, offers: 0, products: 0, pairs: 0 });
});

Deno.test("a second start of the demo says how to sign in, as the password is not stored", () => {
  match(welcome({}, true), /crm user reset-link --email owner@luettfeld-soehne\.example/);
  equal(welcome({}, false), "");
});

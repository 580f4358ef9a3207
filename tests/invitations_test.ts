/** Invitations: a mailed link, single use, bound to its address, its tenant and its role. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { setOffset } from "../db/clock.ts";
import { newId } from "../db/ids.ts";
import { cast, type Person } from "./support/cast.ts";
import { text } from "./support/html.ts";
import { linkIn, mailbox } from "./support/mailbox.ts";
import { givePassword, goodPassword, visitor } from "./support/passwords.ts";

const newcomer = () => `neu.${newId()}@example.org`;

/** Invites and takes the link out of the mail. */
async function invite(host: Person, email: string, role = "member"): Promise<string> {
  const answer = await host.post("/settings/team/invitations", { email, role });
  equal(answer.status, 303);
  return await newest(host, email);
}

async function newest(host: Person, email: string): Promise<string> {
  const box = await mailbox();
  const mails = await box.collect(host.test, email);
  await box.close();
  // The mail about a log-in from a new device may be written as well.
  return linkIn(mails.findLast(({ text }) => text?.includes("/invitations/"))!, "invitations");
}

Deno.test("a new person accepts with name and password and lands in the tenant", async () => {
  const { test, alice } = await cast();
  const email = newcomer();
  const link = await invite(alice, email);
  const browser = visitor(test);
  const page = await browser.get(link);
  match(await text(page), /Nordlicht Handel.*Mitarbeit/);
  equal((await browser.post(link, { name: "", password: "kurz" })).status, 422);
  equal((await browser.post(link, { name: "Nina Neu", password: "nina neu hier" })).status, 422);
  const done = await browser.post(link, { name: "Nina Neu", password: goodPassword });
  equal(done.headers.get("Location"), "/start");
  match(await text(await browser.get("/settings/team")), /Nina Neu/);
  equal((await browser.get("/settings")).status, 403);
  equal((await visitor(test).get(link)).status, 410);
  const again = await visitor(test).post("/login", { email, password: goodPassword });
  equal(again.status, 303);
});

Deno.test("the mail names who invites, and opening the link alone changes nothing", async () => {
  const { test, alice } = await cast();
  const email = newcomer();
  await alice.post("/settings/team/invitations", { email, role: "read_only" });
  const box = await mailbox();
  const [mail] = await box.collect(test, email);
  await box.close();
  equal(mail!.subject, "Einladung zu Nordlicht Handel");
  match(mail!.text!, /Alice Ahrens lädt Sie ein/);
  match(mail!.text!, /14 Tage/);
  for (let i = 0; i < 3; i++) {
    equal((await visitor(test).get(linkIn(mail!, "invitations"))).status, 200);
  }
});

Deno.test("a person who has an account signs in to accept, nobody else can", async () => {
  const { test, alice, charlie, bob } = await cast();
  await givePassword(charlie);
  const link = await invite(alice, charlie.email, "admin");
  match(await text(await visitor(test).get(link)), /gibt es schon einen Zugang/);
  equal((await bob.post(link)).status, 200);
  match(await text(await bob.get("/settings/team")), /Bob Brandt/);
  const browser = visitor(test);
  const next = `/login?next=${encodeURIComponent(link)}`;
  const credentials = { email: charlie.email, password: goodPassword };
  equal((await browser.post(next, credentials)).headers.get("Location"), link);
  match(await text(await browser.get(link)), /Sie sind als .* angemeldet/);
  equal((await browser.post(link)).headers.get("Location"), "/start");
  match(await text(await browser.get("/settings/team")), /Charlie Conrad.*Verwaltung/);
});

Deno.test("of twenty that accept at once one gets in", async () => {
  const { test, alice } = await cast();
  const email = newcomer();
  const link = await invite(alice, email);
  const answers = await Promise.all(
    Array.from(
      { length: 20 },
      () => visitor(test).post(link, { name: "Nina Neu", password: goodPassword }),
    ),
  );
  const locations = answers.map((answer) => answer.headers.get("Location"));
  equal(locations.filter((location) => location === "/start").length, 1);
  ok(answers.every((answer) => answer.status < 500));
  const rows = await test.db.owner`select from identities where email = ${email}`;
  equal(rows.length, 1);
});

Deno.test("a resent invitation replaces the first, a revoked one is gone", async () => {
  const { test, alice } = await cast();
  const email = newcomer();
  const first = await invite(alice, email);
  const id = async () => {
    const html = await (await alice.get("/settings/team")).text();
    return /\/settings\/team\/invitations\/([0-9a-f-]{36})\/revoke/.exec(html)![1]!;
  };
  equal((await alice.post(`/settings/team/invitations/${await id()}/resend`)).status, 303);
  const second = await newest(alice, email);
  equal((await visitor(test).get(first)).status, 410);
  equal((await visitor(test).get(second)).status, 200);
  equal((await alice.post(`/settings/team/invitations/${await id()}/revoke`)).status, 303);
  equal((await visitor(test).get(second)).status, 410);
});

Deno.test("another tenant's invitations can neither be seen nor touched", async () => {
  const { test, alice, charlie } = await cast();
  const email = newcomer();
  await invite(alice, email);
  const [row] = await test.db.owner`select id from tokens where email = ${email}`;
  ok(!(await (await charlie.get("/settings/team")).text()).includes(email));
  for (const action of ["resend", "revoke"]) {
    equal((await charlie.post(`/settings/team/invitations/${row!.id}/${action}`)).status, 404);
  }
  equal((await alice.post("/settings/team/invitations/not-an-id/revoke")).status, 404);
});

Deno.test("an invitation ends after fourteen days", async () => {
  const { test, alice } = await cast();
  const link = await invite(alice, newcomer());
  try {
    setOffset("P13DT23H");
    equal((await visitor(test).get(link)).status, 200);
    setOffset("P14D");
    equal((await visitor(test).get(link)).status, 410);
  } finally {
    setOffset(undefined);
  }
});

Deno.test("members are not invited again, who was shut out may be", async () => {
  const { test, alice, bob } = await cast();
  const again = await alice.post("/settings/team/invitations", { email: bob.email, role: "admin" });
  equal(again.status, 422);
  match(await text(again), /gehört schon dazu/);
  await alice.post(`/settings/team/${bob.userId}/deactivate`);
  await givePassword(bob);
  const link = await invite(alice, bob.email, "read_only");
  const browser = visitor(test);
  await browser.post("/login", { email: bob.email, password: goodPassword });
  equal((await browser.post(link)).status, 303);
  const rows = await test.db.owner`
    select role, deactivated_at
    from users
    where id = ${bob.userId}
  `;
  deepEqual({ ...rows[0] }, { role: "read_only", deactivatedAt: null });
});

Deno.test("a form with faults keeps what was typed", async () => {
  const { alice } = await cast();
  const answer = await alice.post("/settings/team/invitations", {
    email: "kein Postfach",
    role: "admin",
  });
  equal(answer.status, 422);
  const html = await answer.text();
  match(html, /value="kein Postfach"/);
  match(html, /value="admin" checked/);
  const odd = await alice.post("/settings/team/invitations", { email: newcomer(), role: "god" });
  equal(odd.status, 422);
});

Deno.test("an invitation of someone who has joined meanwhile is not sent again, and says why", async () => {
  const { test, alice, charlie } = await cast();
  await invite(alice, charlie.email);
  const [open] = await test.db.owner<{ id: string }[]>`
    select id
    from tokens
    where tenant_id = ${alice.tenantId}
      and email = ${charlie.email}
  `;
  await test.db.owner`
    insert into users (tenant_id, id, identity_id, role, created_at)
    values (${alice.tenantId}, ${newId()}, ${charlie.identityId}, 'member', now())
  `;
  const answer = await alice.post(`/settings/team/invitations/${open!.id}/resend`);
  equal(answer.status, 303);
  match(await text(await alice.get("/settings/team")), /gehört schon dazu/);
});

Deno.test("invitations end when their author loses the right to invite", async () => {
  const { test, alice, bob } = await cast();
  const change = (role: string) => alice.post(`/settings/team/${bob.userId}/role`, { role });
  const opens = async (link: string) => (await visitor(test).get(link)).status;
  await change("owner");
  const forOwner = await invite(bob, newcomer(), "owner");
  const forMember = await invite(bob, newcomer(), "member");
  const ofAlice = await invite(alice, newcomer(), "owner");
  await change("admin");
  deepEqual(await Promise.all([forOwner, forMember, ofAlice].map(opens)), [410, 200, 200]);
  await change("member");
  equal(await opens(forMember), 410);
  await change("admin");
  const last = await invite(bob, newcomer(), "read_only");
  await alice.post(`/settings/team/${bob.userId}/deactivate`);
  deepEqual(await Promise.all([last, ofAlice].map(opens)), [410, 200]);
});

Deno.test("a user who was shut out cannot return by an earlier invitation", async () => {
  const { test, alice, bob } = await cast();
  await givePassword(bob);
  const email = newcomer();
  const link = await invite(alice, email, "admin");
  // Meanwhile the address becomes Bob's: his log-in moves to the address, or a provider names him.
  await test.db.owner`update identities set email = ${email} where id = ${bob.identityId}`;
  equal((await alice.post(`/settings/team/${bob.userId}/deactivate`)).status, 303);
  const browser = visitor(test);
  await browser.post("/login", { email, password: goodPassword });
  equal((await browser.post(link)).status, 410);
  const [row] = await test.db.owner`
    select deactivated_at, role from users where id = ${bob.userId}
  `;
  ok(row!.deactivatedAt);
  equal(row!.role, "member");
  // A new invitation, made knowingly, works again.
  equal((await browser.post(await invite(alice, email))).headers.get("Location"), "/start");
});

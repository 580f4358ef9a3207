/** Roles and rights in a tenant: who may change which users, and that an owner always stays. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { newId } from "../db/ids.ts";
import * as users from "../db/users.ts";
import { isBlocked } from "./support/blocking.ts";
import { type Cast, cast, type Person, person } from "./support/cast.ts";
import { text } from "./support/html.ts";

const roleOf = async ({ test }: Cast, { userId }: Person) => {
  const [row] = await test.db.owner`select role from users where id = ${userId}`;
  return row!.role;
};
const role = (actor: Person, target: Person, role: string) =>
  actor.post(`/settings/team/${target.userId}/role`, { role });
const shut = (actor: Person, target: Person) =>
  actor.post(`/settings/team/${target.userId}/deactivate`);

Deno.test("everyone sees the team, only admins see what changes it", async () => {
  const { alice, vera, charlie } = await cast();
  const all = await text(await alice.get("/settings/team"));
  match(all, /Alice Ahrens.*Bob Brandt.*Vera Vogt/);
  match(all, /Person einladen/);
  const seen = await text(await vera.get("/settings/team"));
  match(seen, /Bob Brandt/);
  ok(!/Person einladen|Sperren/.test(seen));
  ok(!/Alice Ahrens/.test(await text(await charlie.get("/settings/team"))));
});

Deno.test("an owner changes roles, and the history says from what to what", async () => {
  const all = await cast();
  const { alice, bob, test } = all;
  equal((await role(alice, bob, "admin")).status, 303);
  equal(await roleOf(all, bob), "admin");
  const [entry] = await test.db.owner`
    select action, fields, actor_id
    from changes
    where record_kind = 'user'
      and record_id = ${bob.userId}
  `;
  deepEqual({ ...entry }, {
    action: "updated",
    fields: [{ name: "role", from: "member", to: "admin" }],
    actorId: alice.userId,
  });
  match(await text(await alice.get("/settings/team")), /Die Rolle ist geändert/);
});

Deno.test("a changed role counts at the next request", async () => {
  const { alice, bob } = await cast();
  equal((await bob.get("/settings")).status, 403);
  await role(alice, bob, "admin");
  equal((await bob.get("/settings")).status, 200);
  await role(alice, bob, "read_only");
  equal((await bob.get("/settings")).status, 403);
});

Deno.test("members and readers change nobody", async () => {
  const all = await cast();
  for (const actor of [all.bob, all.vera]) {
    equal((await role(actor, all.vera, "admin")).status, 403);
    equal((await shut(actor, all.alice)).status, 403);
    equal((await actor.post("/settings/team/invitations", {})).status, 403);
  }
});

Deno.test("admins manage all but owners, and make none", async () => {
  const all = await cast();
  const { alice, vera } = all;
  const ada = await person(all.test, alice.tenantId, "Ada Adler", "admin");
  equal((await role(ada, vera, "member")).status, 303);
  equal((await role(ada, vera, "owner")).status, 403);
  equal((await role(ada, ada, "owner")).status, 403);
  equal((await role(ada, alice, "member")).status, 403);
  equal((await shut(ada, alice)).status, 403);
  const email = "neu@example.org";
  const invited = await ada.post("/settings/team/invitations", { email, role: "owner" });
  equal(invited.status, 403);
  deepEqual([await roleOf(all, vera), await roleOf(all, alice)], ["member", "owner"]);
});

Deno.test("the last owner cannot go, and of two that go at once one stays", async () => {
  const all = await cast();
  const { alice, test } = all;
  await role(alice, alice, "member");
  await shut(alice, alice);
  equal(await roleOf(all, alice), "owner");
  match(await text(await alice.get("/settings/team")), /Mindestens eine Person/);

  const olga = await person(test, alice.tenantId, "Olga Owner", "owner");
  await Promise.all([role(alice, alice, "member"), shut(olga, olga)]);
  const [left] = await test.db.owner`
    select count(*)::int as n
    from users
    where tenant_id = ${alice.tenantId}
      and role = 'owner'
      and deactivated_at is null
  `;
  equal(left!.n, 1);
});

Deno.test("a user who is shut out loses access at once, and may be let in again", async () => {
  const { alice, bob } = await cast();
  equal((await shut(alice, bob)).status, 303);
  match((await bob.get("/settings/team")).headers.get("Location")!, /^\/login/);
  match(await text(await alice.get("/settings/team")), /gesperrt/);
  await alice.post(`/settings/team/${bob.userId}/reactivate`);
  ok(!/gesperrt(?!,)/.test(await text(await alice.get("/settings/team"))));
});

Deno.test("people of another tenant cannot be found", async () => {
  const all = await cast();
  const { alice, charlie } = all;
  for (const action of ["role", "deactivate", "reactivate"]) {
    const path = `/settings/team/${alice.userId}/${action}`;
    equal((await charlie.post(path, { role: "member" })).status, 404, action);
  }
  equal((await role(charlie, { userId: newId() } as Person, "member")).status, 404);
  equal(await roleOf(all, alice), "owner");
});

Deno.test("a role that does not exist is refused", async () => {
  const { alice, bob } = await cast();
  equal((await role(alice, bob, "god")).status, 400);
  equal((await alice.post(`/settings/team/${bob.userId}/role`)).status, 400);
});

Deno.test("a large team comes a page at a time", async () => {
  const { test, alice } = await cast();
  await test.db.owner`
    insert into identities (id, email, name, created_at)
    select gen_random_uuid(), 'p' || n || ${alice.tenantId} || '@example.org', 'Person ' || lpad(n::text, 3, '0'), now()
    from generate_series(1, 60) n
  `;
  await test.db.owner`
    insert into users (tenant_id, id, identity_id, role, created_at)
    select ${alice.tenantId}, gen_random_uuid(), id, 'member', now()
    from identities
    where email like ${`p%${alice.tenantId}@example.org`}
  `;
  const first = await (await alice.get("/settings/team")).text();
  match(first, /Person 047/);
  ok(!/Person 060/.test(first));
  const next = /href="(\/settings\/team\?after=[^"]+)"/.exec(first)![1]!;
  const second = await text(await alice.get(next));
  match(second, /Person 060/);
  ok(!/Person 001/.test(second));
});

Deno.test("admins name the tenant and set the days in the trash, from 1 to 30", async () => {
  const { test, alice, bob } = await cast();
  const save = (trashDays: string, name = "Nordlicht neu") =>
    alice.post("/settings", { name, trashDays });
  for (const days of ["0", "31", "", "7.5", "-1", "sieben", "99999999999"]) {
    equal((await save(days)).status, 422, days);
  }
  equal((await save("7", "")).status, 422);
  equal((await save("30")).status, 303);
  const rows = await test.db.owner`
    select name, trash_days
    from tenants
    where id = ${alice.tenantId}
  `;
  deepEqual({ ...rows[0] }, { name: "Nordlicht neu", trashDays: 30 });
  equal((await bob.post("/settings", { name: "Bobs", trashDays: "1" })).status, 403);
  const [other] = await test.db.owner`
    select count(*)::int as n
    from tenants
    where name = 'Nordlicht neu'
  `;
  equal(other!.n, 1);
});

Deno.test("more invitations at once than there are connections all get their answer", async () => {
  const { alice } = await cast();
  const answers = await Promise.all(
    Array.from({ length: 30 }, (_, index) =>
      alice.post("/settings/team/invitations", {
        email: `many-${index}@firma.example`,
        role: "member",
      })),
  );
  deepEqual(answers.map(({ status }) => status), Array(30).fill(303));
});

Deno.test("two owners who leave at once take turns, however far each has come", async () => {
  const { alice, bob, test } = await cast();
  await test.db.owner`update users set role = 'owner' where id = ${bob.userId}`;
  const leave = (id: string) =>
    alice.scope((scope) => users.deactivate(scope, id, "owner")).then(() => "left")
      .catch((error) => error.code as string);
  let left: Promise<string>[] = [];
  await alice.scope(async (scope) => {
    await users.find(scope, alice.userId);
    left = [leave(alice.userId)];
    await isBlocked(test.db.owner, scope.sql);
    left.push(leave(bob.userId));
    await new Promise((done) => setTimeout(done, 200));
  });
  deepEqual(await Promise.all(left), ["left", "team.last_owner"]);
});

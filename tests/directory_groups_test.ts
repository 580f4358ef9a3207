/** Groups of a directory by SCIM, as Entra ID and Okta send them: they are the tenant's teams. */
import { deepEqual, equal, match } from "node:assert/strict";
import { newId } from "../db/ids.ts";
import { errors } from "./support/app.ts";
import { cast, type Person } from "./support/cast.ts";
import { type Directory, directory, patchOp, refused } from "./support/directories.ts";
import { text } from "./support/html.ts";

const groupSchema = "urn:ietf:params:scim:schemas:core:2.0:Group";

const make = (here: Directory, displayName: string, ...people: Person[]) =>
  here.ask("POST", "/Groups", {
    schemas: [groupSchema],
    externalId: "8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159",
    displayName,
    members: people.map(({ userId }) => ({ value: userId, display: "x" })),
  });

const patch = async (here: Directory, id: string, ...Operations: unknown[]) =>
  (await here.ask("PATCH", `/Groups/${id}`, { schemas: [patchOp], Operations })).status;

const membersOf = async (here: Directory, id: string): Promise<string[]> =>
  (await here.ask("GET", `/Groups/${id}`)).body.members
    .map((each: { value: string }) => each.value).sort();

const ids = (...people: Person[]) => people.map(({ userId }) => userId).sort();

Deno.test("Entra ID looks for a group, makes it, fills, renames, empties and deletes it", async () => {
  const { alice, bob, vera } = await cast();
  const here = await directory(alice);
  const find = (name: string) =>
    here.ask(
      "GET",
      `/Groups?excludedAttributes=members&filter=${encodeURIComponent(`displayName eq "${name}"`)}`,
    );
  const none = await find("Vertrieb");
  deepEqual([none.status, none.body.totalResults, none.body.Resources], [200, 0, []]);
  const made = await make(here, "Vertrieb");
  equal(made.status, 201);
  equal(made.headers.get("Location"), made.body.meta.location);
  const { id } = made.body;
  const found = (await find("VERTRIEB")).body.Resources;
  deepEqual(found.map((each: object) => Object.keys(each).includes("members")), [false]);
  const add = (...people: Person[]) => ({
    op: "Add",
    path: "members",
    value: people.map(({ userId }) => ({ "$ref": null, value: userId })),
  });
  equal(await patch(here, id, add(bob), add(vera)), 204);
  equal(await patch(here, id, add(bob)), 204);
  deepEqual(await membersOf(here, id), ids(bob, vera));
  match(await text(await alice.get("/settings/teams")), /Vertrieb/);
  equal(
    await patch(here, id, { op: "Remove", path: "members", value: [{ value: bob.userId }] }),
    204,
  );
  deepEqual(await membersOf(here, id), ids(vera));
  equal(await patch(here, id, { op: "Replace", path: "displayName", value: "Verkauf" }), 204);
  equal(await patch(here, id, { op: "Add", path: "externalId", value: "x" }), 204);
  equal((await here.ask("GET", `/Groups/${id}`)).body.displayName, "Verkauf");
  equal((await here.ask("DELETE", `/Groups/${id}`)).status, 204);
  refused(await here.ask("GET", `/Groups/${id}`), 404);
});

Deno.test("Okta pushes a group, by objects, filters in paths and whole lists", async () => {
  const { alice, bob, vera } = await cast();
  const here = await directory(alice);
  const { id } = (await make(here, "Support", bob)).body;
  deepEqual(await membersOf(here, id), ids(bob));
  equal(await patch(here, id, { op: "replace", value: { id, displayName: "Hilfe" } }), 204);
  const one = { op: "remove", path: `members[value eq "${bob.userId}"]` };
  equal(
    await patch(here, id, one, { op: "add", path: "members", value: [{ value: vera.userId }] }),
    204,
  );
  deepEqual(await membersOf(here, id), ids(vera));
  const all = [bob, alice].map(({ userId }) => ({ value: userId }));
  equal(await patch(here, id, { op: "replace", path: "members", value: all }), 204);
  deepEqual(await membersOf(here, id), ids(alice, bob));
  equal(await patch(here, id, { op: "remove", path: "members" }), 204);
  deepEqual(await membersOf(here, id), []);
  const put = await here.ask("PUT", `/Groups/${id}`, {
    schemas: [groupSchema],
    displayName: "Hilfe",
    members: [{ value: bob.userId }],
  });
  deepEqual([put.status, put.body.members.length], [200, 1]);
  const page = (await here.ask("GET", "/Groups?startIndex=1&count=100")).body;
  deepEqual([page.totalResults, page.Resources[0].displayName], [1, "Hilfe"]);
  equal((await here.ask("GET", "/ResourceTypes")).body.totalResults, 2);
  equal((await here.ask("GET", `/Schemas/${groupSchema}`)).body.id, groupSchema);
});

Deno.test("groups stay in their tenant, and what makes no sense is refused", async () => {
  const { alice, bob, charlie, test } = await cast();
  const [here, there] = [await directory(alice), await directory(charlie)];
  const { id } = (await make(here, "Vertrieb", bob)).body;
  for (
    const [method, body] of [["GET"], ["DELETE"], ["PATCH", { op: "remove", path: "members" }]]
  ) {
    const sent = body && { schemas: [patchOp], Operations: [body] };
    refused(await there.ask(method as string, `/Groups/${id}`, sent), 404);
  }
  equal((await there.ask("GET", "/Groups")).body.totalResults, 0);
  refused(await make(there, "Fremd", bob), 400, "invalidValue");
  equal((await there.ask("GET", "/Groups")).body.totalResults, 0);
  refused(await make(here, "VERTRIEB"), 409, "uniqueness");
  errors.length = 0;
  const bad: [operation: unknown, kind: string][] = [
    [{ op: "add", path: "members", value: [{ value: "x" }] }, "invalidValue"],
    [{ op: "add", path: "members", value: "x" }, "invalidValue"],
    [{ op: "add", path: "members" }, "invalidValue"],
    [{ op: "add", path: "members", value: [{ value: newId() }] }, "invalidValue"],
    [{ op: "replace", path: "displayName", value: "" }, "invalidValue"],
    [{ op: "replace", path: "displayName", value: { a: 1 } }, "invalidValue"],
    [{ op: "replace", path: "displayName", value: "x".repeat(101) }, "invalidValue"],
    [{ op: "remove", path: 'members[type eq "a"]' }, "invalidPath"],
    [{ op: "remove" }, "invalidPath"],
    [
      { op: "add", path: "members", value: Array(1_001).fill({ value: bob.userId }) },
      "invalidValue",
    ],
  ];
  for (const [operation, kind] of bad) {
    const body = { schemas: [patchOp], Operations: [operation] };
    refused(await here.ask("PATCH", `/Groups/${id}`, body), 400, kind);
  }
  refused(await here.ask("GET", '/Groups?filter=members eq "x"'), 400, "invalidFilter");
  deepEqual(await membersOf(here, id), ids(bob));
  deepEqual(errors, []);
  // Teams widen what people see: that takes an owner behind the token.
  await test.db.owner`update users set role = 'owner' where id = ${bob.userId}`;
  await test.db.owner`update users set role = 'admin' where id = ${alice.userId}`;
  refused(await make(here, "Neu"), 403);
  refused(await here.ask("DELETE", `/Groups/${id}`), 403);
  equal((await here.ask("GET", `/Groups/${id}`)).status, 200);
});

Deno.test("a request that meets a conflict is to be sent again, and is not reported as a duplicate", async () => {
  const { alice, test: { db: { owner } } } = await cast();
  const here = await directory(alice);
  await owner.unsafe(`
    create function collide() returns trigger language plpgsql as $$
    begin
      raise exception 'collided' using errcode = '40P01';
    end $$;
    create trigger collide before insert on teams for each row execute function collide();
  `);
  const met = await make(here, "Zugleich");
  await owner.unsafe("drop trigger collide on teams; drop function collide();");
  deepEqual([met.status, met.headers.get("Retry-After")], [503, "1"]);
  equal(errors.splice(0).length, 1);
  equal((await make(here, "Zugleich")).status, 201);
});

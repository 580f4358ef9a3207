/** Pipelines, stages and lost reasons in the settings: admins set them up. */
import { deepEqual, equal, ok } from "node:assert/strict";
import * as lostReasons from "../db/lost_reasons.ts";
import * as pipelines from "../db/pipelines.ts";
import { newId } from "../db/ids.ts";
import { cast, type Person } from "./support/cast.ts";
import { moveDeal, newDeal, postDeal, stagesOf } from "./support/deals.ts";
import { decode, idOf, text, values } from "./support/html.ts";

const base = "/settings/pipelines";

/** A second pipeline; its id. */
async function second(alice: Person, name = "Bestandskunden"): Promise<string> {
  await alice.get("/deals/board");
  return idOf(await alice.post(`${base}/new`, { name }));
}

const names = async (person: Person, id: string) => {
  const { stages } = await person.scope((scope) => pipelines.find(scope, id));
  return stages.map(({ name }) => name);
};

Deno.test("a second pipeline begins with the usual stages and gets a board of its own", async () => {
  const { alice, bob } = await cast();
  const id = await second(alice);
  const html = await (await bob.get("/deals/board")).text();
  ok(html.includes(`href="/deals/board?pipeline=${id}"`));
  const board = await text(await bob.get(`/deals/board?pipeline=${id}`));
  ok(board.includes("Bestandskunden") && board.includes("Verhandlung"));
  const form = await (await bob.get(`/deals/new?pipeline=${id}`)).text();
  ok(decode(form).includes("Bestandskunden: Anfrage"));
});

Deno.test("a name is required and unique; the form sent twice makes one pipeline", async () => {
  const { alice } = await cast();
  await second(alice);
  const empty = await alice.post(`${base}/new`, { name: " " });
  equal(empty.status, 422);
  const taken = await alice.post(`${base}/new`, { name: "bestandskunden" });
  equal(taken.status, 422);
  const html = await taken.text();
  ok(html.includes("Das gibt es schon."));
  deepEqual(values(html, "name"), ["bestandskunden"]);
  const id = newId();
  await alice.post(`${base}/new`, { id, name: "Messe" });
  await alice.post(`${base}/new`, { id, name: "Messe" });
  equal((await alice.scope(pipelines.list)).length, 3);
});

Deno.test("stages are added, changed, put in order; won and lost have their own probability", async () => {
  const { alice } = await cast();
  const id = await second(alice);
  const add = (fields: Record<string, string>) => alice.post(`${base}/${id}/stages/new`, fields);
  const stage = { name: "Muster", kind: "open", colour: "teal" };
  equal((await add({ ...stage, probability: "35", rottingDays: "5" })).status, 303);
  await add({ name: "Storniert", kind: "lost", colour: "grey", probability: "50" });
  deepEqual((await names(alice, id)).slice(4), ["Muster", "Gewonnen", "Verloren", "Storniert"]);
  const { stages } = await alice.scope((scope) => pipelines.find(scope, id));
  deepEqual(stages.map(({ probability }) => probability), [10, 25, 50, 75, 35, 100, 0, 0]);
  const muster = stages[4]!;
  deepEqual([muster.rottingDays, muster.colour], [5, "teal"]);
  await alice.post(`/settings/stages/${muster.id}/position`, { way: "back" });
  deepEqual((await names(alice, id)).slice(3, 5), ["Muster", "Verhandlung"]);
  await alice.post(`/settings/stages/${stages[5]!.id}/position`, { way: "back" });
  equal((await names(alice, id))[5], "Gewonnen");
  await alice.post(`/settings/stages/${muster.id}`, {
    name: "Muster verschickt",
    probability: "40",
    rottingDays: "",
    colour: "red",
  });
  const changed = (await alice.scope((scope) => pipelines.find(scope, id))).stages[3]!;
  deepEqual({ ...changed }, {
    ...muster,
    name: "Muster verschickt",
    probability: 40,
    rottingDays: null,
    colour: "red",
  });
});

Deno.test("faults of a stage are shown beside its fields", async () => {
  const { alice } = await cast();
  const id = await second(alice);
  const wrong: [Record<string, string>, string][] = [
    [{ name: "" }, "Diese Angabe fehlt."],
    [{ name: "anfrage" }, "Das gibt es schon."],
    [{ probability: "101" }, "Höchstens 100."],
    [{ probability: "halb" }, "Geben Sie eine ganze Zahl ein."],
    [{ rottingDays: "0" }, "Mindestens 1."],
    [{ rottingDays: "366" }, "Höchstens 365."],
    [{ colour: "pink" }, "Wählen Sie einen der angebotenen Werte."],
    [{ kind: "gone" }, "Wählen Sie einen der angebotenen Werte."],
  ];
  for (const [fields, words] of wrong) {
    const answer = await alice.post(`${base}/${id}/stages/new`, {
      name: "Neu",
      kind: "open",
      probability: "50",
      rottingDays: "7",
      colour: "blue",
      ...fields,
    });
    equal(answer.status, 422, words);
    ok((await text(answer)).includes(words), words);
  }
  equal((await names(alice, id)).length, 6);
});

Deno.test("a stage with deals, also in the trash, and the last of its kind stay", async () => {
  const { alice } = await cast();
  const { Angebot, Gewonnen, Verhandlung } = await stagesOf(alice);
  const id = await newDeal(alice, { stageId: Angebot!.id });
  const remove = (stage: string) => alice.post(`/settings/stages/${stage}/deletion`);
  const refused = await remove(Angebot!.id);
  equal(refused.status, 422);
  ok((await text(refused)).includes("In dieser Stufe sind noch Deals"));
  await alice.post(`/deals/${id}/deletion`);
  equal((await remove(Angebot!.id)).status, 422);
  const last = await remove(Gewonnen!.id);
  ok((await text(last)).includes("Eine Stufe dieser Art muss bleiben."));
  const again = await alice.get(`/settings/stages/${Gewonnen!.id}/deletion`);
  equal(again.headers.get("Location"), `/settings/stages/${Gewonnen!.id}`);
  equal((await remove(Verhandlung!.id)).status, 303);
  equal((await text(await alice.get("/deals/board"))).includes("Verhandlung"), false);
  equal((await alice.get(`/settings/stages/${Verhandlung!.id}`)).status, 404);
});

Deno.test("a removed stage takes no deal any more, and histories still name it", async () => {
  const { alice } = await cast();
  const { Anfrage, Angebot, Verhandlung } = await stagesOf(alice);
  const id = await newDeal(alice, { stageId: Angebot!.id });
  await moveDeal(alice, id, Verhandlung!);
  await alice.post(`/settings/stages/${Angebot!.id}/deletion`);
  const answer = await moveDeal(alice, id, Angebot!, 2);
  equal(answer.status, 422);
  ok((await text(answer)).includes("Diese Stufe gibt es nicht mehr."));
  equal((await postDeal(alice, { stageId: Angebot!.id })).status, 422);
  const page = await text(await alice.get(`/deals/${id}`));
  ok(/Weg durch die Stufen.*Verhandlung.*Angebot/.test(page), page);
  equal((await moveDeal(alice, id, Anfrage!, 2)).status, 303);
});

Deno.test("of removing a stage and moving a deal into it at once, one wins and nothing is left between", async () => {
  const { alice, bob } = await cast();
  for (let round = 0; round < 4; round++) {
    const id = await second(alice, `Pipeline ${round}`);
    const { stages } = await alice.scope((scope) => pipelines.find(scope, id));
    const deal = await newDeal(bob, { stageId: stages[0]!.id });
    await Promise.all([
      alice.post(`/settings/stages/${stages[1]!.id}/deletion`),
      moveDeal(bob, deal, stages[1]!),
    ]);
    const [row] = await alice.test.db.owner`
      select s.removed_at
      from deals d
      join stages s on s.tenant_id = d.tenant_id and s.id = d.stage_id
      where d.id = ${deal}
    `;
    equal(row!.removedAt, null);
  }
});

Deno.test("a pipeline goes when no deal is in it, and the last one stays", async () => {
  const { alice } = await cast();
  const id = await second(alice);
  const { stages } = await alice.scope((scope) => pipelines.find(scope, id));
  const deal = await newDeal(alice, { stageId: stages[0]!.id });
  const refused = await alice.post(`${base}/${id}/deletion`);
  equal(refused.status, 422);
  ok((await text(refused)).includes("In dieser Pipeline sind noch Deals"));
  const { Anfrage } = await stagesOf(alice);
  await moveDeal(alice, deal, Anfrage!);
  equal((await alice.post(`${base}/${id}/deletion`)).status, 303);
  equal((await alice.get(`${base}/${id}`)).status, 404);
  const way = await text(await alice.get(`/deals/${deal}`));
  ok(way.includes("Vertrieb: Anfrage"), way);
  const last = await alice.post(`${base}/${Anfrage!.pipelineId}/deletion`);
  ok((await text(last)).includes("Eine Pipeline muss bleiben."));
});

Deno.test("lost reasons are added, renamed and taken out of use; deals keep theirs", async () => {
  const { alice } = await cast();
  const { Verloren } = await stagesOf(alice);
  const to = "/settings/lost-reasons";
  equal((await alice.post(to, { name: "Lieferzeit" })).status, 303);
  const taken = await alice.post(to, { name: "lieferzeit" });
  equal(taken.status, 422);
  deepEqual(values(await taken.text(), "name"), ["lieferzeit"]);
  const [reason] = await alice.test.db.owner<{ id: string }[]>`
    select id
    from lost_reasons
    where tenant_id = ${alice.tenantId}
      and name = 'Lieferzeit'
  `;
  const id = reason!.id;
  const deal = await newDeal(alice, { stageId: Verloren!.id, lostReasonId: id });
  await alice.post(`${to}/${id}`, { [`names.${id.replaceAll("-", "")}`]: "Zu späte Lieferung" });
  equal((await alice.post(`${to}/${id}/deletion`)).status, 303);
  ok((await text(await alice.get(`/deals/${deal}`))).includes("Verlustgrund Zu späte Lieferung"));
  equal((await text(await alice.get(to))).includes("Zu späte"), false);
  const edit = await (await alice.get(`/deals/${deal}/edit`)).text();
  ok(edit.includes(`value="${id}"`));
  const kept = await alice.post(`/deals/${deal}/edit`, {
    title: "Umbenannt",
    version: "1",
    stageId: Verloren!.id,
    lostReasonId: id,
  });
  equal(kept.status, 303);
  equal((await postDeal(alice, { stageId: Verloren!.id, lostReasonId: id })).status, 422);
});

Deno.test("renaming a lost reason that was renamed meanwhile shows a message", async () => {
  const { alice } = await cast();
  const to = "/settings/lost-reasons";
  await alice.post(to, { name: "Lieferzeit" });
  const reasons = await alice.scope(lostReasons.list);
  const { id } = reasons.find(({ name }) => name === "Lieferzeit")!;
  const page = await (await alice.get(to)).text();
  const [seen = ""] = values(page.slice(page.indexOf(`action="${to}/${id}"`)), "_seen");
  const rename = (name: string) =>
    alice.post(`${to}/${id}`, { [`names.${id.replaceAll("-", "")}`]: name, _seen: seen });
  equal((await rename("Zu spät")).status, 303);
  const refused = await rename("Zu langsam");
  equal(refused.status, 422);
  ok((await text(refused)).includes("Zu spät"));
  equal((await alice.get(`${to}/${id}`)).headers.get("Location"), to);
  equal((await alice.scope((scope) => lostReasons.find(scope, id))).name, "Zu spät");
});

Deno.test("members set nothing up, and another tenant's stages are not found", async () => {
  const { alice, bob, charlie } = await cast();
  const id = await second(alice);
  const { stages } = await alice.scope((scope) => pipelines.find(scope, id));
  equal((await bob.get(base)).status, 403);
  equal((await bob.post(`/settings/stages/${stages[0]!.id}/deletion`)).status, 403);
  equal((await text(await bob.get("/settings/team"))).includes("Pipelines"), false);
  equal((await charlie.get(`${base}/${id}`)).status, 404);
  equal((await charlie.post(`/settings/stages/${stages[0]!.id}`, { name: "x" })).status, 404);
  equal((await postDeal(charlie, { stageId: stages[0]!.id })).status, 422);
});

Deno.test("of two who take the last two of a kind away at once, one is refused; nor is a name given twice", async () => {
  const { alice, bob, test } = await cast();
  await test.db.owner`update users set role = 'admin' where id = ${bob.userId}`;
  const id = await second(alice);
  const add = (person: Person, name: string, kind = "open") =>
    person.post(`${base}/${id}/stages/new`, { name, kind, colour: "blue", probability: "10" });
  await add(alice, "Auch gewonnen", "won");
  const won = (await alice.scope((scope) => pipelines.find(scope, id))).stages
    .filter(({ kind }) => kind === "won");
  equal(won.length, 2);
  const answers = await Promise.all(
    [alice, bob].map((person, at) => person.post(`/settings/stages/${won[at]!.id}/deletion`)),
  );
  deepEqual(answers.map(({ status }) => status).sort(), [303, 422]);
  const named = await Promise.all([alice, bob].map((person) => add(person, "Doppelt")));
  deepEqual(named.map(({ status }) => status).sort(), [303, 422]);
  equal((await names(alice, id)).filter((name) => name === "Doppelt").length, 1);
  const all = await alice.scope(pipelines.list);
  equal(all.length, 2);
  const removed = await Promise.all(
    [alice, bob].map((person, at) => person.post(`${base}/${all[at]!.id}/deletion`)),
  );
  deepEqual(removed.map(({ status }) => status).sort(), [303, 422]);
  equal((await alice.scope(pipelines.list)).length, 1);
});

Deno.test("what is added comes last, also after earlier ones were removed", async () => {
  const { alice } = await cast();
  await alice.scope(pipelines.list);
  for (const name of ["A", "B", "C"]) await alice.scope((s) => lostReasons.create(s, name));
  const reasons = await alice.scope(lostReasons.list);
  for (const { id, name } of reasons) {
    if (!["B", "C"].includes(name)) await alice.scope((s) => lostReasons.remove(s, id));
  }
  await alice.scope((scope) => lostReasons.create(scope, "Z"));
  deepEqual((await alice.scope(lostReasons.list)).map(({ name }) => name), ["B", "C", "Z"]);
  for (const name of ["P", "Q", "R"]) await second(alice, name);
  const [first, next] = await alice.scope(pipelines.list);
  for (const each of [first, next!]) await alice.scope((s) => pipelines.remove(s, each.id));
  await second(alice, "Y");
  deepEqual((await alice.scope(pipelines.list)).map(({ name }) => name), ["Q", "R", "Y"]);
});

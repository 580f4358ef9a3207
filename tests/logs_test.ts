/** The operator's log files: no period beyond the policy, extracts with a reason and an end. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { createHash } from "node:crypto";
import { gunzipSync, gzipSync } from "node:zlib";
import { setOffset, today } from "../db/clock.ts";
import { newId } from "../db/ids.ts";
import * as freezes from "../db/log_freezes.ts";
import { enqueue } from "../db/jobs.ts";
import { longest } from "../db/log_files.ts";
import * as periods from "../db/log_periods.ts";
import { audited } from "./support/app.ts";
import { cast } from "./support/cast.ts";
import { text } from "./support/html.ts";
import { givePassword, goodPassword } from "./support/passwords.ts";
import { drain } from "./support/worker.ts";

Deno.test("periods beyond the policy are refused with the clause named, shorter ones apply", async () => {
  const { alice, test } = await cast();
  await test.db.owner`update identities set operator = true where id = ${alice.identityId}`;
  const sound = { addresses: "7", access: "90", app: "90", audit: "365", jobs: "30", mail: "30" };
  for (
    const [name, value, clause] of [
      ["addresses", "8", "3.1"],
      ["access", "91", "3.1"],
      ["app", "365", "5.1"],
      ["app", "viele", "5.1"],
      ["audit", "366", "5.1"],
      ["jobs", "31", "5.1"],
      ["mail", "31", "5.1"],
    ]
  ) {
    const refused = await alice.post("/operator/logs", { ...sound, [name!]: value });
    equal(refused.status, 422);
    const page = await refused.text();
    ok(page.includes(`Ziffer ${clause} der Datenschutzerklärung`), name);
    ok(page.includes(`value="${value}"`), "nothing typed is lost");
  }
  deepEqual(await periods.find(test.db.app), longest);
  equal(
    (await alice.post("/operator/logs", { ...sound, addresses: "3", mail: "14" })).status,
    303,
  );
  deepEqual(await periods.find(test.db.app), { ...longest, addresses: 3, mail: 14 });
});

Deno.test("sign-ins and changes by operators are written to a separate log, without names", async () => {
  const { alice, test, visitor } = await cast();
  const { identityId, tenantId, email } = alice;
  const password = goodPassword;
  await givePassword(alice);
  await test.db.owner`update identities set operator = true where id = ${identityId}`;
  audited.length = 0;
  await visitor.post("/login", { email, password: "falsch" });
  await alice.post("/operator/logs", { addresses: "8" });
  await alice.get("/operator/logs");
  equal((await alice.send("/operator/logs", { method: "HEAD" })).status, 200);
  await alice.post("/logout");
  await visitor.post("/login", { email, password });
  const act = { method: "POST", route: "/operator/logs", status: 422, identityId };
  deepEqual(audited, [
    { event: "sign-in refused", identityId },
    { event: "operator's act", ...act },
    { event: "signed out", identityId, tenantId },
    { event: "signed in", identityId, tenantId },
  ]);
});

Deno.test("an incident's extract is copied with its checksum, and goes at its end", async () => {
  const { alice, bob, test } = await cast();
  await test.db.owner`update identities set operator = true where id = ${alice.identityId}`;
  const dataDir = await Deno.makeTempDir({ prefix: "kompaktcrm-freeze-" });
  await Deno.mkdir(`${dataDir}/logs`);
  const line = (n: number) => `{"n":${n},"ip":"203.0.113.${n}"}\n`;
  const day = today("UTC");
  await Deno.writeTextFile(`${dataDir}/logs/access-${day}.jsonl`, line(1));
  await Deno.writeTextFile(`${dataDir}/logs/access-${day}.2.jsonl`, line(2));
  // Files are named by UTC, people's days are in the installation's time zone.
  const until = (days: number) => Temporal.PlainDate.from(today()).add({ days }).toString();
  const extract = { id: newId(), reason: "Vorfall 1", fromOn: day, toOn: day, untilOn: until(30) };
  equal((await bob.post("/operator/logs/freezes", extract)).status, 403);
  for (
    const wrong of [
      { untilOn: until(91) },
      { untilOn: until(0) },
      { fromOn: until(2), untilOn: until(30) },
      { reason: "" },
      { toOn: "morgen" },
    ]
  ) equal((await alice.post("/operator/logs/freezes", { ...extract, ...wrong })).status, 422);
  for (let i = 0; i < 2; i++) {
    equal((await alice.post("/operator/logs/freezes", extract)).status, 303);
  }
  await drain(test, { dataDir });
  const path = `${dataDir}/logs/frozen/${extract.id}.jsonl.gz`;
  equal(gunzipSync(Deno.readFileSync(path)).toString(), line(1) + line(2));
  match(await text(await alice.get("/operator/logs")), /Vorfall 1 .* gesichert 2/);
  const noted = async () => {
    const [found] = await freezes.list(test.db.app);
    return { lines: found!.lineCount, sha256: found!.sha256 };
  };
  const sum = () => createHash("sha256").update(Deno.readFileSync(path)).digest("hex");
  deepEqual(await noted(), { lines: 2, sha256: sum() });
  // Nothing stays of a customer whose contract ended, not for an incident either (clause 5.2).
  const gone = alice.tenantId;
  Deno.writeFileSync(path, gzipSync(`${line(1)}{"tenantId":"${gone}"}\n${line(2)}`));
  equal(await freezes.strip(test.db.owner, dataDir, gone), 1);
  equal(await freezes.strip(test.db.owner, dataDir, gone), 0);
  equal(gunzipSync(Deno.readFileSync(path)).toString(), line(1) + line(2));
  deepEqual(await noted(), { lines: 2, sha256: sum() });
  // Its lines stay whole beyond the seven days, and not a day beyond its end.
  for (const [offset, there] of [["P10D", true], ["P30D", false]] as const) {
    setOffset(offset);
    await enqueue(test.db.app, "rotate_logs", null, {});
    await drain(test, { dataDir });
    equal(await Deno.stat(path).then(() => true, () => false), there, offset);
  }
  const short = gunzipSync(Deno.readFileSync(`${dataDir}/logs/access-${day}.short.jsonl.gz`));
  equal(short.toString(), '{"n":1,"ip":"203.0.113.0"}\n');
  setOffset(undefined);
  match(await text(await alice.get("/operator/logs")), /Vorfall 1 .* gelöscht/);
  await Deno.remove(dataDir, { recursive: true });
});

/** Clause 6.7: everyone finds the authority to complain to, by Land and country. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import * as authorities from "../db/authorities.ts";
import { cast } from "./support/cast.ts";
import { text } from "./support/html.ts";

Deno.test("there are 57 authorities, 26 of them German, and one for every country of the EEA", () => {
  const all = authorities.list();
  equal(all.length, 57);
  equal(all.filter(({ countries }) => countries.includes("DE")).length, 26);
  const eea =
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK";
  for (const country of eea.split(" ")) ok(authorities.competent(country).length > 0, country);
});

Deno.test("each Land has one authority for private bodies; in Bavaria that is the BayLDA", () => {
  for (const land of authorities.lands) equal(authorities.competent("DE", land).length, 1, land);
  deepEqual(authorities.competent("DE", "BY").map(({ slug }) => slug), ["debaylda"]);
  deepEqual(authorities.competent("AT", "").map(({ slug }) => slug), ["atdsb"]);
  equal(authorities.competent("US").length, 0);
});

Deno.test("GET /privacy/complaint shows the provider's own authority first, then the one asked for", async () => {
  const { visitor, test } = await cast();
  await test.db.owner`update provider set land = 'HH'`;
  const page = await visitor.get("/privacy/complaint?country=DE&land=BE");
  equal(page.status, 200);
  deepEqual(page.headers.getSetCookie(), []);
  const shown = await text(page);
  match(shown, /Für uns zuständig.*Hamburg.*Zuständig dort.*Berlin/);
  for (const junk of ["?country=XX&land=ZZ", "?country=DE&country=FR", "?land=%00&country=%ff"]) {
    equal((await visitor.get(`/privacy/complaint${junk}`)).status, 200, junk);
  }
});

Deno.test("without a Land for the provider none of sixteen is claimed to be its own", async () => {
  const { visitor, test } = await cast();
  await test.db.owner`update provider set land = ''`;
  ok(!(await text(await visitor.get("/privacy/complaint"))).includes("Für uns zuständig"));
});

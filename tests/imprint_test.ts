/** The public pages about the provider: the imprint, and what is kept of users. */
import assert from "node:assert/strict";
import { cast } from "./support/cast.ts";
import { text } from "./support/html.ts";

Deno.test("GET /imprint names the provider to everyone and sets no cookie", async () => {
  const { visitor } = await cast();
  const answer = await visitor.get("/imprint");
  assert.equal(answer.status, 200);
  assert.deepEqual(answer.headers.getSetCookie(), []);
  const shown = await text(answer);
  assert.match(shown, /Testhaus GmbH Hafenstraße 1 20457 Hamburg/);
  assert.match(shown, /haus@example\.org/);
});

Deno.test("policy 1.2, 2.1, 2.2: GET /privacy names controller and DPO without log-in or cookie", async () => {
  const { visitor } = await cast();
  const answer = await visitor.get("/privacy");
  assert.equal(answer.status, 200);
  assert.deepEqual(answer.headers.getSetCookie(), []);
  const shown = await text(answer);
  assert.match(shown, /Testhaus GmbH Hafenstraße 1 20457 Hamburg/);
  assert.match(shown, /Dora Schutz E-Mail: dsb@example\.org/);
  assert.doesNotMatch(shown, /[[\]{}]/);
});

Deno.test("GET /privacy is in English on request", async () => {
  const { visitor } = await cast();
  assert.match(await text(await visitor.get("/privacy?lang=en")), /Who is responsible/);
});

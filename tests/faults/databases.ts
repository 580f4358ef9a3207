/** A database that is gone, and one that does not answer. */
import { equal, match, ok } from "node:assert/strict";
import { elapsed } from "../../db/clock.ts";
import { newId } from "../../db/ids.ts";
import { eventually } from "../runtime/service.ts";
import type { Fault, Outcome } from "./fault.ts";
import { type Installation, pause } from "./installation.ts";

/** The fields that an error page offers to send once more. */
function offered(html: string): Record<string, string> {
  const fields: Record<string, string> = {};
  const [form = ""] =
    /<form method="post" action="\/contacts\/new(?:\?[^"]*)?"[^]*?<\/form>/.exec(html) ?? [];
  for (
    const [, name, value] of form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)
  ) {
    fields[name!] = value!;
  }
  return fields;
}

async function gone(service: Installation, seconds: number): Promise<Outcome> {
  const typed = { id: newId(), firstName: "Wanda", lastName: `Warten${seconds}`, origin: "card" };
  const back = await service.withoutDatabase();
  try {
    const page = await service.ask("/contacts");
    equal(page.status, 503);
    ok(Number(page.retryAfter) > 0);
    match(page.text, /Gerade nicht erreichbar/);
    const refused = await service.ask("/contacts/new", typed);
    equal(refused.status, 503);
    equal(JSON.stringify(offered(refused.text)), JSON.stringify(typed), "what was typed is there");
    equal((await service.ask("/health/live")).status, 200);
    equal((await service.ask("/health/ready")).status, 503);
    await pause(seconds * 1000);
    equal((await service.ask("/contacts")).status, 503);
  } finally {
    back();
  }
  const from = elapsed();
  await eventually(service.ready, 30_000);
  const healed = (elapsed() - from) / 1000;
  for (let n = 0; n < 2; n++) equal((await service.ask("/contacts/new", typed)).status, 303);
  equal((await service.count(typed.lastName)).rows, 1);
  equal((await service.ask("/contacts")).status, 200);
  return {
    lost: "nothing; the form that was refused is there once",
    saw: `503 with a hint and what was typed; healed ${healed.toFixed(1)} s after its return`,
  };
}

export const databases: Fault[] = [
  { name: "database gone for 3 seconds", run: (service) => gone(service, 3) },
  { name: "database gone for 30 seconds", long: true, run: (service) => gone(service, 30) },
  {
    name: "database silent for 50 seconds",
    long: true,
    async run(service) {
      const stopped = await service.database();
      for (const pid of stopped) Deno.kill(pid, "SIGSTOP");
      const from = elapsed();
      let first = 0;
      try {
        const page = await service.ask("/contacts");
        first = (elapsed() - from) / 1000;
        equal(page.status, 503);
        ok(first < 20, `${first} s`);
        equal((await service.ask("/health/ready")).status, 503);
        equal((await service.ask("/health/live")).status, 200);
        while (elapsed() - from < 50_000) {
          equal((await service.ask("/contacts")).status, 503);
          await pause(1_000);
        }
      } finally {
        for (const pid of stopped) {
          try {
            Deno.kill(pid, "SIGCONT");
          } catch {
            // It was ended meanwhile.
          }
        }
      }
      const woke = elapsed();
      await eventually(service.ready, 30_000);
      equal((await service.ask("/contacts")).status, 200);
      return {
        lost: "nothing",
        saw: `503 after ${first.toFixed(0)} s, healed ${
          ((elapsed() - woke) / 1000).toFixed(1)
        } s after its return`,
      };
    },
  },
];

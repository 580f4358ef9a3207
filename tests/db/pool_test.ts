/** Connections to PostgreSQL: what is written is sent at once. */
import { ok } from "node:assert/strict";
import { once } from "node:events";
import { elapsed } from "../../db/clock.ts";
import { openPool } from "../../db/pool.ts";
import { database } from "../support/db.ts";

/** Milliseconds that so many small COPYs take. */
async function copies(url: string, count: number): Promise<number> {
  const pool = openPool(url, { max: 1 });
  try {
    await pool`create temporary table taken (line text)`;
    const from = elapsed();
    for (let i = 0; i < count; i++) {
      const stream = await pool`copy taken from stdin`.writable();
      stream.end("a line\n");
      await once(stream, "finish");
    }
    return elapsed() - from;
  } finally {
    await pool.end({ timeout: 1 });
  }
}

Deno.test("the end of a COPY does not wait for what went before to be acknowledged", async () => {
  const { ownerUrl } = await database();
  // Held back, each one takes 40 ms whatever the machine; a busy one gets more tries.
  const times: number[] = [];
  while (times.length < 5 && !times.some((time) => time < 400)) {
    times.push(await copies(ownerUrl, 20));
  }
  ok(Math.min(...times) < 400, `20 COPYs took ${times.map(Math.round)} ms`);
});

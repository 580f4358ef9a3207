/** `deno task bench --junk 20000`: so many requests of junk over all routes, beyond what the suite sends. */
import { elapsed } from "../../db/clock.ts";
import { cast } from "../support/cast.ts";
import { sendJunk } from "../support/junk.ts";
import { newMark, stock } from "../support/stock.ts";

/** As many requests as one tenant is sent before the next takes its place. */
const perTenant = 2_000;

/** Sends them and prints what ended in a server error; how many did. */
export async function junk(requests: number): Promise<number> {
  const from = elapsed();
  const found: string[] = [];
  for (let sent = 0; sent < requests; sent += perTenant) {
    const { test, alice, vera } = await cast();
    const own = await stock(alice, newMark());
    const seed = crypto.getRandomValues(new Int32Array(1))[0]!;
    const part = { requests: Math.min(perTenant, requests - sent), seed };
    const faults = await sendJunk(test, [alice, vera, null], own, part);
    found.push(...faults.map((each) => `${each} (seed ${seed})`));
    console.log(`${sent + part.requests} requests, ${found.length} server errors`);
  }
  for (const each of found) console.log(each);
  console.log(`${Math.round((elapsed() - from) / 1000)} s`);
  return found.length;
}

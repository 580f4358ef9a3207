/** The lock under which erasures of tenants advance: where it cannot be asked for, nothing is kept. */
import { equal, rejects } from "node:assert/strict";
import { pause } from "../../db/clock.ts";
import { openPool } from "../../db/pool.ts";
import { advance } from "../../db/tenant_erasures/run.ts";
import { database, secretKey } from "../support/db.ts";

Deno.test("a lock that cannot be asked for gives the connection back", async () => {
  const { owner, ownerUrl } = await database();
  await owner.unsafe(`
    create schema zz_refusing;
    create function zz_refusing.pg_try_advisory_lock(bigint) returns boolean language plpgsql as
      $$ begin raise exception 'refused'; end $$;
  `);
  const pool = openPool(ownerUrl, { max: 1 });
  try {
    await pool`set search_path = zz_refusing, pg_catalog, public`;
    const tools = {
      owner: pool,
      store: { dataDir: "", secretKey },
      log: { info: () => {}, error: () => {} },
      clusterFolder: null,
    };
    await rejects(advance(tools), { message: "refused" });
    const answer = pool`select 1 as one`.then((rows) => rows[0]!.one);
    equal(await Promise.race([answer, pause(2_000)]), 1);
  } finally {
    await pool.end({ timeout: 1 });
    await owner.unsafe("drop schema zz_refusing cascade");
  }
});

/** What Citus requires of the schema, and what is set up where it is installed; it never runs here. */
import { deepEqual, equal, match } from "node:assert/strict";
import * as citus from "../db/citus.ts";
import * as figures from "../db/diagnosis_figures.ts";
import { boss, closeQueue, installQueue, openQueue } from "../db/jobs.ts";
import { openPool } from "../db/pool.ts";
import { database } from "./support/db.ts";

Deno.test("no unique value and no foreign key leads from one tenant's shard to another's", async () => {
  const { owner } = await database();
  const tenants = owner`
    select attrelid
    from pg_attribute
    where attname = 'tenant_id'
      and attnotnull
      and attrelid in (
        select i.indrelid
        from pg_index i
        where i.indisprimary
          and i.indkey[0] = attnum
      )
  `;
  const unique = await owner`
    select i.indexrelid::regclass::text as name
    from pg_index i
    where i.indisunique
      and i.indrelid in (${tenants})
      and not exists (
        select
        from pg_attribute a
        where a.attrelid = i.indrelid
          and a.attnum = any (i.indkey)
          and a.attname = 'tenant_id'
      )
  `;
  deepEqual([...unique], []);
  const keys = await owner<{ key: string; shared: boolean; columns: string[]; of: string[] }[]>`
    select k.conrelid::regclass || '.' || k.conname as key,
      k.conrelid not in (${tenants}) as shared,
      array(
        select a.attname::text
        from unnest(k.conkey) with ordinality as c (n, at)
        join pg_attribute a on a.attrelid = k.conrelid and a.attnum = c.n
        order by c.at
      ) as columns,
      array(
        select a.attname::text
        from unnest(k.confkey) with ordinality as c (n, at)
        join pg_attribute a on a.attrelid = k.confrelid and a.attnum = c.n
        order by c.at
      ) as of
    from pg_constraint k
    where k.contype = 'f'
      and k.connamespace = 'public'::regnamespace
      and k.confrelid in (${tenants})
  `;
  equal(keys.length > 100, true);
  deepEqual(
    keys.filter(({ shared }) => shared).map(({ key }) => key),
    [],
    "from the installation's tables",
  );
  const apart = keys.filter(({ columns, of }) => {
    const at = columns.indexOf("tenant_id");
    return at < 0 || of[at] !== "tenant_id";
  });
  deepEqual(apart.map(({ key }) => key), [], "without the tenant");
});

Deno.test("where Citus is found its settings are written on all nodes, and the queue knows it", async () => {
  const { owner, ownerUrl } = await database();
  equal(await citus.isAt(ownerUrl), false);
  await citus.prepare(ownerUrl);
  equal((await citus.missing(owner)).length, 3, "nothing is written where it is not");
  equal(await figures.shards(owner), null);
  // Its entry alone and its one function that is called: enough to be found.
  await owner`
    insert into pg_extension (
      oid, extname, extowner, extnamespace, extrelocatable, extversion
    )
    values (99999, 'citus', 10, 'public'::regnamespace, false, '13.2-1')
  `;
  await owner`create table received (command text)`;
  await owner.unsafe(
    "create function run_command_on_workers(command text) returns void language sql " +
      "as $$ insert into received values (command) $$",
  );
  try {
    for (let n = 0; n < 2; n++) await citus.prepare(ownerUrl);
    const received = await owner<{ command: string }[]>`select command from received`;
    equal(received.length, 3, "once each");
    match(received[0]!.command, /^alter database test_\w+ set citus\.\w+ = '\w+'$/);
    const next = openPool(ownerUrl, { max: 1 });
    // What the doctor asks: earlier connections lack what new ones have.
    equal((await figures.shards(owner))?.length, 3);
    deepEqual(await figures.shards(next).finally(() => next.end()), []);
    await owner`comment on schema jobs is 'made by another version'`;
    await installQueue(owner, ownerUrl);
    openQueue(ownerUrl, true);
    const queue = await boss();
    const backends = (await queue.getInstances()).map(({ config }) => config.backend);
    // The one that installs it and the one that works.
    equal(backends.filter((backend) => backend === "citus").length, 2, backends.join());
  } finally {
    await closeQueue(100);
    await owner`delete from pg_extension where extname = 'citus'`;
  }
});

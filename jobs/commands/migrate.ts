/** `crm migrate`: brings the database up to date without starting the service. */
import * as citus from "../../db/citus.ts";
import { openDatabase } from "../../db/embedded.ts";
import { assertReplaced } from "../../db/secret_files.ts";
import { checkServer } from "../../db/server.ts";
import { type Command, parse } from "../command.ts";
import { upgrade } from "../upgrades.ts";

export const migrate: Command = {
  summary: "Bring the database up to date",
  help: `Usage: deno task crm migrate [--without-backup]

Makes a backup if the installation is in use, then applies the missing migrations, each in its own
transaction, and prints their names. Running it twice at the same time does no harm. A database of a
newer version is left as it is.

  --without-backup   if you have a copy of your own, or no room for one here

Exit codes: 0 done, 2 usage, 69 no database, 78 configuration, or a database that does not fit.

Several app servers: upgrade one after the other. Each version works with the tables of the next one,
so those still running are not disturbed; only ever upgrade from the version directly before.

Going back to the previous version: stop the service, empty the database and DATA_DIR/files, and
restore the backup made by the upgrade with the old program: deno task crm restore NAME. Anything
written since is lost; anything erased since stays erased.

Citus (never run as a whole: try it with a copy first): point DATABASE_URL to the coordinator, and
create the extension in the database (create extension citus) before the first migration. If it is
found, three settings are written into the database on every node (${
    Object.keys(citus.settings).join(", ")
  });
tenants' tables are distributed by tenant_id and kept together, shared tables are copied to every
node, and the queue keeps its tables on the coordinator. Limits: each tenant has to fit on one node;
the queue, log-ins and all writes to shared tables go through the coordinator; so do the reads of a
backup. Checked against the Citus manual, not run: no unique index of a tenant's table lacks
tenant_id, and no foreign key of a shared table leads to a tenant's (tests ensure both); triggers and
row-level policies read tables from within a shard, which Citus calls unsafe and the settings allow;
queries before the tenant is known (a session, a person's tenants) read every shard, and so do
erasures, backups and figures across all tenants.`,
  async run(args, config) {
    const { values } = parse(args, { "without-backup": { type: "boolean" } });
    assertReplaced(config.dataDir);
    const { adminUrl, close } = await openDatabase(config);
    try {
      await checkServer(adminUrl);
      const { migrated } = await upgrade(adminUrl, config, { backup: !values["without-backup"] });
      console.log(migrated.length > 0 ? migrated.join("\n") : "The database is up to date.");
      return 0;
    } finally {
      await close();
    }
  },
};

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

Makes a backup of a house in use, then applies the migrations that are missing, each in a
transaction, and prints their names. Two at once do no harm. A database of a newer version is left
as it is.

  --without-backup   you have a copy of your own, or no room for one here

Several app servers: upgrade one after the other. A version works with the tables of the next one,
so that those still running go on; migrate only what the version before has already been running on.

Back to the version before: stop the service, empty the database and DATA_DIR/files, and take the
backup in that the upgrade made, with the old program: deno task crm restore NAME. What was written
since is lost; what was erased since stays erased.

Citus (never run as a whole: try it with a copy first): set DATABASE_URL to the coordinator, with the
extension made in the database (create extension citus) before the first migration. Found there, three
settings are written into the database on every node (${
    Object.keys(citus.settings).join(", ")
  }); tables
of tenants are distributed by tenant_id and kept together, those of the house are copied to every
node, and the queue keeps its tables on the coordinator. Limits: a tenant lives on one node and is as
large as that may be; the queue, log-ins and all writing to the house's own tables go through the
coordinator; a backup reads through it. What was read against the manual of Citus, not run: no unique
index of a tenant's table lacks tenant_id, and no foreign key of the house's tables leads to a tenant's
(tests hold both); triggers and row-level policies look at tables from within a shard, which Citus
calls unsafe and the settings allow; what is asked before a tenant is known (a session, a person's
houses) reads every shard, and so does every erasure, backup and figure over all tenants.`,
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

/** `crm migrate`: brings the database up to date without starting the service. */
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

Citus: the tables are laid out for it, the whole program has not been run on it yet: try it with a
copy first. Set DATABASE_URL to the coordinator, with the extension made in the database (create
extension citus) and triggers allowed (alter database … set citus.enable_unsafe_triggers = on) before
the first migration. Tables of tenants are then distributed by tenant_id and kept together, those of
the house are copied to every node. Limits: a tenant lives on one node and is as large as that may
be; log-ins, the queue and the house's own tables stay on the coordinator; unique values over all
tenants and foreign keys to the house's tables need the reference copies; a backup reads through the
coordinator. Known by reading alone: triggers that keep the ledger and the figures work on whole
statements and write beside the row, and what is asked before a tenant is known (a session, a
person's houses) joins the house's tables to tenants' from outside, both of which Citus restricts.`,
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

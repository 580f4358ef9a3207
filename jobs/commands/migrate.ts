/** `crm migrate`: brings the database up to date without starting the service. */
import { openDatabase } from "../../db/embedded.ts";
import { prepareDatabase } from "../../db/prepare.ts";
import { assertReplaced } from "../../db/secret_files.ts";
import { checkServer } from "../../db/server.ts";
import { type Command, parse } from "../command.ts";

export const migrate: Command = {
  summary: "Bring the database up to date",
  help: `Usage: deno task crm migrate

Applies the migrations that are missing, each in a transaction, and prints their names.
Two at once do no harm.`,
  async run(args, config) {
    parse(args, {});
    assertReplaced(config.dataDir);
    const { adminUrl, close } = await openDatabase(config);
    try {
      await checkServer(adminUrl);
      const { migrated } = await prepareDatabase(adminUrl, { secretKey: config.secretKey });
      console.log(migrated.length > 0 ? migrated.join("\n") : "The database is up to date.");
      return 0;
    } finally {
      await close();
    }
  },
};

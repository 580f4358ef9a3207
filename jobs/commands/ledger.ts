/**
 * `crm ledger accept`: the operator confirms that a database continues with another ledger or with
 * none.
 */
import { openDatabase } from "../../db/embedded.ts";
import { LedgerBroken } from "../../db/ledger.ts";
import { accept } from "../../db/ledger_gates.ts";
import { flushLogs, logger, openLogs } from "../../db/log.ts";
import { migrate, readMigrations } from "../../db/migrate.ts";
import { openPool } from "../../db/pool.ts";
import { checkServer, othersAreAtWork } from "../../db/server.ts";
import { actionOf, type Command, parse } from "../command.ts";

export const ledgerCommand: Command = {
  summary: "Continue with another ledger if the right one is lost",
  help: `Usage: deno task crm ledger accept

The ledger in DATA_DIR/ledger records all erasures, restrictions, corrections and objections, so that
a database rolled back to an earlier state repeats them before it serves anybody. If the database
belongs to another ledger, or to a longer one, nothing starts: put the right one there from its copy.

  accept   only if no copy is left: the database continues with the ledger that is there. Stop the
           service first, and use the newest database you have. If it was rolled back, search your
           mails and certificates for erasures and objections since then, and repeat them by hand
           on the day of the start; people who are back against their will are a breach to be
           assessed under Art. 33 GDPR. Make a backup afterwards; older ones are checked against
           this ledger.

Exit codes: 0 done or nothing to do, 2 usage, 65 the ledger itself is broken, 69 no database,
75 something else is still running, 78 configuration.`,
  async run(args, config) {
    actionOf(parse(args, {}, 1).positionals, ["accept"]);
    const { adminUrl, close } = await openDatabase(config);
    const owner = openPool(adminUrl, { max: 1, name: "kompaktcrm ledger", statementTimeout: 0 });
    try {
      await checkServer(adminUrl);
      if (await othersAreAtWork(owner)) {
        console.error("Something is still running on the database: stop the service first.");
        return 75;
      }
      await migrate(owner, await readMigrations());
      const accepted = await accept(owner, config);
      if (accepted) {
        openLogs(config.dataDir);
        logger("audit", "command").warn("another ledger was accepted for the database");
        await flushLogs();
      }
      console.log(
        accepted
          ? "The database continues with this ledger."
          : "The ledger belongs to the database: there is nothing to accept.",
      );
      return 0;
    } catch (error) {
      if (!(error instanceof LedgerBroken)) throw error;
      console.error(
        `The ledger is broken: ${error.message}. Move DATA_DIR/ledger elsewhere for 21 days, then ` +
          "run this again.",
      );
      return 65;
    } finally {
      await owner.end({ timeout: 1 });
      await close();
    }
  },
};

/** `crm ledger accept`: the operator's word that a database goes on with another ledger, or with none. */
import { openDatabase } from "../../db/embedded.ts";
import { LedgerBroken } from "../../db/ledger.ts";
import { accept } from "../../db/ledger_gates.ts";
import { flushLogs, logger, openLogs } from "../../db/log.ts";
import { migrate, readMigrations } from "../../db/migrate.ts";
import { openPool } from "../../db/pool.ts";
import { checkServer, othersAreAtWork } from "../../db/server.ts";
import { type Command, parse, Usage } from "../command.ts";

export const ledgerCommand: Command = {
  summary: "Go on with another ledger, where the right one is lost",
  help: `Usage: deno task crm ledger accept

The ledger in DATA_DIR/ledger names what was erased, restricted, corrected or objected to, so that a
database that was set back in time does it again before it serves. Where the database was kept with
another ledger, or with a longer one, nothing starts: put the right one there from its daily copy.

  accept   only where no copy is left: the database goes on with the ledger that is there. Do it with
           the service stopped, and only with the newest database there is. Was it set back in time,
           then search your mails and certificates for what was erased and objected to since, and do
           it again by hand on the day of the start; persons who are there again against their will
           are a breach to be judged under Art. 33 GDPR. Make a backup afterwards, older ones are
           held against this ledger.

Exit codes: 0 done or nothing to do, 2 usage, 65 the ledger itself is broken, 69 no database,
75 something else is still at work, 78 configuration.`,
  async run(args, config) {
    const { positionals: [deed = ""] } = parse(args, {});
    if (deed !== "accept") throw new Usage(`there is no ledger ${deed}`.trimEnd());
    const { adminUrl, close } = await openDatabase(config);
    const owner = openPool(adminUrl, { max: 1, name: "kompaktcrm ledger", statementTimeout: 0 });
    try {
      await checkServer(adminUrl);
      if (await othersAreAtWork(owner)) {
        console.error("Something is still at work in the database: stop the service first.");
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
          ? "The database goes on with this ledger."
          : "The ledger is that of the database: there is nothing to accept.",
      );
      return 0;
    } catch (error) {
      if (!(error instanceof LedgerBroken)) throw error;
      console.error(
        `The ledger is broken: ${error.message}. Move DATA_DIR/ledger elsewhere for 21 days, then ` +
          "call this again.",
      );
      return 65;
    } finally {
      await owner.end({ timeout: 1 });
      await close();
    }
  },
};

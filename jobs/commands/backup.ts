/** `crm backup`: makes a sealed copy of the database and files as they are now. */
import * as backups from "../../db/backups.ts";
import { directEgress } from "../../db/egress_direct.ts";
import { copyBackups } from "../backup_copies.ts";
import { backUp } from "../backups.ts";
import { type Command, inDatabase, parse } from "../command.ts";

export const backup: Command = {
  summary: "Copy database and files into DATA_DIR/backups, sealed",
  help: `Usage: deno task crm backup [--list]

Writes the database and files as they are now to DATA_DIR/backups, sealed with a separate key, and
removes backups older than ${backups.windowDays} days together with their keys: erased data must not live on
in a copy for longer (clause 5.2). If a bucket is connected in the register of processors, it then
holds exactly the same backups. The service may keep running.

The keys are in DATA_DIR/keys, wrapped with SECRET_KEY. A backup cannot be opened without them:
keep a copy of that folder, but not with the backups. Renew it daily, and keep none for longer
than ${backups.windowDays} days: a destroyed key that is still there can open what was erased.

  --list   print the existing backups, newest first

Exit codes: 0 done, 1 failed (see the log), 2 usage, 69 no database, 78 configuration.`,
  async run(args, config) {
    const { values } = parse(args, { list: { type: "boolean" } });
    if (!values.list) {
      return await inDatabase(config, async ({ owner, store }) => {
        if (!await backUp(owner, store)) return 1;
        if (!await copyBackups(owner, config, directEgress(owner, config))) return 1;
        const [made] = await backups.list(config);
        console.log(line(made!));
        return 0;
      });
    }
    for (const each of await backups.list(config)) console.log(line(each));
    return 0;
  },
};

function line({ name, tables, files }: backups.Backup): string {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  return `${name}\t${tables.length} tables\t${rows} rows\t${files} files`;
}

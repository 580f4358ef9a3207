/** `crm backup`: a sealed copy of database and files, as they are now. */
import * as backups from "../../db/backups.ts";
import { directEgress } from "../../db/egress_direct.ts";
import { copyBackups } from "../backup_copies.ts";
import { backUp } from "../backups.ts";
import { type Command, inDatabase, parse } from "../command.ts";

export const backup: Command = {
  summary: "Copy database and files into DATA_DIR/backups, sealed",
  help: `Usage: deno task crm backup [--list]

Writes database and files as they are now to DATA_DIR/backups, sealed with a key of its own, and
removes backups that are older than ${backups.windowDays} days with their keys: what was erased must not outlive
that in a copy (clause 5.2). Where a bucket is connected in the register of processors, it then holds the
same backups and no other. The service may run meanwhile.

The keys lie in DATA_DIR/keys, wrapped with SECRET_KEY. A backup without them cannot be opened:
keep a copy of that folder in another place than the backups. Renew it daily, and keep none for
longer than ${backups.windowDays} days: a destroyed key that still lies there opens what was erased.

  --list   print the backups there are, the newest first

Exit codes: 0 done, 1 failed (see the log), 2 usage, 69 no database, 78 configuration.`,
  async run(args, config) {
    const { values } = parse(args, { list: { type: "boolean" } });
    if (!values.list) {
      return await inDatabase(config, async ({ owner, house }) => {
        if (!await backUp(owner, house)) return 1;
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

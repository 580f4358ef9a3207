/** `crm restore`: restores a backup into an empty installation. */
import { z } from "zod";
import { Bucket } from "../../db/adapters/s3.ts";
import { type S3Storage, s3Storage } from "../../db/adapters/s3_storage.ts";
import * as backups from "../../db/backups.ts";
import { fetchBackup, namesIn } from "../../db/backups/mirrors.ts";
import type { Config } from "../../db/config.ts";
import { egressByHand } from "../../db/egress_direct.ts";
import { openDatabase } from "../../db/embedded.ts";
import { Invalid, NotFound } from "../../db/errors.ts";
import { LedgerBroken } from "../../db/ledger.ts";
import { openPool } from "../../db/pool.ts";
import * as restores from "../../db/restores.ts";
import { FileBroken } from "../../db/seals.ts";
import { checkServer } from "../../db/server.ts";
import { type Command, parse, Usage } from "../command.ts";

const reasons: Record<string, string> = {
  "restores.not_empty":
    "something has already been set up here: restore into an empty DATA_DIR and database",
  "restores.newer":
    "the backup comes from a newer version of the program, or from a different program",
  "restores.incomplete": "a table does not have the rows that the backup states",
};

const broken = (name: string) =>
  `${name} is broken, or its key is gone. Nothing was restored. DATA_DIR/keys and SECRET_KEY have to ` +
  "be those of the installation that made it: put them there from their copy.";

const Place = z.object({
  endpoint: z.url({ protocol: /^https?$/ }),
  region: z.string().min(1),
  bucket: z.string().min(1),
  accessKey: z.string().min(1),
  secretKey: z.string().min(1),
});

/** Opens the bucket that a file describes. Throws Usage. */
async function openBucket(path: string, config: Config): Promise<S3Storage> {
  const text = await Deno.readTextFile(path).catch(() => {
    throw new Usage(`cannot read ${path}`);
  });
  let place: z.output<typeof Place>;
  try {
    place = Place.parse(JSON.parse(text));
  } catch {
    throw new Usage(`${path} needs endpoint, region, bucket, accessKey and secretKey, as JSON`);
  }
  const endpoint = place.endpoint.replace(/\/$/, "");
  return s3Storage(new Bucket(egressByHand(endpoint, config), "", { ...place, endpoint }));
}

export const restore: Command = {
  summary: "Restore a backup into an empty place",
  help: `Usage: deno task crm restore NAME [--bucket FILE]

Restores the backup DATA_DIR/backups/NAME. The database has to be empty and the service stopped;
DATA_DIR/keys, DATA_DIR/ledger and SECRET_KEY have to be those of the installation that made it.
Either all rows come back, checked against the backup's own count, or none; stored files are read to
the end, and it says how many are missing from the backup and how many cannot be opened. Whatever was
erased since the backup is erased again before anybody can sign in. Afterwards nobody is signed in,
links in old mails no longer work, and mails that were waiting at the time are not sent.

  --bucket FILE   fetch the backup first: FILE is JSON with endpoint, region, bucket, accessKey and
                  secretKey of the bucket with the copies; without NAME, they are listed

Exit codes: 0 done, 2 usage or nothing restored, 65 the backup is broken or its key is gone,
69 no database, 78 configuration.`,
  async run(args, config) {
    const { values, positionals: [name = ""] } = parse(args, { bucket: { type: "string" } }, 1);
    if (values.bucket !== undefined) {
      const bucket = await openBucket(values.bucket, config);
      if (name === "") {
        for (const each of await namesIn(bucket)) console.log(each);
        return 0;
      }
      const fetched = await fetchBackup(config, bucket, name).then(() => true, (error) => {
        if (error instanceof NotFound) throw new Usage(`there is no backup ${name} in the bucket`);
        if (error instanceof FileBroken) return false;
        throw error;
      });
      if (!fetched) {
        console.error(broken(name));
        return 65;
      }
    }
    if (name === "") throw new Usage("NAME is missing; deno task crm backup --list shows them");
    try {
      // Before a database is made here, whose password would not be the one in the keys' copy.
      await backups.find(config, name);
      return await restoreInto(config, name);
    } catch (error) {
      if (error instanceof NotFound) throw new Usage(`there is no backup ${name}`);
      if (error instanceof Invalid) throw new Usage(reasons[error.code] ?? error.code);
      if (!(error instanceof FileBroken || error instanceof LedgerBroken)) throw error;
      console.error(
        error instanceof FileBroken
          ? broken(name)
          : `The ledger is broken: ${error.message}. Nothing was restored.`,
      );
      return 65;
    }
  },
};

async function restoreInto(config: Config, name: string): Promise<number> {
  const { adminUrl, close } = await openDatabase(config);
  const owner = openPool(adminUrl, { max: 2, name: "kompaktcrm restore", statementTimeout: 0 });
  try {
    await checkServer(adminUrl);
    tell(name, await restores.restore(owner, config, name));
    return 0;
  } finally {
    await owner.end({ timeout: 1 });
    await close();
  }
}

function tell(name: string, restored: restores.Restored): void {
  const { tables, erasedAgain, files, missingFiles, brokenFiles, ledgerKnown } = restored;
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  console.log(
    `${name} is back: ${tables.length} tables, ${rows} rows; ${erasedAgain} erased again.`,
  );
  if (missingFiles > 0) {
    console.error(`The backup lacks ${missingFiles} of its ${files} stored files.`);
  }
  if (brokenFiles > 0) {
    console.error(
      `${brokenFiles} of its stored files do not open: they were changed, or their key is gone.`,
    );
  }
  if (!ledgerKnown) {
    console.error(
      "DATA_DIR/ledger is not the ledger of this installation, or lost its end: what was erased since is " +
        "there again. The service does not open like this: put the right ledger there and restore " +
        "the backup again, or read: deno task crm ledger --help",
    );
  }
}

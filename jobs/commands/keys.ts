/** `crm keys`: counts the data keys, wraps all of them again, or replaces the secret. */
import type { Config } from "../../db/config.ts";
import { keptKey } from "../../db/kept_secrets.ts";
import { directEgress } from "../../db/egress_direct.ts";
import { openDatabase } from "../../db/embedded.ts";
import { type ProcessStorage, processStorage } from "../../db/file_storages.ts";
import * as keys from "../../db/key_store.ts";
import { keyBytes } from "../../db/key_texts.ts";
import { lockDataDir } from "../../db/locks.ts";
import { flushLogs, logger, openLogs } from "../../db/log.ts";
import { migrate, readMigrations } from "../../db/migrate.ts";
import { openPool } from "../../db/pool.ts";
import { FileBroken } from "../../db/seals.ts";
import { pairOf, replace } from "../../db/secret_replacements.ts";
import { checkServer, othersAreAtWork } from "../../db/server.ts";
import { actionOf, type Command, fileText, parse, Usage } from "../command.ts";

export const keysCommand: Command = {
  summary: "Count the data keys, rewrap them, or replace SECRET_KEY",
  help: `Usage: deno task crm keys list | rotate | replace [--before FILE]

Each customer's files and secrets, each archive and each backup are sealed with a key of their own in
DATA_DIR/keys/data, wrapped by a key derived from SECRET_KEY and the file wrapping in that folder.

  list      print how many data keys there are
  rotate    renew that file and rewrap every data key; the service may keep running. If interrupted,
            run it again to continue. Then renew your copy of DATA_DIR/keys.
  replace   change SECRET_KEY, for instance because somebody has seen the old one. The service has to
            be stopped. If the key was generated in DATA_DIR/keys, a new one is generated there; if
            you set it yourself, set the new one first and give the old one in a file:
  --before FILE   the SECRET_KEY used until now

What replace does: everything sealed with SECRET_KEY is sealed again, data keys are rewrapped, digests
of addresses and codes are digested once more. The old key stays in DATA_DIR/keys, sealed with the new
one, because older digests and backups need it. Everybody has to sign in again; deadline calendars get
a new address; certificates are signed with a new key, and older ones stay genuine. If interrupted,
nothing starts until it has been run again. Then renew your copy of DATA_DIR/keys, and make a backup.

Exit codes: 0 done, 2 usage, 65 a key is broken or belongs to another installation, 69 no database,
75 something else is still running, 78 configuration.`,
  async run(args, config) {
    const { values, positionals } = parse(args, { before: { type: "string" } }, 1);
    const action = actionOf(positionals, ["list", "rotate", "replace"]);
    if (action === "list") {
      console.log(`${(await keys.list(config)).length} data keys.`);
      return 0;
    }
    try {
      if (action === "rotate") {
        console.log(`${await keys.rotate(config)} data keys rewrapped.`);
        return 0;
      }
      return await replaceSecret(config, values.before);
    } catch (error) {
      if (!(error instanceof FileBroken)) throw error;
      console.error("A data key is broken, or was wrapped with another SECRET_KEY.");
      return 65;
    }
  },
};

async function replaceSecret(config: Config, path: string | undefined): Promise<number> {
  const before = path === undefined ? null : (await fileText(path, "--before")).trim();
  if (before === null && keptKey(config.dataDir) !== config.secretKey) {
    throw new Usage("SECRET_KEY is set: set the new one, and give the old one with --before FILE");
  }
  if (before !== null && keyBytes(before)?.length !== 32) {
    throw new Usage("--before: the file contains no key");
  }
  // The embedded database locks the folder itself.
  const lock = config.databaseUrl ? await lockDataDir(config.dataDir, "command") : null;
  const { adminUrl, close } = await openDatabase(config);
  const owner = openPool(adminUrl, { max: 1, name: "kompaktcrm keys", statementTimeout: 0 });
  try {
    await checkServer(adminUrl);
    if (await othersAreAtWork(owner)) {
      console.error("Something is still running on the database: stop the service first.");
      return 75;
    }
    await migrate(owner, await readMigrations());
    openLogs(config.dataDir);
    const log = logger("audit", "command");
    const egress = directEgress(owner, config);
    const storages: ProcessStorage[] = [];
    const done = await replace(owner, config.dataDir, pairOf(config, before), {
      each: (kind) => log.debug("secret key is being replaced", { kind }),
      storageOf: (secretKey) => {
        storages.push(processStorage({ ...config, secretKey }, adminUrl, egress));
        return storages[0]!;
      },
    });
    for (const storage of storages) await storage.end();
    await flushLogs();
    console.log(
      `The secret key has been replaced: ${done.sealed} secrets, ${done.digests} digests, ` +
        `${done.keys} data keys, ${done.files} files. Everybody has to sign in again.`,
    );
    if (done.unreadable > 0) {
      console.log(`${done.unreadable} secrets match neither key and stay unreadable.`);
    }
    return 0;
  } finally {
    await owner.end({ timeout: 1 });
    await close();
    lock?.release();
  }
}

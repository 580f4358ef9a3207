/** A data folder as a first start leaves it, made once per run: a product of a test starts on a copy. */
import { join } from "node:path";
import { startEmbedded } from "../../db/embedded.ts";
import { keptSecret } from "../../db/kept_secrets.ts";
import { prepareDatabase } from "../../db/prepare.ts";

/** Where tests/run.ts tells the processes of the tests where that folder is. */
const name = "TEST_PREPARED_DIR";

/** Makes it, with nothing set up in it; what a process needs in its environment to find it. */
export async function makePrepared(dataDir: string): Promise<Record<string, string>> {
  const secretKey = keptSecret(dataDir, "secret_key");
  const database = await startEmbedded(dataDir, { fsync: "off" });
  try {
    await prepareDatabase(database.adminUrl, { secretKey });
  } finally {
    await database.stop();
  }
  // A killed process loses nothing by it: only a power cut would, and tests make none.
  await Deno.writeTextFile(join(dataDir, "postgres/postgresql.conf"), "\nfsync = off\n", {
    append: true,
  });
  return { [name]: dataDir };
}

/** Copies it into an empty folder; where a file runs alone there is none, and the folder stays empty. */
export async function copyPrepared(dataDir: string): Promise<void> {
  const prepared = Deno.env.get(name);
  if (!prepared) return;
  const { success, stderr } = await new Deno.Command("cp", {
    args: ["-a", `${prepared}/.`, dataDir],
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}

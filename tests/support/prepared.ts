/**
 * A data folder as a first start leaves it, made once per run: a test's product starts on a copy.
 */
import { join } from "node:path";
import { startEmbedded } from "../../db/embedded.ts";
import { keptSecret } from "../../db/kept_secrets.ts";
import { prepareDatabase } from "../../db/prepare.ts";

/** Names the folder for the test processes, as tests/run.ts made it. */
const name = "TEST_PREPARED_DIR";

/** Creates it without any set-up. Returns the environment that a process needs to find it. */
export async function makePrepared(dataDir: string): Promise<Record<string, string>> {
  const secretKey = keptSecret(dataDir, "secret_key");
  const database = await startEmbedded(dataDir, { fsync: "off" });
  try {
    await prepareDatabase(database.adminUrl, { secretKey });
  } finally {
    await database.stop();
  }
  // This costs nothing if a process is killed, only in a power cut, of which tests have none.
  await Deno.writeTextFile(join(dataDir, "postgres/postgresql.conf"), "\nfsync = off\n", {
    append: true,
  });
  return { [name]: dataDir };
}

/** Copies it into an empty folder, which stays empty if a file runs alone. */
export async function copyPrepared(dataDir: string): Promise<void> {
  const prepared = Deno.env.get(name);
  if (!prepared) return;
  const { success, stderr } = await new Deno.Command("cp", {
    args: ["-a", `${prepared}/.`, dataDir],
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}

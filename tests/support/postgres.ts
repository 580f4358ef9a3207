/** One real PostgreSQL for a test run: started by tests/run.ts, or by the file that runs alone. */
import { join } from "node:path";
import { startEmbedded } from "../../db/embedded.ts";

let started: Promise<string> | undefined;

/** The owner's URL of the cluster of this run. */
export function clusterUrl(): Promise<string> {
  const given = Deno.env.get("TEST_CLUSTER_URL");
  return started ??= given ? Promise.resolve(given) : startAlone();
}

async function startAlone(): Promise<string> {
  const dir = await Deno.makeTempDir({ prefix: "kompaktcrm-test-" });
  await Deno.chmod(dir, 0o755);
  const server = await startEmbedded(join(dir, "data"));
  globalThis.addEventListener("unload", () => {
    Deno.kill(server.pid, "SIGQUIT");
    Deno.removeSync(dir, { recursive: true });
  });
  return server.adminUrl;
}

/** Tries every way out of a process with these permissions, against servers of its own. */

import { ok } from "node:assert/strict";
import { childEnvironment } from "../../db/config.ts";
import type { Facts } from "./confined.ts";

/** Runs `confined.ts` with the flags; the ways that were open, by name. */
export async function openWays(
  flags: readonly string[],
  facts: Omit<Facts, "other">,
): Promise<string[]> {
  const folder = await Deno.makeTempDir({ prefix: "kompaktcrm-ways-" });
  const other = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, answer);
  const lock = `${folder}/deno.lock`;
  await Deno.copyFile(new URL("../../deno.lock", import.meta.url), lock);
  try {
    const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      // A remote module that does load must not be noted in our lock file; without any, Deno would
      // ask the registry about versions it does not know.
      args: ["run", `--lock=${lock}`, ...flags, new URL("confined.ts", import.meta.url).pathname]
        .concat(JSON.stringify({ ...facts, other: other.addr.port })),
      clearEnv: true,
      env: childEnvironment(),
    }).output();
    const text = new TextDecoder();
    ok(stdout.length > 0, text.decode(stderr));
    return JSON.parse(text.decode(stdout).trim().split("\n").at(-1)!);
  } finally {
    await other.shutdown();
    await Deno.remove(folder, { recursive: true });
  }
}

function answer(request: Request): Response {
  if (request.headers.get("upgrade")) return Deno.upgradeWebSocket(request).response;
  return new Response("globalThis.postMessage?.(1);", {
    headers: { "content-type": "text/javascript" },
  });
}

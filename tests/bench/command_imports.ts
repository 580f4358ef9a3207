/** A file as large as the stock, into an empty tenant, by the command line that operators have. */
import assert from "node:assert/strict";
import { elapsed } from "../../db/clock.ts";
import { openPool } from "../../db/pool.ts";
import { childEnvironment } from "../../db/config.ts";
import type { Service } from "../runtime/service.ts";
import { asOwner, peakMegabytes, settings } from "./product.ts";
import type { Measure } from "./report.ts";
import { makeTenant } from "./tenants.ts";
import { csv } from "./transfers.ts";

/** Runs `crm import` over so many contacts beside the running product. */
export async function importByCommand(service: Service, contacts: number): Promise<Measure[]> {
  const slug = `empty-${crypto.randomUUID().slice(0, 8)}`;
  await asOwner(service, async (url) => {
    const owner = openPool(url, { max: 1 });
    await makeTenant(owner, slug).finally(() => owner.end());
  });
  const path = await Deno.makeTempFile({ dir: service.dataDir, suffix: ".csv" });
  try {
    await Deno.writeFile(
      path,
      ReadableStream.from(csv(contacts)).pipeThrough(new TextEncoderStream()),
    );
    const from = elapsed();
    const { said, peak } = await command(service, [
      ...["import", path, "--tenant", slug],
      ...["--source", "Bench", "--legal-basis", "contract"],
    ]);
    const seconds = (elapsed() - from) / 1000;
    // Some of the drawn people are duplicates of others.
    const persons = Number(/(\d+) contacts/.exec(said)?.[1]);
    assert.ok(persons >= contacts * 0.9, `of ${contacts} came in: ${said}`);
    return [
      {
        name: `crm import of ${contacts.toLocaleString("en")} contacts`,
        value: seconds,
        unit: "s",
      },
      { name: "crm import: its process at most", value: peak, unit: "MB" },
    ];
  } finally {
    await Deno.remove(path);
  }
}

/** As `deno task crm` has it. */
const memoryFlags =
  "--v8-flags=--heap-growing-percent=30,--max-semi-space-size=4,--no-parallel-scavenge";

/** Ends it and returns what it printed; the memory is that of the process itself, PostgreSQL apart. */
async function command(service: Service, args: string[]) {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-remote", "--no-prompt", memoryFlags, "jobs/starts/crm.ts", ...args],
    clearEnv: true,
    env: { ...childEnvironment(), ...settings, DATA_DIR: service.dataDir, NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let peak = 0;
  // Nothing can be read of a process that has just ended.
  const look = () => peak = Math.max(peak, peakMegabytes(child.pid) || 0);
  const timer = setInterval(look, 100);
  const { success, stdout, stderr } = await child.output().finally(() => clearInterval(timer));
  const said = new TextDecoder().decode(stdout);
  assert.ok(success, `${said.slice(0, 2_000)}\n${new TextDecoder().decode(stderr).slice(-2_000)}`);
  return { said, peak };
}

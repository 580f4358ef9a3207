/** Writes when each package of deno.json was released, as Deno's own cache knows it: `deno task vendor`. */
import { join } from "node:path";

const root = new URL("../../", import.meta.url);
const target = new URL("releases.json", import.meta.url);

const { imports } = JSON.parse(await Deno.readTextFile(new URL("deno.json", root)));
const found = new Deno.Command(Deno.execPath(), { args: ["info", "--json"], stderr: "null" });
const { npmCache } = JSON.parse(new TextDecoder().decode((await found.output()).stdout));

/** The cache has a folder for each registry. */
const [registry] = await Array.fromAsync(Deno.readDir(npmCache));
if (!registry) throw new Error('there is no cache: run "deno install" first');

const releases: Record<string, [string, string]> = {};
for (const from of Object.values<string>(imports)) {
  const [, name, version] = /^npm:((?:@[^/]+\/)?[^@/]+)@([^/]+)/.exec(from) ?? [];
  if (!name || !version) continue;
  const path = join(npmCache, registry.name, name, "registry.json");
  const { time } = JSON.parse(await Deno.readTextFile(path));
  if (!time?.[version]) throw new Error(`${name} ${version} has no day: run "deno install" first`);
  releases[name] = [version, time[version].slice(0, 10)];
}
const sorted = Object.fromEntries(Object.entries(releases).sort(([a], [b]) => a < b ? -1 : 1));
await Deno.writeTextFile(target, JSON.stringify(sorted, null, 2) + "\n");

/** The command line on this file's database: as a process of its own, or faster within this one. */
import { parseConfig } from "../../db/config.ts";
import { run } from "../../jobs/commands.ts";
import { database, secretKey } from "./db.ts";
import { oncePerFile } from "./test_files.ts";

/** The folder in which this file's commands work, made at the first call. */
export const commandFolder = oncePerFile(() => {
  const made = Deno.makeTempDirSync({ prefix: "kompaktcrm-crm-" });
  globalThis.addEventListener("unload", () => Deno.removeSync(made, { recursive: true }));
  return made;
});

export interface Said {
  code: number;
  out: string;
  err: string;
}

const settings = async () => ({
  DATABASE_URL: (await database()).ownerUrl,
  SECRET_KEY: secretKey,
  DATA_DIR: commandFolder(),
});

/** Runs `crm` within this process, as `jobs/starts/crm.ts` does with the arguments. */
export async function crm(...args: string[]): Promise<Said> {
  const config = parseConfig(await settings(), Deno.readTextFileSync);
  const said: Said = { code: 0, out: "", err: "" };
  const { log, error } = console;
  console.log = (text: string) => void (said.out += `${text}\n`);
  console.error = (text: string) => void (said.err += `${text}\n`);
  try {
    said.code = await run(args, () => config);
  } finally {
    Object.assign(console, { log, error });
  }
  return said;
}

/** Runs `crm` as a process. */
export async function crmProcess(...args: string[]): Promise<Said> {
  const command = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-remote", "--no-prompt", "--quiet", "jobs/starts/crm.ts", ...args],
    env: { ...await settings(), NO_COLOR: "1" },
    stdin: "null",
  });
  const { code, stdout, stderr } = await command.output();
  const decoder = new TextDecoder();
  return { code, out: decoder.decode(stdout), err: decoder.decode(stderr) };
}

/** Runs `crm` as a process beside a started product. Throws with its output if it fails. */
export async function crmOf(
  folder: string,
  env: Record<string, string>,
  ...args: string[]
): Promise<void> {
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-remote", "--no-prompt", "--quiet", "jobs/starts/crm.ts", ...args],
    env: { ...env, DATA_DIR: folder, NO_COLOR: "1" },
    stdin: "null",
  }).output();
  if (code !== 0) throw new Error(new TextDecoder().decode(stderr));
}

/** Writes a file in that folder. Returns its path. */
export async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = `${commandFolder()}/${name}`;
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  await Deno.writeFile(path, bytes);
  return path;
}

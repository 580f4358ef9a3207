/** The command line: finds the command, answers `--help`, and turns misuse into exit code 2. */
import { setOffset } from "../db/clock.ts";
import { type Config, readConfig } from "../db/config.ts";
import { type Command, Usage } from "./command.ts";

/** Every command by name; only the one being called is loaded. */
const commands: Record<string, () => Promise<Command>> = {
  setup: async () => (await import("./commands/setup.ts")).setup,
  migrate: async () => (await import("./commands/migrate.ts")).migrate,
  user: async () => (await import("./commands/user.ts")).user,
  job: async () => (await import("./commands/job.ts")).job,
  import: async () => (await import("./commands/import.ts")).importCommand,
  doctor: async () => (await import("./commands/doctor.ts")).doctor,
  "deploy-files": async () => (await import("./commands/deploy_files.ts")).deployFiles,
  files: async () => (await import("./commands/files.ts")).files,
  export: async () => (await import("./commands/export.ts")).exportCommand,
  backup: async () => (await import("./commands/backup.ts")).backup,
  restore: async () => (await import("./commands/restore.ts")).restore,
  proof: async () => (await import("./commands/proof.ts")).proof,
  keys: async () => (await import("./commands/keys.ts")).keysCommand,
  ledger: async () => (await import("./commands/ledger.ts")).ledgerCommand,
  verify: async () => (await import("./commands/verify.ts")).verify,
};

/** Runs the command that the arguments name and returns its exit code: 0 done, 2 misuse. */
export async function run(args: string[], configure: () => Config = readConfig): Promise<number> {
  const [name, ...rest] = inOrder(args);
  if (name === undefined || name === "--help") {
    console.log(await overview());
    return args.length === 0 ? 2 : 0;
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!load) {
    console.error(`There is no command ${name}.\n\n${await overview()}`);
    return 2;
  }
  const command = await load();
  if (rest.includes("--help")) {
    console.log(command.help);
    return 0;
  }
  const config = configure();
  setOffset(config.clockOffset);
  try {
    return await command.run(rest, config);
  } catch (error) {
    if (!(error instanceof Usage)) throw error;
    console.error(`${error.message.replace(/\.$/, "")}.\n\n${command.help}`);
    return 2;
  }
}

/** `-h` and `help NAME` mean `--help` and `NAME --help`. */
function inOrder(args: string[]): string[] {
  const [first = "", ...rest] = args.map((arg) => arg === "-h" ? "--help" : arg);
  if (first === "help") return [...rest.slice(0, 1), "--help"];
  return args.length === 0 ? [] : [first, ...rest];
}

async function overview(): Promise<string> {
  const lines = await Promise.all(
    Object.entries(commands).map(async ([name, load]) =>
      `  ${name.padEnd(14)}${(await load()).summary}`
    ),
  );
  return [
    "Usage: deno task crm COMMAND [options]; each command knows --help.",
    "",
    ...lines,
  ].join("\n");
}

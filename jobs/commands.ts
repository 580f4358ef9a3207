/** The command line: finds the command, answers `--help`, turns misuse into exit code 2. */
import { setOffset } from "../db/clock.ts";
import { readConfig } from "../db/config.ts";
import { type Command, Usage } from "./command.ts";
import { exportCommand } from "./commands/export.ts";
import { importCommand } from "./commands/import.ts";
import { job } from "./commands/job.ts";
import { migrate } from "./commands/migrate.ts";
import { setup } from "./commands/setup.ts";
import { user } from "./commands/user.ts";

/** Every command by its name. */
const commands: Record<string, Command> = {
  setup,
  migrate,
  user,
  job,
  import: importCommand,
  export: exportCommand,
};

/** Runs the command of the arguments and returns its exit code: 0 done, 2 misuse. */
export async function run(args: string[]): Promise<number> {
  const [name = "--help", ...rest] = args;
  if (name === "--help" || name === "help") {
    console.log(overview());
    return args.length === 0 ? 2 : 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    console.error(`There is no command ${name}.\n\n${overview()}`);
    return 2;
  }
  if (rest.includes("--help")) {
    console.log(command.help);
    return 0;
  }
  const config = readConfig();
  setOffset(config.clockOffset);
  try {
    return await command.run(rest, config);
  } catch (error) {
    if (!(error instanceof Usage)) throw error;
    console.error(`${error.message.replace(/\.$/, "")}.\n\n${command.help}`);
    return 2;
  }
}

function overview(): string {
  const lines = Object.entries(commands).map(([name, { summary }]) =>
    `  ${name.padEnd(10)}${summary}`
  );
  return [
    "Usage: deno task crm COMMAND [options]; each command knows --help.",
    "",
    ...lines,
  ].join("\n");
}

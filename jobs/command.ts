/** Defines what a command of the command line is, and opens the database it works in. */
import { parseArgs, type ParseArgsConfig } from "node:util";
import type { Config } from "../db/config.ts";
import { directEgress } from "../db/egress_direct.ts";
import { openDatabase } from "../db/embedded.ts";
import { processStorage } from "../db/file_storages.ts";
import { closeQueue, openQueue } from "../db/jobs.ts";
import { endPool, openPool, type Sql } from "../db/pool.ts";
import { assertReplaced } from "../db/secret_files.ts";
import { checkServer } from "../db/server.ts";
import * as tenants from "../db/tenants.ts";
import { isSeen, oneLine } from "../db/text_lines.ts";
import { upgrade } from "./upgrades.ts";

/** One command: `deno task crm NAME …`. */
export interface Command {
  /** One line for the list of commands. */
  summary: string;
  /** The full answer to `--help`. */
  help: string;
  /** Runs the command and returns the exit code. Throws Usage for arguments that make no sense. */
  run(args: string[], config: Config): Promise<number>;
}

/** The command line cannot be understood; leads to exit code 2. */
export class Usage extends Error {
  override name = "Usage";
}

type Options = NonNullable<ParseArgsConfig["options"]>;

/**
 * Parses the arguments into options and at most `words` words: one too many is a mistake, such as
 * `backup list`, and so is an empty value. Throws Usage with a sentence naming the mistake.
 */
export function parse<O extends Options>(args: string[], options: O, words = 0) {
  const parsed = parseLoosely(args, options, words);
  // A script's unset variable must not mean the default: `--out ""` would print to the terminal.
  const empty = Object.entries(parsed.values).find(([, value]) => value === "");
  if (empty) throw new Usage(`--${empty[0]} is empty`);
  return parsed;
}

/** The same for a command whose options may be empty. Throws Usage. */
export function parseLoosely<O extends Options>(args: string[], options: O, words = 0) {
  const parsed = parsedArgs(args, options);
  const surplus = parsed.positionals[words];
  if (surplus !== undefined) throw new Usage(`unexpected argument ${surplus}`);
  return parsed;
}

function parsedArgs<O extends Options>(args: string[], options: O) {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new Usage((error as Error).message.split(". ", 1)[0]);
  }
}

/** Returns the value of a required option. Throws Usage if it is missing. */
export function required(value: string | undefined, name: string): string {
  if (!value) throw new Usage(`--${name} is missing`);
  return value;
}

/** A text as the pages store it: one line, at most as long as there, or empty. Throws Usage. */
export function lineOf(value: string, name: string, most = 200): string {
  const line = oneLine(value);
  if (line.length > most) throw new Usage(`--${name} takes at most ${most} characters`);
  return line;
}

/** The same for a required option: something has to be seen of it. Throws Usage. */
export function nameOf(value: string | undefined, name: string, most = 200): string {
  const line = lineOf(required(value, name), name, most);
  if (!isSeen(line)) throw new Usage(`--${name} is missing`);
  return line;
}

/** The language of `--locale`, German by default. Throws Usage. */
export function localeOf(value = "de"): "de" | "en" {
  if (value !== "de" && value !== "en") throw new Usage("--locale must be de or en");
  return value;
}

/** The action that a command is to do. Throws Usage that names all of them, as in `a, b or c`. */
export function actionOf<A extends string>([word]: string[], actions: readonly A[]): A {
  const found = actions.find((each) => each === word);
  if (found) return found;
  const all = `${actions.slice(0, -1).join(", ")}${actions.length > 1 ? " or " : ""}${
    actions.at(-1)
  }`;
  throw new Usage(
    word ? `unknown action ${word}: use ${all}` : `the action is missing: use ${all}`,
  );
}

/** Reads the text of the file that `name` stands for, without the final line break. Throws Usage. */
export async function fileText(path: string, name: string): Promise<string> {
  try {
    return (await Deno.readTextFile(path)).replace(/\r?\n$/, "");
  } catch {
    throw new Usage(`${name} names a file that cannot be read: ${path}`);
  }
}

export interface Database {
  /** Connected as the owner, for set-up and migrations only. */
  owner: Sql;
  /** Connected as the serving role, bound to the tenant of its Scope. */
  app: Sql;
  /** The settings, including where files are kept. */
  store: Config;
}

/** Opens the installation's database, migrated and with its queue, for the duration of `work`. */
export async function inDatabase<T>(
  config: Config,
  work: (database: Database) => Promise<T>,
): Promise<T> {
  assertReplaced(config.dataDir);
  const { adminUrl, close } = await openDatabase(config);
  try {
    await checkServer(adminUrl);
    const { appUrl } = await upgrade(adminUrl, config);
    const owner = openPool(adminUrl, { max: 2, name: "kompaktcrm command" });
    const app = openPool(appUrl, { max: 4, name: "kompaktcrm command" });
    openQueue(appUrl);
    const storage = processStorage(config, appUrl, directEgress(app, config));
    try {
      return await work({ owner, app, store: { ...config, storage } });
    } finally {
      await closeQueue(1_000);
      await Promise.all([endPool(owner), endPool(app), storage.end()]);
    }
  } finally {
    await close();
  }
}

/** The tenant of `--tenant`, which may be omitted if there is only one. Throws Usage. */
export async function findTenant(app: Sql, slug: string | undefined): Promise<tenants.Tenant> {
  const tenant = await tenants.lookup(app, slug);
  if (tenant) return tenant;
  throw new Usage(
    slug === undefined
      ? "--tenant is missing: there is not exactly one tenant"
      : `there is no tenant called ${slug}`,
  );
}

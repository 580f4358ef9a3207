/** A Chromium for the tests: the packaged one if it runs, otherwise the machine's own. */

import chromium from "@sparticuz/chromium";
import { type Browser, chromium as playwright } from "playwright-core";

/** Nothing the browser does by itself may reach another host. */
const quiet = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

/** Names the browser found for all test processes. */
const name = "CHROMIUM_PATH";

/**
 * The browser's program, or null. The packaged one is a Chromium without windows, menus and
 * extensions: it draws the same pages in half the time of the machine's own.
 */
async function lookup(): Promise<string | null> {
  const named = Deno.env.get(name);
  if (named) return named;
  const packaged = await chromium.executablePath().catch(() => null);
  if (packaged && await runs(packaged)) return packaged;
  const folders = (Deno.env.get("PATH") ?? "").split(":").map((folder) => `${folder}/chromium`);
  for (const path of folders) {
    if (await Deno.stat(path).then((file) => file.isFile, () => false)) return path;
  }
  return null;
}

/** Also false while another run is unpacking it. */
const runs = (path: string): Promise<boolean> =>
  new Deno.Command(path, { args: ["--version"], stdout: "null", stderr: "null" }).output()
    .then(({ success }) => success, () => false);

/** Unpacks the browser once for a run. Returns the environment that a process needs to find it. */
export async function findBrowser(): Promise<Record<string, string>> {
  const path = await lookup();
  return path ? { [name]: path } : {};
}

/** A running browser; close it when done. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = await lookup();
  if (!executablePath) throw new Error("no Chromium runs here: name one by CHROMIUM_PATH");
  return await playwright.launch({
    executablePath,
    // Not chromium.args: they disable web security and put all pages into one process.
    args: ["--no-sandbox", "--disable-gpu", ...quiet],
    headless: true,
  });
}

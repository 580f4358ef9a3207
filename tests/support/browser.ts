/** A Chromium for the tests: the machine's own where there is one, else the one from the package. */

import chromium from "@sparticuz/chromium";
import { type Browser, chromium as playwright } from "playwright-core";

/** Nothing the browser does of its own accord may reach another host. */
const quiet = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

async function ownChromium(): Promise<string | null> {
  const named = Deno.env.get("CHROMIUM_PATH");
  const folders = (Deno.env.get("PATH") ?? "").split(":").map((folder) => `${folder}/chromium`);
  for (const path of named ? [named] : folders) {
    if (await Deno.stat(path).then((file) => file.isFile, () => false)) return path;
  }
  return null;
}

/** A running browser; close it when done. */
export async function openBrowser(): Promise<Browser> {
  const own = await ownChromium();
  return await playwright.launch({
    executablePath: own ?? await chromium.executablePath(),
    // Not chromium.args: they switch the web's security off and put all pages into one process.
    args: ["--no-sandbox", "--disable-gpu", ...quiet],
    headless: true,
  });
}

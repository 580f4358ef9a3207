/** What the command line makes of option values before it opens a database. */
import { deepEqual, equal, rejects, throws } from "node:assert/strict";
import { parseConfig } from "../db/config.ts";
import { lineOf, nameOf, parse, Usage } from "../jobs/command.ts";
import { setup } from "../jobs/commands/setup.ts";

const text = { type: "string" } as const;
const says = (message: string) => ({ name: "Usage", message });

Deno.test("an empty value, as from a script's unset variable, is misuse and never the default", () => {
  throws(() => parse(["--out", ""], { out: text }), says("--out is empty"));
  throws(() => parse(["--tenant="], { tenant: text }), says("--tenant is empty"));
  deepEqual({ ...parse(["--out", "x"], { out: text }).values }, { out: "x" });
  deepEqual({ ...parse([], { out: text }).values }, {});
});

Deno.test("names are stored as the pages store them, or refused as the pages refuse them", () => {
  equal(nameOf(" Anna\tOtt\u0007 ", "name"), "Anna Ott");
  equal(lineOf("", "phone"), "");
  throws(() => nameOf(" \u200b ", "name"), says("--name is missing"));
  throws(() => nameOf("x".repeat(201), "name"), says("--name takes at most 200 characters"));
  throws(() => lineOf("x".repeat(51), "phone", 50), Usage);
});

Deno.test("setup refuses a company that nobody sees before it opens a database", async () => {
  const folder = Deno.makeTempDirSync();
  try {
    const file = `${folder}/password`;
    Deno.writeTextFileSync(file, "Leuchtturm-Kachel-31-Birne\n");
    const config = parseConfig({ DATA_DIR: folder }, Deno.readTextFileSync);
    const run = (given: Record<string, string>) => {
      const all = {
        ...{ company: "Nordlicht", "admin-name": "Anna Ott", "admin-email": "anna@example.org" },
        ...{ "admin-password-file": file, "dpo-email": "dsb@example.org", ...given },
      };
      return setup.run(Object.entries(all).map(([name, value]) => `--${name}=${value}`), config);
    };
    await rejects(run({ company: "  " }), says("--company is missing"));
    await rejects(run({ "admin-name": "\u200b" }), says("--admin-name is missing"));
    await rejects(
      run({ "provider-phone": "0".repeat(51) }),
      says("--provider-phone takes at most 50 characters"),
    );
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

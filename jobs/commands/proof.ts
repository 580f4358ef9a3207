/** `crm proof`: checks now what the clauses of the privacy policy promise. */
import * as proofs from "../../db/proofs.ts";
import { translator } from "../../views/i18n/translate.ts";
import { type Command, inDatabase, parse, Usage } from "../command.ts";

const t = translator("en");

export const proof: Command = {
  summary: "Run the proofs of the privacy policy and print their results",
  help: `Usage: deno task crm proof [NAME …] [--json]

Runs the named proofs or all of them, stores the results, and prints one line for each: state, name,
clauses, what was checked. A proof that cannot run yet is shown as not yet proven.

  ${Object.keys(proofs.proofs).join("\n  ")}

Exit codes: 0 all kept, 1 something broken, 2 usage, 69 no database, 78 configuration.`,
  async run(args, config) {
    const { values, positionals } = parse(args, { json: { type: "boolean" } }, Infinity);
    const unknown = positionals.find((name) => !proofs.isProof(name));
    if (unknown !== undefined) throw new Usage(`unknown proof ${unknown}`);
    const names = positionals.length > 0 ? positionals : Object.keys(proofs.proofs);
    return await inDatabase(config, async ({ app }) => {
      let broken = 0;
      for (const name of names.filter(proofs.isProof)) {
        const result = await proofs.run(app, name);
        const { clauses } = proofs.proofs[name];
        if (result && !result.passed) broken++;
        console.log(
          values.json
            ? JSON.stringify({ proof: name, clauses, ...(result ?? { passed: null }) })
            : [
              result ? (result.passed ? "kept" : "BROKEN") : "not yet proven",
              name,
              clauses.join(" "),
              t(`proofs.${name}`),
              result ? JSON.stringify(result.figures) : "",
            ].join("\t").trimEnd(),
        );
      }
      return broken > 0 ? 1 : 0;
    });
  },
};

/**
 * `crm verify`: checks whether a certificate of erasure is genuine, without network or database.
 */
import { check, mostBytes } from "../../db/certificate_checks.ts";
import { publicKeys } from "../../db/signing_keys.ts";
import type { JWK } from "jose";
import { type Command, fileText, parse, Usage } from "../command.ts";

export const verify: Command = {
  summary: "Check a certificate of erasure",
  help: `Usage: deno task crm verify FILE [--keys FILE]

Checks the signature of a certificate (JSON) against the key in it, and that key against those of
this installation or, with --keys, against those that its issuer publishes at
/.well-known/jwks.json. Needs neither network nor database.

  --keys FILE   the issuer's published keys (JSON Web Key Set)

Exit codes: 0 genuine, 1 changed or not a certificate, 2 usage, 3 intact but signed with a key that
is not known here.`,
  async run(args, config) {
    const { values, positionals } = parse(args, { keys: { type: "string" } }, Infinity);
    const [path, ...rest] = positionals;
    if (!path || rest.length > 0) throw new Usage("give exactly one FILE");
    const known = values.keys === undefined
      ? await publicKeys(config.secretKey)
      : keysOf(await fileText(values.keys, "--keys"));
    const source = await fileText(path, "FILE");
    const found = source.length > mostBytes
      ? { genuine: false, fault: "unreadable" } as const
      : await check(source, known);
    if (!found.genuine) {
      console.error(
        found.fault === "changed"
          ? "NOT GENUINE: the certificate was changed, or its signature does not match its key."
          : "NOT GENUINE: this is not a certificate of erasure.",
      );
      return 1;
    }
    const { subject, reference, controller, erasedAt, search, kept } = found.content;
    console.log([
      `${found.known ? "genuine" : "intact"}\t${found.content.id}`,
      `${subject}\t${reference}\t${controller}`,
      `erased\t${erasedAt}\t${search.before} traces before, ${search.after} after`,
      `control\t${search.control.found} of ${search.control.planted} planted traces found`,
      ...kept.map(({ name, count, basis, until }) =>
        `kept\t${name}\t${count}\t${basis}\t${until ?? ""}`
      ),
      `key\t${found.kid}`,
    ].join("\n"));
    if (found.known) return 0;
    console.error("The key is not known here: compare it with the issuer's published keys.");
    return 3;
  },
};

function keysOf(text: string): JWK[] {
  try {
    const { keys } = JSON.parse(text);
    if (Array.isArray(keys)) return keys;
  } catch {
    // Falls through to the same message.
  }
  throw new Usage("--keys: the file is not a JSON Web Key Set");
}

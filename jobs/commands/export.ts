/** `crm export`: writes all contacts, companies or deals of a tenant to a file or the terminal. */
import * as exports from "../../db/exports.ts";
import { system } from "../../db/scope.ts";
import { type Command, findTenant, inDatabase, parse, Usage } from "../command.ts";

const text = { type: "string" } as const;
/** The exit code that shells report for a program whose reader has closed the pipe. */
const brokenPipe = 141;

export const exportCommand: Command = {
  summary: "Export all contacts, companies or deals",
  help: `Usage: deno task crm export --kind contacts|companies|deals|activities [--tenant SLUG]
         --format xlsx|excel_de|csv|json|vcf|vcf3 [--out FILE]

Writes all records to FILE, or to the terminal. Restricted and deleted people are left out.
The export is recorded under /exports.

  csv    UTF-8, comma, CRLF; cells that a spreadsheet would run as a formula are preceded by an
         apostrophe ('+49 30 …), which our import removes again
  json   one array, with source, legal basis, purpose and objections
  vcf    vCard 4.0; not for deals

Exit codes: 0 done, 2 usage, 69 no database, 78 configuration.`,
  async run(args, config) {
    const { values } = parse(args, { kind: text, tenant: text, format: text, out: text });
    const kind = oneOf(values.kind, exports.kinds, "kind");
    const format = oneOf(values.format, exports.formats, "format");
    if (!exports.fits(kind, format)) throw new Usage(`${kind} cannot be written as ${format}`);
    return await inDatabase(config, async ({ app }) => {
      const { id: tenantId } = await findTenant(app, values.tenant);
      const who = { tenantId, actor: system };
      const stream = exports.stream(app, who, { kind, format, purpose: "command_line" });
      const into = values.out ? await create(values.out) : Deno.stdout.writable;
      try {
        await stream.pipeTo(into, { preventClose: !values.out });
      } catch (error) {
        // For example `| head` has seen enough: that is no fault, so print nothing.
        if (error instanceof Deno.errors.BrokenPipe && !values.out) return brokenPipe;
        throw error;
      }
      return 0;
    });
  },
};

function oneOf<T extends string>(value: string | undefined, all: readonly T[], name: string): T {
  const found = all.find((each) => each === value);
  if (!found) throw new Usage(`--${name} must be one of ${all.join(", ")}`);
  return found;
}

/**
 * Creates a file that only its owner may read, even if it existed before: it holds personal data.
 */
async function create(path: string): Promise<WritableStream<Uint8Array>> {
  try {
    const file = await Deno.open(path, { write: true, create: true, truncate: true, mode: 0o600 });
    const { isFile, mode } = await file.stat();
    if (isFile && ((mode ?? 0) & 0o077) !== 0) await Deno.chmod(path, 0o600);
    return file.writable;
  } catch {
    throw new Usage(`--out names a file that cannot be written: ${path}`);
  }
}

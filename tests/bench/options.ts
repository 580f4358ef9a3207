/** What the bench is asked for on its command line. */
import { parseArgs } from "node:util";

export interface Options {
  contacts: number;
  /** Further tenants with a small stock each, beside the large one. */
  tenants: number;
  /** Groups of rows; all of the usual ones where undefined. */
  rows: string[] | undefined;
  seconds: number;
  connections: number;
  runs: number;
  import: number;
  erasure: number;
  /** Stocks to compare instead of one; empty: no comparison. */
  growth: number[];
  json: string | undefined;
  junk: number | undefined;
}

export const help = `deno task bench [--contacts 10000] [--tenants N] [--seconds 10]
  [--connections 8] [--runs 3] [--json FILE] [--import ROWS, 100000]
  [--rows start,list,filtered,search,record,board,timeline,create,api,export,offers,import,
   duplicates,reports]

  --tenants N        so many further tenants with 1,000 contacts each; 300 from a million contacts,
                     else none
  --growth SIZES     instead of the table: 10000,100000,1000000 one after the other; what a page,
                     an import by the command line and an erasure take, and how that grew

Only where they are asked for:
  --rows command     crm import of as many contacts into an empty tenant
  --rows erasure     a tenant erased beside another: --erasure CONTACTS, 100000
  --rows restore,streams,requests
  --junk REQUESTS    junk over all routes instead of the table`;

/** From a million contacts the stock has many tenants: one large tenant among 300 small ones. */
const million = 1_000_000;
const usualTenants = 300;

/** The options, or null where help is asked for. Throws for what cannot be understood. */
export function optionsOf(args: string[]): Options | null {
  const { values } = parseArgs({
    args,
    options: {
      contacts: { type: "string", default: "10000" },
      tenants: { type: "string" },
      rows: { type: "string" },
      seconds: { type: "string", default: "10" },
      connections: { type: "string", default: "8" },
      runs: { type: "string", default: "3" },
      import: { type: "string", default: "100000" },
      erasure: { type: "string", default: "100000" },
      growth: { type: "string" },
      json: { type: "string" },
      junk: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return null;
  const contacts = number("contacts", values.contacts);
  const tenants = values.tenants ?? String(tenantsFor(contacts));
  return {
    contacts,
    tenants: number("tenants", tenants, 0),
    rows: values.rows?.split(","),
    seconds: number("seconds", values.seconds),
    connections: number("connections", values.connections),
    runs: number("runs", values.runs),
    import: number("import", values.import),
    erasure: number("erasure", values.erasure),
    growth: values.growth?.split(",").map((size) => number("growth", size)) ?? [],
    json: values.json,
    junk: values.junk === undefined ? undefined : number("junk", values.junk),
  };
}

/** How many further tenants a stock of so many contacts has by default. */
export const tenantsFor = (contacts: number): number => contacts >= million ? usualTenants : 0;

function number(name: string, text: string, least = 1): number {
  const value = Number(text.replaceAll("_", ""));
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new Error(`--${name} takes whole numbers from ${least} on`);
}

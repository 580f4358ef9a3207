/**
 * `deno task bench`: starts the product as in production, fills it, loads it row by row and prints
 * what it managed. Stops all it started, whatever happens.
 */
import { parseArgs } from "node:util";
import { elapsed } from "../../db/clock.ts";
import { openPool } from "../../db/pool.ts";
import type { Service } from "../runtime/service.ts";
import { scanDuplicates } from "./duplicates.ts";
import { eraseTenant } from "./erasures.ts";
import { measureFloors } from "./floors.ts";
import { load, median } from "./load.ts";
import { asOwner, memory, signIn, startAgain, startEmpty } from "./product.ts";
import { machine, type Measure, type Report, type Result, table } from "./report.ts";
import { measureRequests } from "./requests.ts";
import { backUpAndRestore } from "./restores.ts";
import { setOffers } from "./offers.ts";
import { fillReports, report as numbers } from "./reports.ts";
import { makeRows } from "./rows.ts";
import { fillStock } from "./stock.ts";
import { openStreams } from "./streams.ts";
import { exportCsv, importCsv } from "./transfers.ts";

const { values: args } = parseArgs({
  args: Deno.args,
  options: {
    contacts: { type: "string", default: "10000" },
    rows: { type: "string" },
    seconds: { type: "string", default: "10" },
    connections: { type: "string", default: "8" },
    runs: { type: "string", default: "3" },
    import: { type: "string", default: "100000" },
    erasure: { type: "string", default: "100000" },
    json: { type: "string" },
    junk: { type: "string" },
    help: { type: "boolean", default: false },
  },
});
if (args.help) {
  console.log(
    "deno task bench [--contacts 10000] [--seconds 10] [--connections 8] [--runs 3] [--json FILE]\n" +
      "  [--rows start,list,filtered,search,record,board,timeline,create,api,export,offers,import,duplicates,reports]\n" +
      "  [--import ROWS, 100000] [--rows erasure --erasure CONTACTS, 100000] [--rows restore]\n" +
      "  [--rows requests] [--rows streams] [--junk REQUESTS]: junk over all routes instead of the table",
  );
  Deno.exit(0);
}
if (args.junk) {
  const { junk } = await import("./junk.ts");
  Deno.exit(await junk(Number(args.junk)) > 0 ? 1 : 0);
}
const contacts = Number(args.contacts);
const connections = Number(args.connections);
const seconds = Number(args.seconds);
const runs = Number(args.runs);
const wanted = args.rows?.split(",");

const head = machine();
const results: Result[] = [];
const measures: Measure[] = [];
let service = await startEmpty();
try {
  measures.push(
    await timed(
      "stock made and indexed",
      () => asOwner(service, (url) => fillStock(url, contacts)),
    ),
  );
  service = await restart(service);
  measures.push({
    name: "memory idle after the start",
    value: (await memory(service)).now,
    unit: "MB",
  });
  await loadRows(service);
  if (!wanted || wanted.includes("reports")) await loadReports(service);
  if (!wanted || wanted.includes("list")) await addFloors(service);
  await transfer(service);
  if (wanted?.includes("restore")) measures.push(...await backUpAndRestore(service));
  // Only where asked for: it fills a tenant as large as wanted first.
  if (wanted?.includes("erasure")) {
    measures.push(...await eraseTenant(service, await signIn(service), Number(args.erasure)));
  }
  if (wanted?.includes("streams")) {
    const headers = [];
    for (let n = 0; n < connections; n++) headers.push(await signIn(service));
    const to = { url: service.url, headers, connections, seconds };
    measures.push(...await openStreams(service, to, runs));
  }
  if (wanted?.includes("requests")) {
    measures.push(...await measureRequests(service, await signIn(service)));
  }
  const { now, peak } = await memory(service);
  measures.push({ name: "memory at the end", value: now, unit: "MB" });
  measures.push({ name: "largest process ever", value: peak, unit: "MB" });
} finally {
  await service[Symbol.asyncDispose]();
}
const report: Report = { ...head, contacts, connections, seconds, runs, results, measures };
console.log(`\n${table(report)}`);
if (args.json) await Deno.writeTextFile(args.json, JSON.stringify(report, null, 2));
Deno.exit(results.some((result) => result.errors > 0) ? 1 : 0);

async function loadRows(service: Service): Promise<void> {
  // As many people as connections: a session's row is written by one request at a time.
  const headers = [];
  for (let n = 0; n < connections; n++) headers.push(await signIn(service));
  const groups = await asOwner(service, async (url) => {
    const owner = openPool(url, { max: 1 });
    return await makeRows(owner).finally(() => owner.end());
  });
  const to = { url: service.url, headers, connections };
  for (
    const row of Object.keys(groups).filter((name) => !wanted || wanted.includes(name)).flatMap((
      name,
    ) => groups[name]!)
  ) {
    await load(row, { ...to, seconds: 2 });
    const figures = [];
    for (let run = 0; run < runs; run++) figures.push(await load(row, { ...to, seconds }));
    const figure = median(figures);
    results.push({ row: row.name, ...figure });
    console.log(`${row.name}: ${figure.rate.toFixed(0)}/s, ${figure.errors} errors`);
  }
}

/** The page of numbers, with its deals put in last: they would change the board. */
async function loadReports(service: Service): Promise<void> {
  await asOwner(service, fillReports);
  const headers = [];
  for (let n = 0; n < connections; n++) headers.push(await signIn(service));
  const to = { url: service.url, headers, connections };
  await load(numbers, { ...to, seconds: 2 });
  const figures = [];
  for (let run = 0; run < runs; run++) figures.push(await load(numbers, { ...to, seconds }));
  results.push({ row: numbers.name, ...median(figures) });
}

/** The file in and out, where asked for. */
async function transfer(service: Service): Promise<void> {
  const headers = await signIn(service);
  if (!wanted || wanted.includes("export")) measures.push(...await exportCsv(service, headers));
  if (!wanted || wanted.includes("import")) {
    measures.push(...await importCsv(service, headers, Number(args.import)));
  }
  if (!wanted || wanted.includes("offers")) measures.push(...await setOffers(service, headers));
  if (!wanted || wanted.includes("duplicates")) {
    measures.push(...await scanDuplicates(service, headers, contacts));
  }
}

/** The floors beside the list, and how much of what they allow together the page reaches. */
async function addFloors(service: Service): Promise<void> {
  const { render, query } = await measureFloors(service, { connections, seconds, runs });
  const page = results.find(({ row }) => row === "contact list")!.rate;
  const share = page / (1 / (1 / render + 1 / query));
  measures.push({ name: "floor: the list's view from fixed rows", value: render, unit: "/s" });
  measures.push({ name: "floor: the bare list query in its Scope", value: query, unit: "/s" });
  measures.push({ name: "share of both that the page reaches", value: share, unit: "" });
}

/** Stops the product and starts it again with all that is in it by now. */
async function restart(before: Service): Promise<Service> {
  await before.stop();
  const again = startAgain(before);
  measures.push(await timed("start to ready", () => again.ready()));
  return again;
}

async function timed(name: string, work: () => Promise<unknown>): Promise<Measure> {
  const from = elapsed();
  await work();
  return { name, value: (elapsed() - from) / 1000, unit: "s" };
}

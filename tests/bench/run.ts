/** One run of the bench: a product with its stock, loaded row by row; all it started is stopped. */
import { elapsed, pause } from "../../db/clock.ts";
import { openPool } from "../../db/pool.ts";
import type { Service } from "../runtime/service.ts";
import { importByCommand } from "./command_imports.ts";
import { scanDuplicates } from "./duplicates.ts";
import { eraseTenant } from "./erasures.ts";
import { measureFloors } from "./floors.ts";
import { load, median, type Row } from "./load.ts";
import { setOffers } from "./offers.ts";
import type { Options } from "./options.ts";
import { asOwner, memory, signIn, startAgain, startEmpty } from "./product.ts";
import { machine, type Measure, type Report, type Result } from "./report.ts";
import { fillReports, report as numbers } from "./reports.ts";
import { measureRequests } from "./requests.ts";
import { backUpAndRestore } from "./restores.ts";
import { makeRows } from "./rows.ts";
import { fillStock } from "./stock.ts";
import { openStreams } from "./streams.ts";
import { exportCsv, importCsv } from "./transfers.ts";

const settleMs = 30_000;

/** A product under load, and what was found by now. */
interface Run {
  options: Options;
  service: Service;
  results: Result[];
  measures: Measure[];
}

/** Starts the product as in production, fills it and measures what was asked for. */
export async function measure(options: Options): Promise<Report> {
  const head = machine();
  const run: Run = { options, service: await startEmpty(), results: [], measures: [] };
  try {
    await fill(run);
    await loadRows(run);
    if (wants(run, "reports")) await loadReports(run);
    if (wants(run, "list")) await addFloors(run);
    await transfer(run);
    await onlyWhereAsked(run);
    const { now, peak } = await memory(run.service);
    run.measures.push({ name: "memory at the end", value: now, unit: "MB" });
    run.measures.push({ name: "largest process ever", value: peak, unit: "MB" });
  } finally {
    await run.service[Symbol.asyncDispose]();
  }
  const { contacts, tenants, connections, seconds, runs } = options;
  const { results, measures } = run;
  return { ...head, contacts, tenants, connections, seconds, runs, results, measures };
}

/** Whether a group of rows is asked for: the usual ones are where nothing is named. */
const wants = ({ options: { rows } }: Run, group: string): boolean =>
  rows ? rows.includes(group) : true;

/** Puts the stock in and restarts the product with it. */
async function fill(run: Run): Promise<void> {
  const { options, measures } = run;
  const filling = () => asOwner(run.service, (url) => fillStock(url, options));
  measures.push(await timed("stock made and indexed", filling));
  await run.service.stop();
  run.service = startAgain(run.service);
  measures.push(await timed("start to ready", () => run.service.ready()));
  // What the start itself needed is given back once nobody has asked for anything.
  await pause(settleMs);
  const { now } = await memory(run.service);
  measures.push({ name: "memory idle, half a minute after the start", value: now, unit: "MB" });
}

/** As many people as connections: a session's row is written by one request at a time. */
async function people({ service, options: { connections } }: Run) {
  const headers = [];
  for (let n = 0; n < connections; n++) headers.push(await signIn(service));
  return { url: service.url, headers, connections };
}

async function loadRows(run: Run): Promise<void> {
  const groups = await asOwner(run.service, async (url) => {
    const owner = openPool(url, { max: 1 });
    return await makeRows(owner).finally(() => owner.end());
  });
  const wanted = Object.keys(groups).filter((name) => wants(run, name));
  if (wanted.length === 0) return;
  const to = await people(run);
  for (const row of wanted.flatMap((name) => groups[name]!)) await loadRow(run, row, to);
}

async function loadRow(run: Run, row: Row, to: Awaited<ReturnType<typeof people>>): Promise<void> {
  const { seconds, runs } = run.options;
  await load(row, { ...to, seconds: 2 });
  const figures = [];
  for (let n = 0; n < runs; n++) figures.push(await load(row, { ...to, seconds }));
  const figure = median(figures);
  run.results.push({ row: row.name, ...figure });
  console.log(`${row.name}: ${figure.rate.toFixed(0)}/s, ${figure.errors} errors`);
}

/** The page of numbers, with its deals put in last: they would change the board. */
async function loadReports(run: Run): Promise<void> {
  await asOwner(run.service, fillReports);
  await loadRow(run, numbers, await people(run));
}

/** The file in and out, and what else is asked for once. */
async function transfer(run: Run): Promise<void> {
  const { service, measures, options } = run;
  const headers = await signIn(service);
  if (wants(run, "export")) measures.push(...await exportCsv(service, headers));
  if (wants(run, "import")) measures.push(...await importCsv(service, headers, options.import));
  if (wants(run, "offers")) measures.push(...await setOffers(service, headers));
  if (wants(run, "duplicates")) {
    measures.push(...await scanDuplicates(service, headers, options.contacts));
  }
}

/** What takes long or needs much room; each after what it would disturb. */
async function onlyWhereAsked(run: Run): Promise<void> {
  const { service, measures, options } = run;
  const asked = (group: string) => options.rows?.includes(group);
  if (asked("restore")) measures.push(...await backUpAndRestore(service));
  if (asked("command")) measures.push(...await importByCommand(service, options.contacts));
  if (asked("erasure")) {
    measures.push(...await eraseTenant(service, await signIn(service), options.erasure));
  }
  if (asked("streams")) {
    const to = { ...await people(run), seconds: options.seconds };
    measures.push(...await openStreams(service, to, options.runs));
  }
  if (asked("requests")) {
    measures.push(...await measureRequests(service, await signIn(service)));
  }
}

/** The floors beside the list, and how much of what they allow together the page reaches. */
async function addFloors({ service, options, results, measures }: Run): Promise<void> {
  const { render, query } = await measureFloors(service, options);
  const page = results.find(({ row }) => row === "contact list")!.rate;
  const share = page / (1 / (1 / render + 1 / query));
  measures.push({ name: "floor: the list's view from fixed rows", value: render, unit: "/s" });
  measures.push({ name: "floor: the bare list query in its Scope", value: query, unit: "/s" });
  measures.push({ name: "share of both that the page reaches", value: share, unit: "" });
}

async function timed(name: string, work: () => Promise<unknown>): Promise<Measure> {
  const from = elapsed();
  await work();
  return { name, value: (elapsed() - from) / 1000, unit: "s" };
}

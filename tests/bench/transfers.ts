/** A large file in and a whole stock out: how long it takes, and how much memory at most. */
import assert from "node:assert/strict";
import { elapsed, now } from "../../db/clock.ts";
import { newId } from "../../db/ids.ts";
import type { Row } from "../../db/samples/rows.ts";
import { batches } from "../../db/samples/stock.ts";
import type { Service } from "../runtime/service.ts";
import { formHeaders, post, processes, residentMegabytes } from "./product.ts";
import type { Measure } from "./report.ts";

const columns = (
  "Anrede;Titel;Vorname;Nachname;Firma;Position;E-Mail;Telefon;Mobil;Straße;PLZ;Ort;Land;Website;" +
  "Geburtstag;Kundennummer;Notizen;Sprache;Abteilung"
).split(";");

/** Imports a CSV of so many rows, the trial run apart. */
export async function importCsv(
  service: Service,
  headers: Record<string, string>,
  rows: number,
): Promise<Measure[]> {
  const own = { "sec-fetch-site": "same-origin", origin: formHeaders.origin };
  const body = new FormData();
  body.append("file", new File([...csv(rows)], "bench.csv", { type: "text/csv" }));
  const uploaded = await fetch(`${service.url}/imports/new`, {
    method: "POST",
    body,
    headers: { ...headers, ...own },
    redirect: "manual",
  });
  await uploaded.body?.cancel();
  assert.equal(uploaded.status, 303, "the upload is taken");
  const path = new URL(uploaded.headers.get("location")!, service.url).pathname;
  await post(service, path, { origin: "customer", sourceDetail: "Bench" }, headers);
  await settled(service, path, headers);
  const { seconds, peak } = await watched(service, async () => {
    await post(service, `${path}/run`, {}, headers);
    const page = await settled(service, path, headers);
    assert.ok(page.includes("/contacts?sort=created"), "the import is done");
  });
  const size = rows.toLocaleString("en");
  return [
    { name: `import of ${size} rows, ${columns.length} columns`, value: seconds, unit: "s" },
    { name: "largest process meanwhile", value: peak, unit: "MB" },
  ];
}

/** Exports all contacts as CSV. */
export async function exportCsv(
  service: Service,
  headers: Record<string, string>,
): Promise<Measure[]> {
  let lines = 0;
  const { seconds, peak } = await watched(service, async () => {
    const answer = await fetch(`${service.url}/exports`, {
      method: "POST",
      body: new URLSearchParams({ kind: "contacts", format: "csv", purpose: "backup" }),
      headers: { ...formHeaders, ...headers },
    });
    assert.equal(answer.status, 200);
    assert.ok(answer.headers.get("content-type")?.startsWith("text/csv"));
    for await (const bytes of answer.body!) for (const byte of bytes) if (byte === 10) lines++;
  });
  return [
    { name: `export of ${lines.toLocaleString("en")} lines as CSV`, value: seconds, unit: "s" },
    { name: "largest process meanwhile", value: peak, unit: "MB" },
  ];
}

/** Waits until no job is at work on the import; the page as it then is. */
async function settled(service: Service, path: string, headers: Record<string, string>) {
  for (const from = elapsed(); elapsed() - from < 600_000;) {
    const page = await (await fetch(service.url + path, { headers })).text();
    if (!page.includes("<progress")) return page;
    await new Promise((done) => setTimeout(done, 200));
  }
  throw new Error("the import does not come to an end");
}

/** Seconds of the work, and the most memory that one of our processes had meanwhile. */
export async function watched(service: Service, work: () => Promise<void>) {
  const pids = await processes(service);
  let peak = 0;
  const look = () => peak = Math.max(peak, ...pids.map(residentMegabytes));
  const timer = setInterval(look, 100);
  const from = elapsed();
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  look();
  return { seconds: (elapsed() - from) / 1000, peak };
}

/** The file, piece by piece: people of another seed than those in the stock. */
export function* csv(rows: number): Generator<string> {
  const plan = {
    tenantId: newId(),
    importId: newId(),
    seed: 2,
    contacts: rows,
    companies: Math.ceil(rows / 5),
    now: now(),
    owners: [],
    tags: new Map(),
  };
  yield `${columns.join(";")}\r\n`;
  for (const batch of batches(plan)) {
    const companies = by(batch.companies, "id");
    const emails = by(batch.emails, "contact_id");
    const phones = by(batch.phones, "contact_id");
    const places = by(batch.addresses, "company_id");
    const employers = by(batch.affiliations.filter((row) => row.is_primary), "contact_id");
    yield batch.contacts.map((row) => {
      const company = companies.get(employers.get(row.id)?.company_id ?? "");
      const place = places.get(company?.id ?? "");
      const email = emails.get(row.id)?.address;
      return [
        row.salutation === "ms" ? "Frau" : row.salutation === "mr" ? "Herr" : "",
        row.title,
        row.first_name,
        [row.name_prefix, row.last_name].filter(Boolean).join(" "),
        company?.name,
        row.position,
        email ? `i.${email}` : "",
        phones.get(row.id)?.number,
        "",
        place?.street,
        place?.postal_code,
        place?.city,
        place?.country,
        company?.website,
        String(row.birthday ?? "").startsWith("-") ? "" : row.birthday,
        row.customer_number,
        row.notes,
        row.language,
        "",
      ].map(cell).join(";");
    }).join("\r\n") + "\r\n";
  }
}

const by = (rows: Row[], key: string) =>
  new Map<Row[string] | undefined, Row>(rows.map((row) => [row[key], row]));

const cell = (value: Row[string] | undefined) =>
  /[;"\r\n]/.test(String(value ?? ""))
    ? `"${String(value).replaceAll('"', '""')}"`
    : String(value ?? "");

/** The rows of the bench: what is asked for, and what counts as an answer. */
import type { Sql } from "../../db/pool.ts";
import { apiRows } from "./api.ts";
import { openDeals } from "./deals.ts";
import type { Row } from "./load.ts";
import { formHeaders } from "./product.ts";
import { firstTenant } from "./tenants.ts";
import { storyLength } from "./timeline.ts";

const partial = { "hx-request": "true", "hx-request-type": "partial" };

/** Every row by its group (`list`, `search` …), drawn from what is in the stock. */
export async function makeRows(owner: Sql): Promise<Record<string, Row[]>> {
  const tenantId = await firstTenant(owner);
  const ids = await owner<{ id: string }[]>`
    select id
    from contacts
    where tenant_id = ${tenantId}
      and deleted_at is null
    order by md5(id::text)
    limit 5000
  `;
  const [user] = await owner<{ id: string }[]>`select id from users order by id limit 1`;
  const list = get("contact list", "/contacts");
  const record = {
    name: "record page",
    status: 200,
    ask: (n: number) => ({ path: `/contacts/${ids[n % ids.length]!.id}` }),
  };
  const searches = Object.entries(await terms(owner, tenantId)).map(([name, query]) => ({
    ...get(`search: ${name} “${query}”`, `/contacts?q=${encodeURIComponent(query)}`),
    ask: () => ({ path: `/contacts?q=${encodeURIComponent(query)}`, headers: partial }),
  }));
  const start = get("start page, 500 open activities", "/start");
  return {
    start: [start, { ...start, name: `${start.name}, compressed`, compressed: true }],
    list: [list, { ...list, name: "contact list, compressed", compressed: true }],
    filtered: [
      get("filtered and sorted list", `/contacts?status=customer&owner=${user!.id}&sort=touch`),
    ],
    search: searches,
    record: [record, { ...record, name: "record page, compressed", compressed: true }],
    board: board(),
    timeline: await timeline(owner),
    create: [create()],
    api: await apiRows(owner),
  };
}

/** The page of the contact with the longest story, and what turning its timeline asks for. */
async function timeline(owner: Sql): Promise<Row[]> {
  const [longest] = await owner<{ id: string }[]>`
    select contact_id as id
    from activity_links
    where contact_id is not null
    group by contact_id
    order by count(*) desc
    limit 1
  `;
  const path = `/contacts/${longest!.id}`;
  const of = `timeline of ${storyLength} entries`;
  const turn = (name: string, query: string): Row => ({
    ...get(`${of}: ${name}`, path),
    ask: () => ({ path: `${path}?timeline=${query}`, headers: partial }),
  });
  return [
    turn("the list", "all"),
    turn("mails alone", "mails"),
    get(`${of}: with the whole record`, path),
  ];
}

/** The board of all open deals, as it is and as browsers get it. */
function board(): Row[] {
  const row = get(`board of ${openDeals} open deals`, "/deals/board");
  return [row, { ...row, name: `${row.name}, compressed`, compressed: true }];
}

const get = (name: string, path: string): Row => ({ name, status: 200, ask: () => ({ path }) });

/** One query of each kind that people type. */
async function terms(owner: Sql, tenantId: string): Promise<Record<string, string>> {
  const [rare] = await owner<{ name: string }[]>`
    select min(last_name) as name
    from contacts
    where tenant_id = ${tenantId}
      and last_name !~ '[- ]'
    group by sort_name
    having count(*) = 1
    order by length(min(last_name)) desc
    limit 1
  `;
  return {
    "rare name": rare?.name ?? "Osterkamp",
    "frequent name": "Müller",
    "two letters": "ka",
    "two words": "anna schmidt",
    "umlaut": "jäger",
    "phone fragment": "40 66969 1",
    "no hit": "xqzvw",
  };
}

/** Each created contact is another person. */
function create(): Row {
  const run = crypto.randomUUID().slice(0, 8);
  let n = 0;
  return {
    name: "create a contact",
    status: 303,
    ask: () => ({
      method: "POST",
      path: "/contacts/new",
      headers: formHeaders,
      body: new URLSearchParams({
        salutation: "ms",
        firstName: "Berta",
        lastName: `Bench${run}${++n}`,
        addressForm: "formal",
        language: "de",
        "emails.0.kind": "work",
        "emails.0.address": `b${n}@${run}.example`,
        "phones.0.kind": "work",
        "phones.0.number": `040 ${66_000_000 + n}`,
        status: "lead",
        origin: "inquiry",
        sourceDetail: "Bench",
      }).toString(),
    }),
  };
}

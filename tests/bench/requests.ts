/** Requests of data subjects at size: the queue, an answer over 5,000 records, the search for a person. */
import * as cases from "../../db/cases.ts";
import { elapsed, now, pause } from "../../db/clock.ts";
import * as findings from "../../db/findings.ts";
import { newId } from "../../db/ids.ts";
import { dayOf } from "../../db/local_times.ts";
import { openPool, type Sql } from "../../db/pool.ts";
import { system, withScope } from "../../db/scope.ts";
import type { Service } from "../runtime/service.ts";
import { formOf } from "../support/html.ts";
import { load, type Row } from "./load.ts";
import { asOwner, formHeaders } from "./product.ts";
import type { Measure } from "./report.ts";
import { firstTenant } from "./tenants.ts";

const openCases = 1_000;
const records = 5_000;
const queue: Row = { name: "queue", status: 200, ask: () => ({ path: "/settings/requests" }) };

/** Measures them beside the stock that is there. */
export async function measureRequests(
  service: Service,
  headers: Record<string, string>,
): Promise<Measure[]> {
  return await asOwner(service, async (url) => {
    const owner = openPool(url, { max: 2, statementTimeout: 0 });
    try {
      const tenantId = await firstTenant(owner);
      await fillQueue(owner, tenantId);
      // One person who opens it again and again: the time on the server, not that of a crowd.
      const ask = (seconds: number) =>
        load(queue, { url: service.url, headers: [headers], connections: 1, seconds });
      await ask(2);
      const { p50, p99, errors } = await ask(4);
      if (errors > 0) throw new Error("the queue of requests answered with faults");
      const contact = await fillRecords(owner, tenantId);
      const answer = await timed(() => fetchAnswer(service, headers, contact));
      const search = await timed(() => searchPerson(owner, tenantId, contact));
      return [
        { name: `requests: queue of ${openCases}, median`, value: p50, unit: "ms" },
        { name: `requests: queue of ${openCases}, p99`, value: p99, unit: "ms" },
        { name: `requests: answer over ${records} records`, value: answer, unit: "s" },
        { name: "requests: search for a person in all tables", value: search, unit: "s" },
      ];
    } finally {
      await owner.end({ timeout: 5 });
    }
  });
}

async function fillQueue(owner: Sql, tenantId: string): Promise<void> {
  const at = now();
  const day = dayOf(at);
  await owner`
    insert into cases (
      tenant_id, id, number, channel, language, person_name, received_at, received_on, target_on,
      unshifted_on, due_on, created_at, updated_at
    )
    select ${tenantId}, gen_random_uuid(), 'DS-' || lpad(n::text, 4, '0') || '-AA', 'form', 'de',
      'Person ' || n, ${at}, ${day}::date - n % 20, ${day}::date + n % 20, ${day}::date + n % 30,
      ${day}::date + n % 30, ${at}, ${at}
    from generate_series(1, ${openCases}::int) n
  `;
  await owner`
    insert into case_items (tenant_id, id, case_id, claimed_right, created_at, updated_at)
    select tenant_id, gen_random_uuid(), id, unnest(array['access', 'erasure']), created_at, created_at
    from cases
    where tenant_id = ${tenantId}
  `;
  await owner`analyze cases, case_items`;
}

/** A person with so many notes, each with somebody else's address. */
async function fillRecords(owner: Sql, tenantId: string): Promise<string> {
  const [contact] = await owner<{ id: string }[]>`
    select c.id
    from contacts c
    where c.tenant_id = ${tenantId}
      and c.deleted_at is null
      and exists (select from emails e where e.tenant_id = c.tenant_id and e.contact_id = c.id)
    order by c.id
    limit 1
  `;
  const at = now();
  await owner`
    with made as (
      insert into activities (
        tenant_id, id, kind, subject, body, at, done_at, created_at, updated_at
      )
      select ${tenantId}, gen_random_uuid(), 'note', 'Gespräch ' || n,
        'Nachricht von person' || n % 100 || '@dritte.example: ' || repeat('Wort ', 40), ${at}, ${at},
        ${at}, ${at}
      from generate_series(1, ${records}::int) n
      returning id
    )
    insert into activity_links (tenant_id, activity_id, record_id, contact_id, direct, at)
    select ${tenantId}, id, ${contact!.id}, ${contact!.id}, true, ${at}
    from made
  `;
  await owner`analyze activities, activity_links`;
  return contact!.id;
}

/** The preview and then the file, whole. */
async function fetchAnswer(
  service: Service,
  headers: Record<string, string>,
  contact: string,
): Promise<void> {
  const way = `${service.url}/contacts/${contact}/access`;
  const page = await (await fetch(way, { headers })).text();
  const begun = await fetch(way, {
    method: "POST",
    headers: { ...headers, ...formHeaders },
    body: new URLSearchParams({
      language: "de",
      words: "person1@dritte.example",
      _seen: formOf(page)._seen ?? "",
    }),
    redirect: "manual",
  });
  await begun.body?.cancel();
  let made: string | undefined;
  for (let i = 0; i < 600 && made === undefined; i++) {
    await pause(200);
    const again = await (await fetch(way, { headers })).text();
    made = /\/access-archives\/[0-9a-f-]{36}/.exec(again)?.[0];
  }
  const answer = await fetch(service.url + made, { headers });
  const bytes = (await answer.arrayBuffer()).byteLength;
  if (answer.status !== 200 || bytes < 100_000) {
    throw new Error(`the answer came with ${answer.status} and ${bytes} bytes`);
  }
}

async function searchPerson(owner: Sql, tenantId: string, contact: string): Promise<void> {
  const id = newId();
  const [row] = await owner<{ address: string; lastName: string }[]>`
    select e.address, c.last_name
    from emails e
    join contacts c on c.tenant_id = e.tenant_id and c.id = e.contact_id
    where e.contact_id = ${contact}
    limit 1
  `;
  await withScope(owner, { tenantId, actor: system }, async (scope) => {
    await scope.sql`
      insert into cases (
        tenant_id, id, number, channel, language, person_name, person_email, received_at, received_on,
        target_on, unshifted_on, due_on, created_at, updated_at
      )
      values (
        ${tenantId}, ${id}, 'DS-ZZZZ-ZZ', 'form', 'de', ${row!.lastName}, ${row!.address}, now(),
        current_date, current_date, current_date, current_date, now(), now()
      )
    `;
    await findings.search(scope, id, "/nonexistent");
    const found = await findings.lookup(scope, id);
    if (!found?.candidates.some(({ id }) => id === contact)) throw new Error("nobody was found");
    await cases.find(scope, id);
  });
}

async function timed(work: () => Promise<void>): Promise<number> {
  const from = elapsed();
  await work();
  return (elapsed() - from) / 1000;
}

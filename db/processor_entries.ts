/** Changes to the register: adding, switching and ending entries, each recorded in the history. */
import { now, startOf, today } from "./clock.ts";
import * as egressHosts from "./egress_hosts.ts";
import { Invalid, Stale } from "./errors.ts";
import { assertNoneInBucket } from "./file_places.ts";
import { enqueue } from "./jobs.ts";
import type { AnySql, Sql } from "./pool.ts";
import { type Difference, record } from "./processor_changes.ts";
import { isInside, obstaclesBeforeSwitch } from "./processor_gates.ts";
import * as notices from "./processor_notices.ts";
import {
  type DataCategory,
  find,
  type Host,
  type Processor,
  type SubProcessor,
} from "./processors.ts";

/** What the operator states about a processor. */
export interface ProcessorInput {
  name: string;
  role: "processor" | "controller";
  serviceDe: string;
  serviceEn: string;
  dataCategories: DataCategory[];
  processingCountries: string[];
  seatCountry: string;
  parentCountry: string | null;
  location: string;
  agreementOn: string | null;
  reviewedOn: string | null;
  subProcessors: SubProcessor[];
  /** Hosts of an entry that has no connector; a connector's hosts come from its connection. */
  hosts: Host[];
}

/** What the public and the tenants see, in display order. */
const publicFields = [
  "name",
  "role",
  "serviceDe",
  "serviceEn",
  "dataCategories",
  "processingCountries",
  "seatCountry",
  "parentCountry",
  "location",
  "agreementOn",
  "subProcessors",
] as const;

/** Fields that mean a new recipient, place or kind of data, or freedom from our instructions. */
const materialFields: readonly string[] = [
  "name",
  "role",
  "dataCategories",
  "processingCountries",
  "seatCountry",
  "location",
  "subProcessors",
];

/** Throws Invalid, citing clause 4.3, for the first place outside the EU and the EEA. */
function assertInside(input: ProcessorInput): void {
  if (!input.processingCountries.every(isInside)) {
    throw new Invalid("processors.outside", "processingCountries");
  }
  if (!isInside(input.seatCountry)) throw new Invalid("processors.outside", "seatCountry");
  const at = input.subProcessors.findIndex(({ country }) => !isInside(country));
  if (at >= 0) throw new Invalid("processors.outside", `subProcessors.${at}.country`);
}

/** Adds an entry under the id its form was created with; false if the form was sent before. */
export async function create(
  pool: Sql,
  actorId: string,
  id: string,
  input: ProcessorInput,
): Promise<boolean> {
  assertInside(input);
  return await pool.begin(async (sql) => {
    const { subProcessors, hosts, ...fields } = input;
    const rows = await sql`insert into processors ${
      sql({ id, ...fields, createdAt: now(), updatedAt: now() })
    } on conflict do nothing returning id`;
    if (rows.length === 0) return false;
    await writeLists(sql, id, subProcessors, hosts);
    await record(sql, {
      processorId: id,
      processorName: input.name,
      action: "listed",
      material: false,
      actorId,
    });
    return true;
  });
}

/**
 * Changes an entry; returns the day on which it takes effect. A change that sends customers' data
 * to a new recipient or place waits until they were told. Throws NotFound, Stale or Invalid.
 */
export async function update(
  pool: Sql,
  actorId: string,
  id: string,
  version: number,
  input: ProcessorInput,
  reason: string,
): Promise<string> {
  assertInside(input);
  return await pool.begin(async (sql) => {
    const before = await find(sql, id);
    if (before.version !== version) throw new Stale("processor", before.version);
    await assertNothingWaits(sql, id);
    const differences = compare(before, input);
    const names = Object.keys(differences);
    if (before.adapter === "ionos" && !input.dataCategories.includes("files")) {
      await assertNoneInBucket(sql, "dataCategories");
    }
    const material = before.enabled && names.some((name) => materialFields.includes(name));
    if (!material) await write(sql, before, input);
    if (names.length === 0) return today();
    const change = await record(sql, {
      processorId: id,
      processorName: before.name,
      action: "changed",
      differences,
      material,
      reason,
      actorId,
    });
    if (material) await wait(sql, change.id, id, input);
    return change.day;
  });
}

/** Overwrites an entry in the caller's transaction if its version is the one read. Throws Stale. */
export async function write(
  sql: AnySql,
  { id, version, adapter }: Processor,
  input: ProcessorInput,
): Promise<void> {
  const { subProcessors, hosts, ...fields } = input;
  const { count } = await sql`
    update processors
    set ${sql({ ...fields, updatedAt: now() })}, version = version + 1
    where id = ${id}
      and version = ${version}
  `;
  if (count === 0) throw new Stale("processor", version + 1);
  await writeLists(sql, id, subProcessors, adapter ? null : hosts);
  await egressHosts.announce(sql);
}

/** Stores a change until customers have been told: the future entry, or null for its switch. */
async function wait(
  sql: AnySql,
  changeId: string,
  processorId: string,
  input: ProcessorInput | null,
): Promise<void> {
  await sql`
    insert into processor_plans (change_id, processor_id, input)
    values (${changeId}, ${processorId}, ${input && sql.json(input)})
  `;
  await enqueue(sql, "announce_processors", null, {});
}

/** One announcement at a time: customers must know what they may object to. */
async function assertNothingWaits(sql: AnySql, processorId: string): Promise<void> {
  const found = await sql`select from processor_plans where processor_id = ${processorId}`;
  if (found.length > 0) throw new Invalid("processors.plan_open", "reason");
}

/**
 * Switches a processor on; returns the day from which data go there. Tenants are told beforehand,
 * unless none of their data are affected. Throws NotFound, or Invalid with the obstacle.
 */
export async function enable(pool: Sql, actorId: string, id: string): Promise<string> {
  return await pool.begin(async (sql) => {
    const processor = await find(sql, id);
    const [obstacle] = obstaclesBeforeSwitch(processor, today());
    if (obstacle) throw new Invalid(`processors.obstacle_${obstacle}`);
    if (processor.enabled) throw new Invalid("processors.enabled_already");
    const material = processor.dataCategories.some((category) => category !== "events");
    const change = await record(sql, {
      processorId: id,
      processorName: processor.name,
      action: "enabled",
      material,
      actorId,
    });
    await sql`
      update processors
      set enabled = true, enabled_from = ${
      material ? startOf(change.day) : now()
    }, updated_at = ${now()},
        version = version + 1
      where id = ${id}
    `;
    if (material) await wait(sql, change.id, id, null);
    await egressHosts.announce(sql);
    return change.day;
  });
}

/** Switches a processor off at once. Throws NotFound, or Invalid while our files are there. */
export async function disable(pool: Sql, actorId: string, id: string): Promise<void> {
  await pool.begin(async (sql) => {
    const processor = await find(sql, id);
    if (!processor.enabled) return;
    if (processor.adapter === "ionos") await assertNoneInBucket(sql);
    await close(sql, processor, actorId, "disabled");
  });
}

/** Removes an entry from the register; its history stays. Throws NotFound or Invalid. */
export async function remove(pool: Sql, actorId: string, id: string): Promise<void> {
  await pool.begin(async (sql) => {
    const processor = await find(sql, id);
    if (processor.adapter) throw new Invalid("processors.connector_stays");
    await close(sql, processor, actorId, "removed");
  });
}

async function close(
  sql: AnySql,
  { id, name }: Processor,
  actorId: string,
  action: "disabled" | "removed",
): Promise<void> {
  await sql`
    update processors
    set enabled = false, enabled_from = null, updated_at = ${now()}, version = version + 1,
      removed_at = ${action === "removed" ? now() : null}
    where id = ${id}
  `;
  const plans = await sql<{ changeId: string }[]>`
    delete from processor_plans
    where processor_id = ${id}
    returning change_id
  `;
  for (const { changeId } of plans) await notices.withdraw(sql, changeId);
  if (plans.length > 0) await enqueue(sql, "announce_processors", null, {});
  if (action === "removed") {
    await sql`
      update processor_evidence
      set removed_at = ${now()}
      where processor_id = ${id}
        and removed_at is null
    `;
  }
  await record(sql, { processorId: id, processorName: name, action, material: false, actorId });
  await egressHosts.announce(sql);
}

async function writeLists(
  sql: AnySql,
  id: string,
  subProcessors: readonly SubProcessor[],
  hosts: readonly Host[] | null,
): Promise<void> {
  await sql`delete from sub_processors where processor_id = ${id}`;
  const rows = subProcessors.map((each, position) => ({ processorId: id, position, ...each }));
  if (rows.length > 0) await sql`insert into sub_processors ${sql(rows as never)}`;
  if (hosts) await writeHosts(sql, id, hosts);
}

/** Sets the hosts at which a processor is reached. */
export async function writeHosts(sql: AnySql, id: string, hosts: readonly Host[]): Promise<void> {
  await sql`delete from processor_hosts where processor_id = ${id}`;
  const rows = hosts.map((each) => ({ processorId: id, ...each }));
  if (rows.length > 0) {
    await sql`insert into processor_hosts ${sql(rows as never)} on conflict do nothing`;
  }
}

function compare(before: Processor, after: ProcessorInput): Record<string, Difference> {
  const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
  return Object.fromEntries(
    publicFields.filter((name) => !same(plain(before[name]), plain(after[name])))
      .map((name) => [name, [plain(before[name]) ?? null, plain(after[name]) ?? null]]),
  );
}

/** Sub-processors with their keys in a fixed order, as the database's JSON has another. */
const plain = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map((each) =>
      typeof each === "object" && each !== null
        ? { name: each.name, service: each.service, country: each.country }
        : each
    )
    : value;

/** A disk that is full under database and files. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { newId } from "../../db/ids.ts";
import { eventually, freePort, Service } from "../runtime/service.ts";
import { type Fault, NotHere } from "./fault.ts";
import { Installation } from "./installation.ts";

const run = async (...[program, ...args]: [string, ...string[]]) =>
  (await new Deno.Command(program, { args, stderr: "null" }).output()).success;

export const disks: Fault[] = [
  {
    name: "disk full under database and files",
    long: true,
    run: () =>
      onDisk(400, async (folder) => {
        await using service = await Installation.open(folder);
        return await fill(service, `${folder}/ballast`);
      }),
  },
  {
    name: "disk full during the first start",
    long: true,
    // The database's files fit, its tables do not.
    run: () =>
      onDisk(52, async (folder) => {
        const service = new Service(folder, freePort());
        equal((await service.status).code, 69);
        await service.stop();
        match(service.output.trim().split("\n").at(-1)!, /No space left on device$/);
        return { lost: "nothing", saw: "the reason" };
      }),
  },
];

/** Runs `work` with a folder on a disk of so many megabytes. Throws NotHere. */
async function onDisk<T>(megabytes: number, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await Deno.makeTempDir({ prefix: "kompaktcrm-disk-" });
  const size = `size=${megabytes}m,mode=0755`;
  if (!await run("mount", "-t", "tmpfs", "-o", size, "tmpfs", folder)) {
    await Deno.remove(folder);
    throw new NotHere("needs the right to mount a small disk");
  }
  try {
    return await work(folder);
  } finally {
    await run("umount", "-l", folder);
    await Deno.remove(folder);
  }
}

async function fill(service: Installation, ballast: string) {
  await service.enter("Vorher", 5);
  await run("dd", "if=/dev/zero", `of=${ballast}`, "bs=64k");
  const taken: string[] = [];
  const refusals = new Set<number>();
  // Notes as long as they may be: what room is left in the tables' pages is soon used up.
  for (let n = 0; n < 400 && refusals.size === 0; n++) {
    const firstName = `P${n}`;
    const notes = crypto.getRandomValues(new Uint8Array(3_000)).toHex();
    const fields = { id: newId(), firstName, lastName: "Voll", origin: "card", notes };
    const { status } = await service.ask("/contacts/new", fields);
    if (status === 303) taken.push(firstName);
    else refusals.add(status);
  }
  deepEqual([...refusals], [503], "a page that says so");
  equal((await service.ask("/health/live")).status, 200);
  await Deno.remove(ballast);
  await eventually(service.ready, 60_000);
  await service.enter("Nachher", 1);
  equal((await service.count("Vorher")).rows, 5);
  const there = await service.owner((sql) =>
    sql<{ firstName: string }[]>`select first_name from contacts where last_name = 'Voll'`
  );
  const names = new Set(there.map(({ firstName }) => firstName));
  ok(taken.every((each) => names.has(each)), "what was acknowledged is there");
  return {
    lost: `nothing of ${taken.length + 5} acknowledged contacts`,
    saw: "503 for what is written; goes on by itself once there is room",
  };
}

/** A download whose transaction fails after its file was opened leaves no file open. */
import { equal } from "node:assert/strict";
import { pause } from "../db/clock.ts";
import * as deliveries from "../db/deliveries.ts";
import { localStorage, type Storage } from "../db/storage.ts";
import { cast } from "./support/cast.ts";
import { fileOf, pdf, put } from "./support/files.ts";
import { idOf } from "./support/html.ts";
import { linkIn, mailbox } from "./support/mailbox.ts";
import { code, link, post, request } from "./support/officers.ts";
import { newMark } from "./support/stock.ts";

const people = await cast();
const { test, visitor } = people;
const { owner } = test.db;
const box = await mailbox();

Deno.test.afterAll(() => box.close());

/** A file of which more is left after its first piece. */
const large = () => {
  const random = Array.from(crypto.getRandomValues(new Uint8Array(60_000)), (each) => each);
  return fileOf(pdf(Array.from({ length: 4 }, () => random.join("")).join("")), "akte.pdf");
};

/** Does work with a storage that counts the files that are open; returns how many still are. */
async function leftOpen(work: () => Promise<void>, opened = () => Promise.resolve()) {
  const { services } = test;
  const { config } = services;
  const whole = localStorage(config.dataDir);
  let [open, ever] = [0, 0];
  const storage: Storage = {
    ...whole,
    async *get(name) {
      open++;
      ever++;
      try {
        await opened();
        yield* whole.get(name);
      } finally {
        open--;
      }
    },
  };
  Object.assign(services, { config: { ...config, storage } });
  try {
    await work();
  } finally {
    Object.assign(services, { config });
  }
  equal(ever, 1);
  for (let turn = 0; open > 0 && turn < 20; turn++) await pause(10);
  return open;
}

for (const when of ["begun", "committed"] as const) {
  Deno.test(`an answer's file is closed where its count cannot be ${when}, and nothing is taken`, async () => {
    const { alice } = await cast();
    const mark = newMark();
    const [officer, email] = [`dsb.${mark}@officer.example`, `${mark}@person.example`];
    await owner`
      insert into officers (tenant_id, name, email, updated_at)
      values (${alice.tenantId}, 'Dora', ${officer}, now())
    `;
    const contact = idOf(
      await alice.post("/contacts/new", {
        ...{ origin: "customer", _anyway: "1", lastName: mark, "emails.0.address": email },
      }),
    );
    await put(alice, `/contacts/${contact}`, large());
    const { id, number } = await request(test, alice.tenantId, ["access"], { personEmail: email });
    const letter = (await post(test, box, officer, number)).at(-1)!;
    await visitor.post(link(letter, "Freigeben"), { code: code(letter, "Auskunft") });
    await post(test, box, officer, number);
    const path = linkIn((await box.collect(test, email)).at(-1)!, "deliveries");
    await visitor.post(`${path}/codes`);
    const mail = (await box.collect(test, email)).at(-1)!;
    const typed = /^([0-9A-Z]{4}-[0-9A-Z]{4})$/m.exec(mail.text!)![1]!;
    await owner`update deliveries set downloads_left = 1 where case_id = ${id}`;
    await owner.unsafe(`
      create function zz_refuse() returns trigger language plpgsql as
        $$ begin raise exception 'refused'; end $$;
      create constraint trigger zz_refuse after update on deliveries
        deferrable initially ${when === "begun" ? "immediate" : "deferred"}
        for each row when (old.downloads < new.downloads) execute function zz_refuse();
    `);
    try {
      const open = await leftOpen(async () => {
        equal((await visitor.post(path, { code: typed })).status, 500);
      });
      equal(open, 0);
    } finally {
      await owner.unsafe("drop trigger zz_refuse on deliveries; drop function zz_refuse()");
    }
    const [delivery] = await alice.scope((scope) => deliveries.list(scope, id));
    equal(delivery!.downloadsLeft, 1);
    equal(delivery!.destroyedAt, null);
    equal((await visitor.post(path, { code: typed })).status, 200);
  });
}

Deno.test("a record's file is closed where the transaction that opened it is lost", async () => {
  const { alice } = people;
  const fields = { origin: "customer", _anyway: "1", lastName: newMark() };
  const home = `/contacts/${idOf(await alice.post("/contacts/new", fields))}`;
  await put(alice, home, large());
  const [file] = await owner<{ id: string }[]>`
    select id from files where contact_id = ${home.split("/")[2]!}
  `;
  const cut = async () => {
    await owner`
      select pg_terminate_backend(pid)
      from pg_stat_activity
      where datname = current_database()
        and state = 'idle in transaction'
        and pid <> pg_backend_pid()
    `;
  };
  const open = await leftOpen(async () => {
    equal((await alice.get(`/files/${file!.id}`)).status, 503);
  }, cut);
  equal(open, 0);
});

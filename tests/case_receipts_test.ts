/** Receipts of requests by mail: owed to whoever writes, and no means to flood a stranger. */
import { deepEqual, equal, match } from "node:assert/strict";
import nodemailer from "nodemailer";
import { inTime } from "../db/proofs/requests.ts";
import { cast } from "./support/cast.ts";
import { domain, openDoor } from "./support/inbound.ts";
import { mailbox } from "./support/mailbox.ts";
import { newMark } from "./support/stock.ts";

Deno.test("whoever's address stands on ever more mails gets five receipts a day, every mail is a case", async () => {
  const { test, alice } = await cast();
  const { owner } = test.db;
  const box = await mailbox();
  const door = await openDoor(test);
  const [{ slug }] = await owner<[{ slug: string }]>`
    select slug from tenants where id = ${alice.tenantId}
  `;
  const from = `Opfer.${newMark()}@person.example`;
  const transport = nodemailer.createTransport({ host: "127.0.0.1", port: door.port });
  const write = (sender: string, no: number) =>
    transport.sendMail({
      from: sender,
      to: `datenschutz.${slug}@${domain}`,
      subject: `Ticket ${no}`,
      text: `Vielen Dank für Ihre Nachricht. Ihre Nummer ist ${no}.`,
    });
  for (let no = 1; no <= 6; no++) await write(from, no);
  await write(from.toLowerCase(), 7);
  equal((await box.collect(test, from)).length, 5);
  const other = `mia.${newMark()}@person.example`;
  await write(other, 8);
  transport.close();
  equal((await box.collect(test, other)).length, 1, "others get theirs");

  const cases = await owner<{ id: string; told: boolean; steps: string[] }[]>`
    select c.id, c.acknowledged_at is not null as told, array(
      select e.action from case_events e
      where e.tenant_id = c.tenant_id and e.case_id = c.id and e.action like 'receipt%'
    ) as steps
    from cases c
    where c.tenant_id = ${alice.tenantId} and lower(c.person_email) = lower(${from})
    order by told, c.id
  `;
  equal(cases.length, 7);
  deepEqual(cases.map(({ told, steps }) => [told, ...steps]), [
    [false, "receipt_left_out"],
    [false, "receipt_left_out"],
    ...Array.from({ length: 5 }, () => [true]),
  ]);
  const page = await (await alice.get(`/settings/requests/${cases[0]!.id}`)).text();
  match(page, /keine Eingangsbestätigung versandt, zu viele an diese Adresse/);

  // It was decided, not forgotten.
  const unanswered = async () => Number((await inTime(test.db.app)).figures.unanswered);
  const before = await unanswered();
  await owner`
    update cases set created_at = created_at - interval '1 hour'
    where tenant_id = ${alice.tenantId} and id = any (${cases.map(({ id }) => id)}::uuid[])
  `;
  equal(await unanswered(), before);
  await door.close(100);
  await box.close();
});

/** Attempts to send users' mail that end midway: nothing is lost, nothing goes twice by itself. */
import { deepEqual, equal, ok } from "node:assert/strict";
import { setOffset } from "../db/clock.ts";
import { queues } from "../db/jobs.ts";
import * as outgoing from "../db/outgoing_messages.ts";
import { system, withScope } from "../db/scope.ts";
import { cast, type Person } from "./support/cast.ts";
import { mailbox } from "./support/mailbox.ts";
import { emptyQueue, hurry, send, stored } from "./support/messages.ts";
import { drain } from "./support/worker.ts";

const stateOf = async (person: Person, id: string) => {
  const { state, errorCode } = (await stored(person, id))!;
  return [state, errorCode];
};

Deno.test("a mail that ends every process that takes it is left to its author", async () => {
  const { test, alice } = await cast();
  await emptyQueue(alice);
  const box = await mailbox();
  const id = await send(alice);
  const attempts = (queues.send_message.retryLimit ?? 0) + 1;
  await test.db.owner`update outgoing_messages set attempts = ${attempts} where message_id = ${id}`;
  await drain(test, { smtpUrl: box.smtpUrl });
  deepEqual(await stateOf(alice, id), ["failed", "unexpected"]);
  equal(box.mails.length, 0);
  await box.close();
});

Deno.test("a job that died between text and answer leaves it to the author", async () => {
  const { test, alice } = await cast();
  await emptyQueue(alice);
  const box = await mailbox();
  const [early, late] = [await send(alice), await send(alice)];
  const who = { tenantId: alice.tenantId, actor: system };
  await withScope(test.db.app, who, async (scope) => {
    ok(await outgoing.take(scope, early));
    equal(await outgoing.take(scope, early), null, "one at a time");
    ok(await outgoing.take(scope, late));
    await outgoing.noteHandedOver(scope, late);
  });
  try {
    setOffset("PT6M");
    await drain(test, { smtpUrl: box.smtpUrl });
  } finally {
    setOffset(undefined);
  }
  deepEqual(await stateOf(alice, early), ["sent", null]);
  deepEqual(await stateOf(alice, late), ["failed", "unclear"]);
  equal(box.mails.length, 1);
  await box.close();
});

Deno.test("a mail whose attempt was cut short before its text goes once its claim has ended", async () => {
  const { test, alice } = await cast();
  await emptyQueue(alice);
  const box = await mailbox();
  const id = await send(alice);
  const who = { tenantId: alice.tenantId, actor: system };
  await withScope(test.db.app, who, async (scope) => ok(await outgoing.take(scope, id)));
  await drain(test, { smtpUrl: box.smtpUrl });
  try {
    setOffset("PT6M");
    await test.db.owner`update jobs.job set start_after = now() where state = 'created'`;
    await drain(test, { smtpUrl: box.smtpUrl });
  } finally {
    setOffset(undefined);
  }
  deepEqual(await stateOf(alice, id), ["sent", null]);
  equal(box.mails.length, 1);
  await box.close();
});

Deno.test("a mail that was taken is not sent again when noting it fails", async () => {
  const { test, alice } = await cast();
  await emptyQueue(alice);
  const box = await mailbox();
  const id = await send(alice);
  await test.db.owner.unsafe(`
    create function fail_once() returns trigger language plpgsql as $$
    begin raise exception 'two changes met' using errcode = '40P01'; end $$;
    create trigger fail_once before update on messages for each row
    when (new.state = 'sent' and new.id = '${id}') execute function fail_once();
  `);
  try {
    await drain(test, { smtpUrl: box.smtpUrl });
  } finally {
    await test.db.owner.unsafe("drop trigger fail_once on messages; drop function fail_once()");
  }
  await hurry(alice);
  await drain(test, { smtpUrl: box.smtpUrl });
  equal(box.mails.length, 1, "the recipient has it once");
  deepEqual(await stateOf(alice, id), ["failed", "unclear"]);
  await box.close();
});

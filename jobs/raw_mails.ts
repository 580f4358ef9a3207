/** Reads raw mails: the handler of their address processes them, then their bytes are deleted. */
import { now } from "../db/clock.ts";
import { providerId } from "../db/controllers.ts";
import { scanFirst } from "../db/file_verdicts.ts";
import * as rawMails from "../db/raw_mails.ts";
import { read } from "../db/received_mails/contents.ts";
import { system, withScope } from "../db/scope.ts";
import * as sentCopies from "../db/sent_copies.ts";
import { FileBroken } from "../db/vault.ts";
import { handlers } from "./inbound/handlers.ts";
import { plainJob } from "./job.ts";
import { Faults, inEachTenant } from "./rounds.ts";

/** Reads one mail. A second run finds it read and only deletes the bytes. */
export const receiveMail = plainJob("receive_mail", async ({ tenantId, ...tools }, payload) => {
  if (tenantId === null) throw new TypeError("a mail has a tenant");
  const { pool, config, log } = tools;
  const who = { tenantId, actor: system };
  const { rawMailId: id } = payload;
  const raw = await rawMails.open(config, id).catch((error) => {
    if (error instanceof FileBroken) return null;
    throw error;
  });
  if (raw === null) {
    // Missing because it was read, or broken: then only its sender still has it.
    if (await withScope(pool, who, (scope) => rawMails.fail(scope, id, "broken"))) {
      log.error("a raw mail is broken", undefined, { tenantId, recordId: id });
    }
    return;
  }
  try {
    const contents = await read(raw);
    await scanFirst(config.clamavSocket, (verdicts) =>
      withScope(pool, who, async (scope) => {
        const mail = await rawMails.lookupWaiting(scope, id);
        if (!mail) return;
        const handler = handlers.find(({ name }) => name === mail.handler);
        if (!handler) throw new TypeError("nobody takes such a mail");
        await handler.receive(scope, { ...mail, raw, contents, verdicts }, tools);
        await rawMails.finish(scope, id);
      }));
  } catch (error) {
    await withScope(pool, who, (scope) => rawMails.reseal(scope, config, id)).catch((fault) => {
      log.error("a raw mail could not be sealed again", fault, { tenantId, recordId: id });
    });
    throw error;
  }
  await rawMails.removeBytes(config, id);
});

/** Removes read mails, and those that could not be read for 30 days, tenant by tenant. */
export const removeRawMails = plainJob("remove_raw_mails", async (tools) => {
  const { pool, config, log } = tools;
  const clear = async (tenantId: string) => {
    const count = await rawMails.removeFinished(pool, config, tenantId);
    if (count > 0) log.info("raw mails removed", { tenantId, count });
    await withScope(pool, { tenantId, actor: system }, rawMails.resumeForgotten);
  };
  const faults = new Faults(tools);
  // Letters to the provider and answers of its officer are mails as well.
  await faults.keep(providerId, () => clear(providerId));
  await inEachTenant(tools, clear);
  faults.end();
  await rawMails.sweep(config, now());
  await sentCopies.sweep(config, now());
});

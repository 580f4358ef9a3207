/** Makes a large answer to a right of access, as it was chosen on the contact's page. */
import * as archives from "../db/access_archives.ts";
import { asOf, cover } from "../db/access_covers.ts";
import * as packages from "../db/access_packages.ts";
import { partsOf } from "../db/access_parts.ts";
import { archive, type Part } from "../db/archives.ts";
import { now } from "../db/clock.ts";
import type { Config } from "../db/config.ts";
import * as dataKeys from "../db/data_keys.ts";
import { NotFound } from "../db/errors.ts";
import { objectOf } from "../db/files.ts";
import { newId } from "../db/ids.ts";
import * as mails from "../db/mails.ts";
import { isPassing } from "../db/passing_faults.ts";
import { longPool } from "../db/pool.ts";
import * as redactions from "../db/redactions.ts";
import { type Scope, system, withScope } from "../db/scope.ts";
import { isDiskFull } from "../db/storage.ts";
import { pdf } from "../db/typst.ts";
import * as vault from "../db/vault.ts";
import { accessFileNames } from "../views/access_files.ts";
import { accessLetter } from "../views/access_letters.ts";
import { accessDocument } from "../views/documents.ts";
import { formatter } from "../views/format.ts";
import { translator } from "../views/i18n/translate.ts";
import { accessFailure } from "../views/mail/access_archives.ts";
import { plainJob } from "./job.ts";

/** Reads and covers in one snapshot, packs outside of it; if interrupted, it starts over. */
export const prepareAccess = plainJob(
  "prepare_access",
  async ({ pool, config, log, tenantId }, { accessArchiveId: id }) => {
    if (tenantId === null) throw new TypeError("prepare_access needs a tenant");
    const who = { tenantId, actor: system };
    try {
      const parts = await withScope(longPool(pool), who, (scope) => compose(scope, config, id));
      if (parts === null) return;
      const keyId = await withScope(pool, who, (scope) => dataKeys.current(scope, config));
      const objectId = newId();
      const object = objectOf(tenantId, objectId);
      const bytes = archive(parts, now());
      const size = await vault.store(config, object, keyId, bytes, Number.MAX_SAFE_INTEGER);
      const isWanted = await withScope(
        pool,
        who,
        (scope) => archives.finish(scope, id, { objectId, size }),
      );
      if (!isWanted) return await vault.remove(config, object);
      log.info("answer to a right of access prepared", { bytes: size });
    } catch (error) {
      const isFull = isDiskFull(error);
      if (!isFull && isPassing(error)) throw error;
      log.error("an answer to a right of access was not prepared", error, { tenantId });
      const code = isFull ? "disk_full" : error instanceof vault.FileBroken ? "broken" : "failed";
      await withScope(
        pool,
        who,
        async (scope) => await tell(scope, await archives.fail(scope, id, code), config.baseUrl),
      );
    }
  },
);

/** Gives up what has been waited for too long, and tells those who ordered it; returns how many. */
export async function giveUp(scope: Scope, baseUrl: string): Promise<number> {
  const ended = await archives.giveUp(scope);
  await tell(scope, ended, baseUrl);
  return ended.length;
}

async function tell(
  scope: Scope,
  ended: readonly archives.Orderer[],
  baseUrl: string,
): Promise<void> {
  for (const { email, ...orderer } of ended) {
    await mails.send(scope.sql, {
      tenantId: scope.tenantId,
      kind: "access_failed",
      to: email,
      ...accessFailure({ ...orderer, baseUrl }),
    });
  }
}

/** The letter, the data and the files; null if nobody waits for them any more. */
async function compose(scope: Scope, config: Config, id: string): Promise<Part[] | null> {
  const choice = await archives.lookupWaiting(scope, id);
  if (!choice) return null;
  const { contactId, language, words, offered, leftOut, createdAt } = choice;
  const person = await packages.findPerson(scope, contactId).catch((error) => {
    if (error instanceof NotFound) return null;
    throw error;
  });
  if (!person) return null;
  const found = asOf(await packages.read(scope, config, person, language), createdAt);
  const seen = new Set(offered);
  const unseen = (await redactions.propose(scope, person, found.tables))
    .filter((word) => !seen.has(word));
  const covered = cover(found, [...words, ...unseen], (fileId) => leftOut.includes(fileId));
  const t = translator(language);
  const view = { t, locale: language, now: scope.now, format: formatter(language, scope.now) };
  const letter = pdf(accessDocument, accessLetter(view, covered), { at: scope.now });
  return partsOf(config, covered, letter, accessFileNames(t), scope.now);
}

/** Stores the attachments of a received mail: each file is checked, sealed and kept with the mail. */
import * as dataKeys from "../data_keys.ts";
import * as intake from "../file_intake.ts";
import { type Verdicts, verdictsOn } from "../file_verdicts.ts";
import * as files from "../files.ts";
import { newId } from "../ids.ts";
import type { MailFile } from "../received_mails/contents.ts";
import type { Scope } from "../scope.ts";
import type { Vault } from "../vault.ts";
import { ScannerAway } from "../virus_scans.ts";

/** Where the files of mails are kept, and what the scanner said about them. */
export interface Keeping extends Vault {
  verdicts: Verdicts;
}

/** Why not every file was stored. */
export type Loss = "refused" | "quota" | null;

/**
 * Stores a mail's files and returns why some were left out, if any: programs and infected files are
 * never stored, nor files for which there is no room. Throws ScannerAway, upon which the mail has
 * to wait, or what `verdictsOn` throws. Bytes without a row, as after a rollback, are removed like
 * those of any interrupted upload.
 */
export async function keep(
  scope: Scope,
  { verdicts, ...keeping }: Keeping,
  messageId: string,
  at: Date,
  wanted: readonly MailFile[],
): Promise<Loss> {
  if (wanted.length === 0) return null;
  const { sql, tenantId } = scope;
  // They were scanned before.
  const vault = { ...keeping, clamavSocket: undefined };
  const found = verdictsOn(verdicts, wanted.map(({ bytes }) => bytes));
  // Storing a hundred files takes longer than a transaction may idle.
  await sql`set local idle_in_transaction_session_timeout = 0`;
  const dataKeyId = await dataKeys.current(scope, vault);
  const received: intake.Received[] = [];
  let loss: Loss = null;
  for (const [index, { name, bytes }] of wanted.entries()) {
    if (found[index] === "scanner_away") throw new ScannerAway();
    if (found[index] === "infected") {
      loss = "refused";
      continue;
    }
    try {
      received.push(await intake.receive(vault, { tenantId, dataKeyId }, name, once(bytes)));
    } catch (error) {
      if (!(error instanceof intake.FileRefused)) throw error;
      if (error.refusal !== "empty") loss = "refused";
    }
  }
  // Whoever counts holds the key, so that two at once cannot both take the last room.
  if (!await dataKeys.hold(scope, dataKeyId)) throw new Error("the data key is gone");
  let { left } = await files.room(scope);
  for (const { size, name, mediaType, objectId } of received) {
    if (size > left) {
      loss = "quota";
      continue;
    }
    left -= size;
    await sql`
      insert into files (
        tenant_id, id, message_id, name, media_type, size, object_id, data_key_id, at
      ) values (
        ${tenantId}, ${newId()}, ${messageId}, ${name}, ${mediaType}, ${size}, ${objectId},
        ${dataKeyId}, ${at}
      )
    `;
  }
  return loss;
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

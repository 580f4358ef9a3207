/** Writes to an officer who has asked for new codes: what a case still waits for, or still allows. */
import * as caseLetters from "../db/case_letters.ts";
import * as cases from "../db/cases.ts";
import * as mails from "../db/mails.ts";
import * as officerCases from "../db/officer_cases.ts";
import * as officerEffects from "../db/officer_effects.ts";
import * as officers from "../db/officers.ts";
import type { Scope } from "../db/scope.ts";
import * as transfers from "../db/transfers.ts";
import { effectsLetter, nothingLeft } from "../views/mail/officer_effects.ts";
import type { Tools } from "./job.ts";
import { write } from "./officer_letters.ts";

/** Writes one letter of open rights and one of effects; or that there is neither. */
export async function renew(
  scope: Scope,
  { caseId, asks }: { caseId: string; asks: officers.Recipient["role"] },
  tools: Pick<Tools, "config">,
): Promise<void> {
  const email = await officers.addressOf(scope, asks);
  if (!email) return;
  const { language } = await officers.find(scope);
  const to = { email, role: asks, language };
  // Each question is an occasion of its own.
  const occasion = `asked ${scope.now.toISOString()}`;
  const due = { tenantId: scope.tenantId, caseId, kind: "decision", occasion } as const;
  const open = await officerCases.lookup(scope, caseId);
  const isLeft = open?.items.some(({ actions }) => actions.length > 0) ?? false;
  if (isLeft) await write(scope, due, tools, to);
  if (await writeEffects(scope, { caseId, occasion: `effects ${occasion}`, to }, tools)) return;
  if (isLeft) return;
  const { number } = await cases.find(scope, caseId);
  await send(scope, to, nothingLeft({ locale: language, number, baseUrl: tools.config.baseUrl }));
}

/** Returns false if no effect is left to order. */
async function writeEffects(
  scope: Scope,
  { caseId, occasion, to }: { caseId: string; occasion: string; to: officers.Recipient },
  { config }: Pick<Tools, "config">,
): Promise<boolean> {
  const { baseUrl, inbound, secretKey } = config;
  const effects = await officerEffects.list(scope, caseId);
  if (effects.length === 0 || !inbound) return false;
  const items = effects.map((each) => ({ ...each, actions: [] }));
  const input = { caseId, kind: "decision", occasion, recipient: to.role, items } as const;
  const issued = await caseLetters.issue(scope, secretKey, input);
  if (!issued) return true;
  const { number } = await cases.find(scope, caseId);
  const letter = effectsLetter({
    locale: to.language,
    number,
    effects: effects.map((each, at) => ({ ...each, code: issued.items[at]!.code })),
    destinations: await transfers.destinations(scope),
    baseUrl,
    now: scope.now,
  });
  await send(scope, to, letter, `${issued.replyPart}@${inbound.domain}`);
  return true;
}

const send = (
  { sql, tenantId }: Scope,
  { email }: officers.Recipient,
  letter: Pick<mails.MailInput, "subject" | "text" | "html">,
  replyTo?: string,
) =>
  mails.send(sql, {
    tenantId: officerCases.mailTenant(tenantId),
    kind: "case_letter",
    to: email,
    replyTo,
    ...letter,
  });

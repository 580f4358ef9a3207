/** An officer who works by mail only: reads letters, opens their links, answers them. */
import nodemailer from "nodemailer";
import { type ParsedMail } from "mailparser";
import * as cases from "../../db/cases.ts";
import { now, setOffset } from "../../db/clock.ts";
import { newId } from "../../db/ids.ts";
import type { JobName } from "../../db/jobs.ts";
import type { Right } from "../../db/letters.ts";
import { type Scope, system, withScope } from "../../db/scope.ts";
import { type TestApp } from "./app.ts";
import { secretKey } from "./db.ts";
import { domain } from "./inbound.ts";
import { addressesOf, type Mailbox } from "./mailbox.ts";
import { drain } from "./worker.ts";

/** A request as a stranger's form makes it. */
export async function request(
  { db }: TestApp,
  controllerId: string,
  rights: readonly Right[],
  more: Partial<cases.CaseInput> = {},
): Promise<cases.Case & { tenantId: string }> {
  const input: cases.CaseInput = {
    id: newId(),
    channel: "form",
    language: "de",
    personName: "Petra Person",
    personEmail: `petra.${newId()}@person.example`,
    personAddress: "",
    body: "Ich möchte wissen, was Sie über mich haben.",
    claims: rights.map((right) => ({ right, sentence: `Ich verlange: ${right}` })),
    ...more,
  };
  return await withScope(db.app, { tenantId: controllerId, actor: system }, async (scope) => {
    const made = await cases.create(scope, secretKey, input, { kind: "person", id: null });
    return { ...made!, tenantId: controllerId };
  });
}

/** Runs work within a controller's transaction. */
export const within = <T>(
  { db }: TestApp,
  tenantId: string,
  work: (scope: Scope) => Promise<T>,
): Promise<T> => withScope(db.app, { tenantId, actor: system }, work);

/**
 * Runs the timetable's jobs and the queue. Returns the letters to an address about a case, oldest
 * first.
 */
export async function post(
  test: TestApp,
  box: Mailbox,
  to: string,
  number = "",
  timetable: readonly JobName[] = ["write_officers"],
): Promise<ParsedMail[]> {
  for (const name of timetable) await test.queue.send(name, { tenantId: null });
  const inbound = { protocol: "smtp", host: "127.0.0.1", port: 25, domain } as const;
  await drain(test, { smtpUrl: box.smtpUrl, inbound });
  return box.mails.filter((mail) =>
    addressesOf(mail).includes(to.toLowerCase()) && (mail.subject ?? "").includes(number)
  );
}

/** A letter's links by what they do, each as a path, in the order of the items. */
export function links(mail: ParsedMail): { label: string; path: string }[] {
  return [...(mail.text ?? "").matchAll(/^ {2}(.+):\n {2}https?:\/\/[^/\s]+(\/case-links\/\S+)/gm)]
    .map(([, label, path]) => ({ label: label!, path: path! }));
}

/** The path of a letter's link by its label; the first of several. */
export function link(mail: ParsedMail, label: string): string {
  const found = links(mail).find((each) => each.label === label);
  if (!found) throw new Error(`no link to ${label}`);
  return found.path;
}

/** The code beside a right. */
export function code(mail: ParsedMail, right: string): string {
  const found = new RegExp(`${right}: Code (\\d{4})`).exec(mail.text ?? "")?.[1];
  if (!found) throw new Error(`no code for ${right}`);
  return found;
}

/** Answers a letter by SMTP, as a mail program would. */
export async function answer(
  port: number,
  mail: ParsedMail,
  from: string,
  text: string,
  headers: Record<string, string> = {},
): Promise<void> {
  const to = mail.replyTo!.value[0]!.address!;
  const quoted = (mail.text ?? "").split("\n").map((line) => `> ${line}`).join("\n");
  const transport = nodemailer.createTransport({ host: "127.0.0.1", port });
  try {
    await transport.sendMail({
      from,
      to,
      subject: `AW: ${mail.subject}`,
      inReplyTo: mail.messageId,
      headers,
      text: `${text}\n\nAm 26.11.26 um 09:00 schrieb kompaktCRM:\n${quoted}\n`,
    });
  } finally {
    transport.close();
  }
}

/** Moves the clock to nine in the morning of a day, in Berlin. */
export function goTo(day: string): void {
  setOffset(undefined);
  const at = Temporal.PlainDate.from(day)
    .toZonedDateTime({ timeZone: "Europe/Berlin", plainTime: "09:00" });
  const seconds = Math.round((at.epochMilliseconds - now().getTime()) / 1000);
  setOffset(`${seconds < 0 ? "-" : ""}PT${Math.abs(seconds)}S`);
}

/** The day so many days after another. */
export const plus = (day: string, days: number): string =>
  Temporal.PlainDate.from(day).add({ days }).toString();

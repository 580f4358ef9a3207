/**
 * Letters to people who claim their rights: by mail if there is an address, otherwise on paper,
 * posted by hand.
 */
import * as events from "./case_events.ts";
import type { Party } from "./case_events.ts";
import type { Case } from "./cases.ts";
import * as controllers from "./controllers.ts";
import { NotFound } from "./errors.ts";
import { newId } from "./ids.ts";
import * as mails from "./mails.ts";
import { mailTenant } from "./officer_cases.ts";
import * as officers from "./officers.ts";
import * as restrictionEnds from "./restriction_ends.ts";
import type { Scope } from "./scope.ts";

export type PersonLetterKind =
  | "receipt"
  | "identity"
  | "extension"
  | "result"
  | "refusal"
  | "recipients"
  | "restriction";

export interface PersonLetter {
  id: string;
  caseId: string;
  kind: PersonLetterKind;
  subject: string;
  body: string;
  createdAt: Date;
  /** Null while it waits to be posted. */
  sentAt: Date | null;
}

/** How many letters of a case, or cases with letters, are shown at most. */
const most = 50;

/**
 * Where people are answered: the officer's address, or else the controller's. A mail that is
 * answered must not end at the program's own sender address. Empty if neither is known.
 */
export async function contactOf(scope: Scope): Promise<string> {
  return (await officers.find(scope)).email || (await controllers.find(scope)).email;
}

/** Sends a letter by mail or, without an address, stores it to be printed; returns which. */
export async function send(
  scope: Scope,
  { id: caseId, personEmail }: Pick<Case, "id" | "personEmail">,
  kind: PersonLetterKind,
  letter: Pick<mails.MailInput, "subject" | "text" | "html" | "attachment">,
): Promise<"mail" | "post"> {
  const { sql, tenantId, now } = scope;
  if (personEmail !== "") {
    const mailKind = kind === "receipt" ? "case_receipt" : "case_notice";
    const to = { tenantId: mailTenant(tenantId), kind: mailKind, to: personEmail } as const;
    const replyTo = await contactOf(scope);
    await mails.send(sql, { ...to, ...letter, replyTo });
    return "mail";
  }
  // A mail's footer does not belong in a letter.
  const [body] = letter.text.split("\n\n-- \n");
  await sql`insert into person_letters ${
    sql({ tenantId, id: newId(), caseId, kind, subject: letter.subject, body, createdAt: now })
  }`;
  return "post";
}

/** The letters of a case, oldest first. */
export async function list({ sql, tenantId }: Scope, caseId: string): Promise<PersonLetter[]> {
  return await sql<PersonLetter[]>`
    select id, case_id, kind, subject, body, created_at, sent_at
    from person_letters
    where tenant_id = ${tenantId}
      and case_id = ${caseId}
    order by id
    limit ${most}
  `;
}

export interface Waiting {
  caseId: string;
  number: string;
  personName: string;
  count: number;
}

/** Cases with letters that nobody has posted yet, closed ones too, the longest wait first. */
export async function waiting({ sql, tenantId }: Scope): Promise<Waiting[]> {
  return await sql<Waiting[]>`
    select l.case_id, c.number, c.person_name, count(*)::int as count
    from person_letters l
    join cases c on c.tenant_id = l.tenant_id and c.id = l.case_id
    where l.tenant_id = ${tenantId}
      and l.sent_at is null
    group by l.case_id, c.number, c.person_name
    order by min(l.created_at), l.case_id
    limit ${most}
  `;
}

/** One letter. Throws NotFound. */
export async function find({ sql, tenantId }: Scope, id: string): Promise<PersonLetter> {
  const [row] = await sql<PersonLetter[]>`
    select id, case_id, kind, subject, body, created_at, sent_at
    from person_letters
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
  if (!row) throw new NotFound("person letter");
  return row;
}

/** Notes that a letter has been posted, as a step of the case; safe to repeat. Throws NotFound. */
export async function markSent(scope: Scope, id: string, by: Party): Promise<PersonLetter> {
  const { sql, tenantId, now } = scope;
  const letter = await find(scope, id);
  const { count } = await sql`
    update person_letters
    set sent_at = ${now}
    where tenant_id = ${tenantId}
      and id = ${id}
      and sent_at is null
  `;
  if (count > 0) {
    const { caseId, subject } = letter;
    if (letter.kind === "restriction") {
      await restrictionEnds.noteNotified(scope, caseId, letter.createdAt);
    }
    await events.append(scope, { caseId, action: "posted", reason: subject, by });
  }
  return letter;
}

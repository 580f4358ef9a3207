/** Every mail to a person in the records passes the objection gate; there is no way around it. */
import { deepEqual, equal, ok } from "node:assert/strict";
import { type MailKind, purposes } from "../../db/mails.ts";
import { importsOf, resolved, type Source, sources } from "../support/sources.ts";

/** What sends mail, and why it need not ask the gate. */
const senders: Record<string, string> = {
  "jobs/mail.ts": "the installation's own mail, whose kinds are listed below with their readers",
  "jobs/messages.ts": "asks the gate once more for each address",
};

/**
 * The readers of each kind of the installation's own mail: nobody in a tenant's records is among
 * them.
 */
const readers: Record<MailKind, string> = {
  case_code: "who claims rights, at the address given",
  case_delivery: "who claimed rights: where the answer waits, or the code for it",
  case_letter: "the data protection officer",
  case_notice: "who claimed rights: an answer that the law demands (Art. 12 GDPR), no message",
  case_receipt: "who claims rights, at the address given",
  case_report: "the data protection officer",
  email_change: "a user",
  email_changed: "a user",
  factors_changed: "a user",
  factors_reset: "a user",
  invitation: "a future user, asked in by an admin",
  message: "kept to be shown in development, after the gate has let it pass",
  new_device: "a user",
  notifications: "a user",
  officer_probe: "the data protection officer",
  password_changed: "a user",
  password_reset: "a user",
  policy_approval: "the data protection officer",
  contract_code: "a user",
  contract_erasure: "the officer",
  contract_notice: "a user",
  contract_reminder: "a user",
  sign_in_domain: "the postmaster of a tenant's domain",
  policy_change: "a user",
  processor_answer: "an owner of a tenant",
  processor_change: "an owner of a tenant",
  processor_evidence: "the data protection officer",
  processor_objection: "the provider",
  processor_withdrawal: "an owner of a tenant",
  proof_alarm: "the data protection officer",
  form_confirmation: "who filled in a form, at the address given, which must not be barred",
  access_failed: "a user who ordered an answer to a right of access",
  export_reminder: "a user who took an export out",
  case_alarm: "an admin of a tenant, or an operator",
  hold_review: "an admin of a tenant",
  incident_notice: "an admin of a tenant, and its data protection officer",
  incident_letter: "a user, who is owed it (Art. 34)",
  incident_signs: "an operator",
  incident_supplement: "an admin of a tenant, and its data protection officer",
  incident_warning: "the data protection officer, and an operator",
  retention_preview: "an admin of a tenant",
  retention_report: "an admin of a tenant",
  recipient_notice: "a recipient of data, a controller of its own, notified under Art. 19 GDPR",
};

const program = async () => (await sources()).filter(({ path }) => !path.startsWith("tests/"));

const takes = (source: Source, name: string, from: string) =>
  importsOf(source).some((each) => !each.typeOnly && resolved(source, each.from) === from) &&
  new RegExp(`\\b${name}\\(`).test(source.text);

Deno.test("only two jobs deliver mail, and the one for persons asks the gate", async () => {
  const all = await program();
  const delivering = all.filter((source) => takes(source, "deliver", "jobs/wire.ts"));
  deepEqual(delivering.map(({ path }) => path).sort(), Object.keys(senders));
  const transports = all.filter(({ text }) => /createTransport\(/.test(text));
  deepEqual(transports.map(({ path }) => path), ["jobs/wire.ts"]);
  const gated = all.filter((source) =>
    importsOf(source).some(({ from, typeOnly }) =>
      !typeOnly && resolved(source, from) === "db/outgoing_gate.ts"
    )
  );
  for (const path of ["jobs/messages.ts", "db/outgoing_messages.ts"]) {
    ok(gated.some((source) => source.path === path), path);
  }
});

Deno.test("a message is queued in one place, behind the gate", async () => {
  const queueing = (await program()).filter(({ text }) => text.includes('"send_message"'));
  deepEqual(
    queueing.map(({ path }) => path).filter((path) => path.startsWith("db/")),
    ["db/outgoing_messages.ts"],
  );
});

Deno.test("every kind of the installation's own mail has a reader who is no contact", () => {
  const unruled = Object.keys(purposes).filter((kind) => !(kind in readers));
  equal(unruled.join(), "", "say in this file who reads it; a contact's mail goes by the gate");
});

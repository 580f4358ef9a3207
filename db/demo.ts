/** The demo: an invented trading company with sample data, and a log-in for each role. */
import { randomBytes } from "node:crypto";
import * as duplicateScans from "./duplicate_scans.ts";
import * as identities from "./identities.ts";
import { newId } from "./ids.ts";
import * as templates from "./mail_templates.ts";
import * as passwords from "./passwords.ts";
import type { Sql } from "./pool.ts";
import type { Role } from "./roles.ts";
import * as providers from "./provider.ts";
import * as samples from "./samples.ts";
import { mailTemplates } from "./samples/mail_templates.ts";
import * as sampleOffers from "./samples/offers.ts";
import { type Scope, system, withScope } from "./scope.ts";
import * as setup from "./setup.ts";
import * as users from "./users.ts";

/** The log-ins; the password is shown once and not stored. */
export interface Demo {
  password: string;
  logins: { email: string; role: Role }[];
}

const company = "Lüttfeld & Söhne Handels GmbH";
const provider = {
  name: company,
  legalForm: "GmbH",
  street: "Am Güterbahnhof 7",
  postalCode: "20457",
  city: "Hamburg",
  country: "DE",
  email: "info@luettfeld-soehne.example",
  dpoName: "Dr. Wiebke Uhlenkamp",
  dpoEmail: "datenschutz@luettfeld-soehne.example",
};
const imprint = {
  land: "HH",
  phone: "+4940555010",
  representedBy: "Henrike Lüttfeld",
  registerEntry: "Amtsgericht Hamburg, HRB 000000",
  vatId: "",
};
const people: { name: string; role: Role }[] = [
  { name: "Henrike Lüttfeld", role: "owner" },
  { name: "Ansgar Holtreuter", role: "admin" },
  { name: "Ayşe Karaca", role: "member" },
  { name: "Piotr Stępień", role: "read_only" },
];

const emailOf = ({ role }: { role: Role }) => `${role.replace("_", "-")}@luettfeld-soehne.example`;

/**
 * Sets up the demo as the database owner; null if anything is set up already. Without `writePaper`,
 * offers stay drafts.
 */
export async function create(
  owner: Sql,
  writePaper?: sampleOffers.WritePaper,
): Promise<Demo | null> {
  const token = await setup.issueToken(owner);
  if (token === null) return null;
  const password = randomBytes(12).toString("base64url");
  const passwordHash = await passwords.hash(password);
  const [first, ...others] = people.map((one) => ({
    ...one,
    email: emailOf(one),
    passwordHash,
    locale: "de" as const,
  }));
  const input = { provider, tenantName: company, admin: first!, samples: false };
  const { tenantId } = await setup.complete(owner, token, input);
  await providers.update(owner, { ...provider, ...imprint });
  await withScope(owner, { tenantId, actor: system }, async (scope) => {
    for (const one of others) {
      await users.admit(scope, await identities.create(scope.sql, one), one.role);
    }
    await samples.create(scope, samples.many);
    for (const fields of mailTemplates) {
      await templates.create(scope, newId(), { ...fields, shared: true }, true);
    }
    await sampleOffers.create(scope, people[0]!.name, writePaper);
  });
  await lookForDuplicates(owner, tenantId);
  return { password, logins: people.map((one) => ({ email: emailOf(one), role: one.role })) };
}

/** Searches for duplicates at once: while a tenant is being set up, no job can be queued. */
async function lookForDuplicates(owner: Sql, tenantId: string): Promise<void> {
  // New tables have no statistics yet, and without them the search takes minutes.
  await owner`analyze contacts, companies, affiliations, emails, phones, addresses`;
  const step = <T>(work: (scope: Scope) => Promise<T>) =>
    withScope(owner, { tenantId, actor: system }, work);
  const scanId = await step(duplicateScans.begin);
  for (let over = scanId === null; !over;) {
    over = await step((scope) => duplicateScans.work(scope, scanId!));
    await owner`analyze duplicate_keys`;
  }
}

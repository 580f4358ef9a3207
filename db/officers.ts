/** Who decides a controller's requests, and who stands in while that person is away. */
import * as caseLetters from "./case_letters.ts";
import { clean } from "./email_addresses.ts";
import { providerId } from "./controllers.ts";
import * as officerProbes from "./officer_probes.ts";
import * as policies from "./policies.ts";
import * as providers from "./provider.ts";
import type { Scope } from "./scope.ts";
import * as standIns from "./stand_ins.ts";
import * as tokens from "./tokens.ts";

export interface Officer {
  name: string;
  email: string;
  language: "de" | "en";
  deputyName: string;
  deputyEmail: string;
  /** Calendar days, both included; null while nobody is away. */
  awayFrom: string | null;
  awayUntil: string | null;
}

const nobody: Officer = {
  name: "",
  email: "",
  language: "de",
  deputyName: "",
  deputyEmail: "",
  awayFrom: null,
  awayUntil: null,
};

/**
 * The controller's officer; for the provider, the one named in the imprint. If a tenant has named
 * none, letters are in the language of the owner who stands in.
 */
export async function find(scope: Scope): Promise<Officer> {
  const { sql, tenantId } = scope;
  const [row] = await sql<Officer[]>`
    select name, email, language, deputy_name, deputy_email, away_from::text as away_from,
      away_until::text as away_until
    from officers
    where tenant_id = ${tenantId}
  `;
  if (tenantId !== providerId) {
    return row ?? { ...nobody, language: (await standIns.lookup(scope))?.locale ?? "de" };
  }
  const officer = row ?? nobody;
  const imprint = await providers.lookup(sql);
  return { ...officer, name: imprint?.dpoName ?? "", email: imprint?.dpoEmail ?? "" };
}

/**
 * Sets the officer, the deputy and the days of absence. Letters to an address that has changed are
 * invalidated: their links work like keys, and their former holders may decide nothing more.
 */
export async function update(scope: Scope, officer: Officer): Promise<void> {
  const { sql, tenantId, now } = scope;
  const before = await find(scope);
  const isOther = (a: string, b: string) => a.toLowerCase() !== b.toLowerCase();
  const ended: Recipient["role"][] = [];
  // The provider's officer is taken from the imprint: see `succeed`.
  if (tenantId !== providerId && isOther(before.email, officer.email)) ended.push("officer");
  if (isOther(before.deputyEmail, officer.deputyEmail)) ended.push("deputy");
  await caseLetters.end(scope, ended);
  await sql`
    insert into officers (
      tenant_id, name, email, language, deputy_name, deputy_email, away_from, away_until, updated_at
    ) values (
      ${tenantId}, ${officer.name}, ${officer.email}, ${officer.language}, ${officer.deputyName},
      ${officer.deputyEmail}, ${officer.awayFrom}, ${officer.awayUntil}, ${now}
    )
    on conflict (tenant_id) do update
    set name = excluded.name, email = excluded.email, language = excluded.language,
      deputy_name = excluded.deputy_name, deputy_email = excluded.deputy_email,
      away_from = excluded.away_from, away_until = excluded.away_until,
      updated_at = excluded.updated_at
  `;
}

/**
 * The provider has a new officer: links sent to the previous one, for requests and approvals, are
 * invalidated.
 */
export async function succeed(scope: Scope): Promise<void> {
  await caseLetters.end(scope, ["officer"]);
  await policies.endLinks(scope.sql);
  await tokens.revokeKind(scope.sql, "processor_evidence");
  await officerProbes.restart(scope.sql);
}

/** Whether the deputy stands in on a day. */
export const isAway = ({ deputyEmail, awayFrom, awayUntil }: Officer, day: string): boolean =>
  deputyEmail !== "" && awayFrom !== null && awayUntil !== null &&
  awayFrom <= day && day <= awayUntil;

/** Who receives letters on a day, and in which language. */
export interface Recipient {
  email: string;
  role: "officer" | "deputy";
  language: "de" | "en";
}

/**
 * Who receives letters on a day, or null. If a tenant has named no officer, its longest-standing
 * owner decides.
 */
export async function recipientOf(scope: Scope, day: string): Promise<Recipient | null> {
  const officer = await find(scope);
  const { language } = officer;
  if (isAway(officer, day)) return { email: officer.deputyEmail, role: "deputy", language };
  const email = officer.email || await ownerOf(scope);
  return email ? { email, role: "officer", language } : null;
}

/**
 * The address that orders of a role come from and are confirmed to; null if nobody has that role.
 */
export async function addressOf(
  scope: Scope,
  role: Recipient["role"],
): Promise<string | null> {
  const { email, deputyEmail } = await find(scope);
  if (role === "deputy") return deputyEmail || null;
  return email || await ownerOf(scope);
}

const ownerOf = async (scope: Scope): Promise<string | null> =>
  (await standIns.lookup(scope))?.email ?? null;

/**
 * The role in which a sender may give orders on a day, or null: the deputy only while standing in.
 */
export async function roleOf(
  scope: Scope,
  sender: string,
  day: string,
): Promise<"officer" | "deputy" | null> {
  const address = clean(sender).toLowerCase();
  const officer = await find(scope);
  if (address === "") return null;
  if (address === (officer.email || await ownerOf(scope) || "").toLowerCase()) return "officer";
  return isAway(officer, day) && address === officer.deputyEmail.toLowerCase() ? "deputy" : null;
}

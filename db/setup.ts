/** The first run: provider, first tenant and first admin, created together and only once. */
import * as controllers from "./controllers.ts";
import { Invalid } from "./errors.ts";
import * as factors from "./factors.ts";
import * as identities from "./identities.ts";
import { newId } from "./ids.ts";
import type { Sql } from "./pool.ts";
import * as provider from "./provider.ts";
import * as samples from "./samples.ts";
import { system, withScope } from "./scope.ts";
import { tokenDigest } from "./sessions.ts";
import { slugOf } from "./tenants.ts";
import * as tokens from "./tokens.ts";
import * as users from "./users.ts";

export interface SetupInput {
  provider: {
    name: string;
    legalForm: string;
    street: string;
    postalCode: string;
    city: string;
    country: string;
    email: string;
    dpoName: string;
    dpoEmail: string;
  };
  tenantName: string;
  admin: { name: string; email: string; passwordHash: string; locale: "de" | "en" };
  /** Whether to add a few invented contacts and companies. */
  samples: boolean;
  /** Whether to require a second factor of operators, as production must. */
  operatorFactors?: boolean;
}

/**
 * A new one-time token while nothing is set up, otherwise null; older ones stop working. Runs as
 * the owner before the processes start.
 */
export async function issueToken(owner: Sql): Promise<string | null> {
  if (await provider.exists(owner)) return null;
  return await owner.begin(async (sql) => {
    await sql`delete from tokens where kind = 'setup'`;
    return await tokens.issue(sql, { kind: "setup" });
  });
}

/** The one-time set-up link for the terminal, or null once everything is set up. */
export async function issueSetupLink(owner: Sql, baseUrl: string): Promise<string | null> {
  const token = await issueToken(owner);
  return token === null ? null : `${baseUrl}/setup/${token}`;
}

/**
 * Sets everything up in one transaction and returns whose session may start. Throws Invalid
 * `setup.gone` if the link was used, replaced or is too old: of two at once, one succeeds.
 */
export async function complete(
  pool: Sql,
  token: string,
  input: SetupInput,
): Promise<{ identityId: string; tenantId: string }> {
  const tenantId = newId();
  const digest = tokenDigest(token);
  return await withScope(pool, { tenantId, actor: system }, async (scope) => {
    const { provider: p, tenantName, admin } = input;
    const [row] = await scope.sql<{ done: boolean }[]>`
      select set_up(
        ${digest}, ${scope.now}, ${p.name}, ${p.legalForm}, ${p.street}, ${p.postalCode}, ${p.city},
        ${p.country}, ${p.email}, ${p.dpoName}, ${p.dpoEmail},
        ${tenantId}, ${slugOf(tenantName)}, ${tenantName}, ${admin.locale}
      ) as done
    `;
    if (!row!.done) throw new Invalid("setup.gone");
    const identityId = await identities.create(scope.sql, { ...admin, operator: true });
    await users.admit(scope, identityId, "owner");
    // A company that runs its own installation has already given its address.
    if (tenantName === p.name) {
      const { street, postalCode, city, email } = p;
      await controllers.update(scope, { street, postalCode, city, email, land: "", phone: "" });
    }
    if (input.operatorFactors) await factors.demandOfOperators(scope.sql, true);
    if (input.samples) await samples.create(scope, samples.few);
    return { identityId, tenantId };
  });
}

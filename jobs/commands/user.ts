/** `crm user`: manages the users of a tenant, for the operator at the terminal. */
import { isValid } from "../../db/email_addresses.ts";
import { Invalid } from "../../db/errors.ts";
import * as factors from "../../db/factors.ts";
import * as identities from "../../db/identities.ts";
import * as mails from "../../db/mails.ts";
import * as passwords from "../../db/passwords.ts";
import type { Sql } from "../../db/pool.ts";
import { type Role, roles } from "../../db/roles.ts";
import { type Scope, system, withScope } from "../../db/scope.ts";
import * as tenants from "../../db/tenants.ts";
import * as tokens from "../../db/tokens.ts";
import * as users from "../../db/users.ts";
import { errorText, translator } from "../../views/i18n/translate.ts";
import { factorsReset } from "../../views/mail/factors.tsx";
import {
  actionOf,
  type Command,
  fileText,
  findTenant,
  inDatabase,
  localeOf,
  nameOf,
  parse,
  required,
  Usage,
} from "../command.ts";

const text = { type: "string" } as const;
const options = {
  tenant: text,
  email: text,
  name: text,
  role: text,
  locale: text,
  "password-file": text,
} as const;

type Values = ReturnType<typeof parse<typeof options>>["values"];

export const user: Command = {
  summary: "List, add, change and deactivate the people of a tenant",
  help: `Usage: deno task crm user ACTION [--tenant SLUG] [options]

  list                                          everyone in the tenant
  add --email A --name N --role R [--password-file F] [--locale de|en]
                                                adds a person; without a password, use reset-link
  role --email A --role R                       changes the role
  deactivate --email A                          deactivates a person and ends their sessions
  reactivate --email A                          reactivates the person
  reset-link --email A                          prints a link to set a password, valid for an hour
  reset-factors --email A                       removes all second factors, in all tenants, and ends the
                                                sessions: for people who have lost them, or whose
                                                passkeys belong to a previous address

Roles: ${roles.join(", ")}. --tenant may be left out if there is only one.

Exit codes: 0 done, 2 usage or refused, 69 no database, 78 configuration.`,
  async run(args, config) {
    const { values, positionals } = parse(args, options, 1);
    const action = actionOf(positionals, Object.keys(actions));
    const act = actions[action]!;
    await inDatabase(config, async ({ app }) => {
      if (action === "reset-link") return await resetLink(app, values, config.baseUrl);
      const { id } = await findTenant(app, values.tenant);
      await withScope(
        app,
        { tenantId: id, actor: system },
        (scope) => spoken(() => act(scope, values, config.baseUrl)),
      );
    });
    return 0;
  },
};

type Act = (scope: Scope, values: Values, baseUrl: string) => Promise<void>;

const actions: Record<string, Act> = {
  list: async (scope) => {
    for (let after: string | null = null, more = true; more;) {
      const page = await users.list(scope, after);
      for (const { email, name, role, deactivatedAt } of page.users) {
        console.log([email, name, role, deactivatedAt ? "deactivated" : "active"].join("\t"));
      }
      after = page.next;
      more = after !== null;
    }
  },
  add: async (scope, values) => {
    const email = required(values.email, "email");
    if (!isValid(email)) throw new Usage("--email is not an e-mail address");
    const role = roleOf(values);
    const known = await identities.lookup(scope.sql, email);
    await users.admit(scope, known?.id ?? await identify(scope, email, values), role);
  },
  role: async (scope, values) => {
    await users.changeRole(scope, (await member(scope, values)).id, roleOf(values), "owner");
  },
  deactivate: async (scope, values) => {
    await users.deactivate(scope, (await member(scope, values)).id, "owner");
  },
  reactivate: async (scope, values) => {
    await users.reactivate(scope, (await member(scope, values)).id, "owner");
  },
  "reset-factors": async (scope, values, baseUrl) => {
    const user = await member(scope, values);
    await factors.takeAway(scope, user);
    const { locale } = await identities.find(scope.sql, user.identityId);
    const { name: tenant } = await tenants.find(scope);
    const told = factorsReset({ locale, name: user.name, baseUrl, tenant });
    const { sql, tenantId } = scope;
    await mails.send(sql, { tenantId, kind: "factors_reset", to: user.email, ...told });
  },
  "reset-link": async () => {},
};

/** Turns refusals by the rules, such as removing the last owner, into a sentence. */
async function spoken(act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (error instanceof Invalid) throw new Usage(errorText(translator("en"), error.code));
    throw error;
  }
}

async function identify(scope: Scope, email: string, values: Values): Promise<string> {
  const name = nameOf(values.name, "name");
  const file = values["password-file"];
  const password = file ? await fileText(file, "--password-file") : null;
  const fault = password === null ? null : await passwords.fault(password, [name, email]);
  if (fault) throw new Usage(`the password is refused: ${errorText(translator("en"), fault)}`);
  return await identities.create(scope.sql, {
    name,
    email,
    passwordHash: password === null ? null : await passwords.hash(password),
    locale: localeOf(values.locale),
  });
}

async function member(scope: Scope, values: Values): Promise<users.User> {
  const found = await users.lookup(scope, required(values.email, "email"));
  if (!found) throw new Usage("nobody in this tenant has that address");
  return found;
}

function roleOf(values: Values): Role {
  const role = roles.find((each) => each === required(values.role, "role"));
  if (!role) throw new Usage(`--role must be one of ${roles.join(", ")}`);
  return role;
}

async function resetLink(app: Sql, values: Values, baseUrl: string): Promise<void> {
  const identity = await identities.lookup(app, required(values.email, "email"));
  if (!identity) throw new Usage("nobody has that address");
  const input = { kind: "password_reset", identityId: identity.id } as const;
  console.log(`${baseUrl}/passwords/${await tokens.issue(app, input)}`);
}

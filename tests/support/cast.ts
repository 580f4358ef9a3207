/** The cast: alice is an owner, bob works there, vera only reads, charlie owns another tenant. */
import { newId } from "../../db/ids.ts";
import type { Role } from "../../db/roles.ts";
import { type Scope, withScope } from "../../db/scope.ts";
import * as sessions from "../../db/sessions.ts";
import { now } from "../../db/clock.ts";
import { app, Client, type TestApp } from "./app.ts";

export interface Person extends Client {
  identityId: string;
  userId: string;
  tenantId: string;
  email: string;
  /** Runs work in this person's Scope, as a request of theirs would. */
  scope<T>(work: (scope: Scope) => Promise<T>): Promise<T>;
}

export interface Cast {
  test: TestApp;
  alice: Person;
  bob: Person;
  vera: Person;
  charlie: Person;
  /** Not logged in. */
  visitor: Client;
}

/** Two new tenants and their people, logged in; every test gets its own. */
export async function cast(): Promise<Cast> {
  const test = await app();
  await provider(test);
  const [own, other] = await tenants(test, ["Nordlicht Handel", "Südstern Technik"]);
  const [alice, bob, vera, charlie] = await persons(test, [
    { tenantId: own!, name: "Alice Ahrens", role: "owner" },
    { tenantId: own!, name: "Bob Brandt", role: "member" },
    { tenantId: own!, name: "Vera Vogt", role: "read_only" },
    { tenantId: other!, name: "Charlie Conrad", role: "owner" },
  ]);
  return {
    test,
    alice: alice!,
    bob: bob!,
    vera: vera!,
    charlie: charlie!,
    visitor: new Client(test),
  };
}

/** The provider's row, without which every page redirects to the set-up. */
export async function provider({ db }: TestApp): Promise<void> {
  await db.owner`
    insert into provider (
      name, legal_form, street, postal_code, city, land, email, represented_by, register_entry,
      dpo_name, dpo_email, created_at, updated_at
    ) values (
      'Testhaus', 'GmbH', 'Hafenstraße 1', '20457', 'Hamburg', 'HH', 'haus@example.org',
      'Hanna Haus', 'Amtsgericht Hamburg, HRB 1', 'Dora Schutz', 'dsb@example.org', ${now()},
      ${now()}
    )
    on conflict do nothing
  `;
}

/** Creates a new tenant. Returns its id. */
export async function tenant(test: TestApp, name: string): Promise<string> {
  return (await tenants(test, [name]))[0]!;
}

async function tenants({ db: { owner } }: TestApp, names: string[]): Promise<string[]> {
  const made = names.map((name) => ({ id: newId(), name }));
  await owner`insert into tenants ${
    owner(made.map(({ id, name }) => ({ id, slug: `haus-${id}`, name, createdAt: now() })))
  }`;
  return made.map(({ id }) => id);
}

interface Wanted {
  tenantId: string;
  name: string;
  role: Role;
}

/** A new identity with a user in the tenant, logged in. */
export async function person(
  test: TestApp,
  tenantId: string,
  name: string,
  role: Role,
): Promise<Person> {
  return (await persons(test, [{ tenantId, name, role }]))[0]!;
}

/** Written together for all, because most tests begin with it. */
async function persons(test: TestApp, wanted: Wanted[]): Promise<Person[]> {
  const { owner, app } = test.db;
  const createdAt = now();
  const made = wanted.map(({ tenantId, name, role }) => {
    const identityId = newId();
    const email = `${name.toLowerCase().replace(" ", ".")}.${identityId}@example.org`;
    return { identityId, userId: newId(), tenantId, email, name, role };
  });
  await owner.begin(async (sql) => {
    await Promise.all([
      sql`insert into identities ${
        sql(made.map(({ identityId, email, name }) => ({ id: identityId, email, name, createdAt })))
      }`,
      sql`insert into users ${
        sql(made.map(({ tenantId, userId, identityId, role }) => ({
          ...{ tenantId, id: userId, identityId, role, createdAt },
        })))
      }`,
    ]);
  });
  const session = { ip: "127.0.0.1", userAgent: "test" };
  const tokens = await app.begin((sql) =>
    Promise.all(
      made.map(({ identityId, tenantId }) =>
        sessions.create(sql, { identityId, tenantId, ...session })
      ),
    )
  );
  return made.map(({ identityId, userId, tenantId, email }, at) => {
    const client = new Client(test);
    client.cookies.set("session", tokens[at]!);
    const who = { tenantId, actor: { kind: "user", userId } } as const;
    return Object.assign(client, {
      ...{ identityId, userId, tenantId, email },
      scope: <T>(work: (scope: Scope) => Promise<T>) => withScope(test.db.app, who, work),
    });
  });
}

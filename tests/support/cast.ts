/** The cast: alice owns, bob works there, vera only reads, charlie owns another house. */
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
  /** Not signed in. */
  visitor: Client;
}

/** Two new tenants and their people, signed in; every test gets its own. */
export async function cast(): Promise<Cast> {
  const test = await app();
  await provider(test);
  const house = await tenant(test, "Nordlicht Handel");
  const other = await tenant(test, "Südstern Technik");
  return {
    test,
    alice: await person(test, house, "Alice Ahrens", "owner"),
    bob: await person(test, house, "Bob Brandt", "member"),
    vera: await person(test, house, "Vera Vogt", "read_only"),
    charlie: await person(test, other, "Charlie Conrad", "owner"),
    visitor: new Client(test),
  };
}

/** The provider's row, without which every page leads to the set-up. */
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

/** A new tenant; its id. */
export async function tenant({ db }: TestApp, name: string): Promise<string> {
  const id = newId();
  await db.owner`
    insert into tenants (id, slug, name, created_at)
    values (${id}, ${`haus-${id}`}, ${name}, ${now()})
  `;
  return id;
}

/** A new identity with a user in the tenant, signed in. */
export async function person(
  test: TestApp,
  tenantId: string,
  name: string,
  role: Role,
): Promise<Person> {
  const identityId = newId();
  const userId = newId();
  const email = `${name.toLowerCase().replace(" ", ".")}.${identityId}@example.org`;
  const { owner } = test.db;
  await owner`
    insert into identities (id, email, name, created_at)
    values (${identityId}, ${email}, ${name}, ${now()})
  `;
  await owner`
    insert into users (tenant_id, id, identity_id, role, created_at)
    values (${tenantId}, ${userId}, ${identityId}, ${role}, ${now()})
  `;
  const client = new Client(test);
  const token = await sessions.create(test.db.app, {
    identityId,
    tenantId,
    ip: "127.0.0.1",
    userAgent: "test",
  });
  client.cookies.set("session", token);
  const who = { tenantId, actor: { kind: "user", userId } } as const;
  return Object.assign(client, {
    identityId,
    userId,
    tenantId,
    email,
    scope: <T>(work: (scope: Scope) => Promise<T>) => withScope(test.db.app, who, work),
  });
}

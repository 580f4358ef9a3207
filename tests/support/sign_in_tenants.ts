/** A tenant whose people log in through its own provider, a real one over HTTP. */
import { equal } from "node:assert/strict";
import { newId } from "../../db/ids.ts";
import type { Client } from "./app.ts";
import { cast, type Person } from "./cast.ts";
import { identityProvider } from "./identity_provider.ts";
import { linkIn, mailbox } from "./mailbox.ts";
import { visitor } from "./passwords.ts";
import { openProcessor } from "./processors.ts";

export type Provider = Awaited<ReturnType<typeof identityProvider>>;
export type SignInTenant = Awaited<ReturnType<typeof signInTenant>>;

/** A tenant whose provider is set, listed in the register, and has a verified domain. */
export async function signInTenant(secret: string | null = "geheim & Öl", newRole = "") {
  const people = await cast();
  const { test, alice } = people;
  const provider = await identityProvider(secret);
  await openProcessor(test.db.owner, [{ host: "127.0.0.1", port: provider.port }]);
  const domain = `${newId()}.example`;
  await settings(alice, provider, secret, newRole);
  await claim(alice, domain);
  const move = async (person: Person) => {
    person.email = `${newId()}@${domain}`;
    await test.db.owner`
      update identities
      set email = ${person.email}
      where id = ${person.identityId}
    `;
  };
  await move(people.bob);
  return { ...people, provider, domain, move };
}

/** Sets the provider of a person's tenant. */
export async function settings(
  alice: Person,
  { url }: Provider,
  secret: string | null,
  newRole = "",
): Promise<void> {
  const fields = { issuer: url, clientId: "crm", secret: secret ?? "", newRole };
  equal((await alice.post("/settings/sign-in/provider", fields)).status, 303);
}

/** Adds a domain and has its postmaster agree. Returns the status of the answer. */
export async function claim(alice: Person, domain: string): Promise<number> {
  equal((await alice.post("/settings/sign-in/domains", { domain })).status, 303);
  const box = await mailbox();
  const [letter] = await box.collect(alice.test, `postmaster@${domain}`);
  await box.close();
  const link = linkIn(letter!, "sign-in-domains");
  const postmaster = visitor(alice.test);
  equal((await postmaster.get(link)).status, 200);
  const { status } = await postmaster.post(link);
  equal((await postmaster.post(link)).status, 410);
  return status;
}

/** Goes to the provider and comes back. Returns the browser and the last answer. */
export async function signIn(
  { test, provider }: SignInTenant,
  email: string,
  { next = "", claims = {}, browser = visitor(test) }: {
    next?: string;
    claims?: Record<string, unknown>;
    browser?: Client;
  } = {},
) {
  const left = await browser.post(`/login/single-sign-on${next}`, { email });
  equal(left.status, 200);
  const url = /^0; url=(.+)$/.exec(left.headers.get("Refresh")!)![1]!;
  const back = provider.answer(url, {
    email,
    email_verified: true,
    name: "Neu Neumann",
    ...claims,
  });
  return { browser, url, back, answer: await browser.get(back) };
}

/** Passwords for the cast, which otherwise has only sessions. */
import * as identities from "../../db/identities.ts";
import * as passwords from "../../db/passwords.ts";
import { Client, type TestApp } from "./app.ts";
import type { Person } from "./cast.ts";

/** A password that is always accepted. */
export const goodPassword = "kurbel wandert leise";
let hashed: Promise<string> | undefined;

/** Gives a person the good password. */
export async function givePassword(person: Person): Promise<void> {
  const hash = await (hashed ??= passwords.hash(goodPassword));
  await identities.setPassword(person.test.db.app, person.identityId, hash);
}

let last = 0;

/** A visitor from a network that nobody else in this file has. */
export function visitor(test: TestApp, headers: Record<string, string> = {}): Client {
  last++;
  const ip = `198.${18 + (last >> 8)}.${last & 255}.7`;
  return new Client(test, { "X-Forwarded-For": ip, ...headers });
}

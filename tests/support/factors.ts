/** An authenticator app that shows codes, for people of the cast. */
import { Secret, TOTP } from "otpauth";
import { match } from "node:assert/strict";
import { now } from "../../db/clock.ts";
import * as recoveryCodes from "../../db/recovery_codes.ts";
import * as totp from "../../db/totp.ts";
import type { Client } from "./app.ts";
import type { Person } from "./cast.ts";
import { goodPassword, visitor } from "./passwords.ts";

export interface App {
  /** The current code, or the one so many steps of 30 seconds away. */
  code(steps?: number): string;
}

/** The app with a secret as people type it. */
export function appOf(secret: string): App {
  const generator = new TOTP({ secret: Secret.fromBase32(secret.replaceAll(" ", "")) });
  return {
    code: (steps = 0) => generator.generate({ timestamp: now().getTime() + steps * 30_000 }),
  };
}

/** Gives a person an app whose first code was used, and recovery codes, without any page. */
export async function giveApp(person: Person): Promise<{ app: App; codes: string[] }> {
  const { db, services: { config: { secretKey } } } = person.test;
  const keys = { sql: db.app, secretKey };
  const { secret } = (await totp.begin(keys, person.identityId, person.email))!;
  const app = appOf(secret);
  // An earlier step, so that it does not conflict with those of the tests.
  await totp.confirm(keys, person.identityId, app.code(-1));
  return { app, codes: await recoveryCodes.renew(keys, person.identityId) };
}

/** A browser that has given the right password and is asked for a second factor. */
export async function halfway(person: Person, next = ""): Promise<Client> {
  const browser = visitor(person.test);
  const answer = await browser.post(`/login${next}`, {
    email: person.email,
    password: goodPassword,
  });
  match(answer.headers.get("Location") ?? "", /^\/login\/factor/);
  return browser;
}

/**
 * A right, rehearsed on the running house: an invented person is put into a tenant's records, the
 * product's own functions do to it what the clause promises, and all of it is rolled back.
 */
import { Buffer } from "node:buffer";
import { randomBytes } from "node:crypto";
import type { ContactInput } from "../contacts.ts";
import * as contacts from "../contacts.ts";
import { newId } from "../ids.ts";
import type { Sql } from "../pool.ts";
import { type Scope, system, withScope } from "../scope.ts";
import * as tenants from "../tenants.ts";

/** An invented person: no word of it stands anywhere else. */
export interface Rehearsed {
  id: string;
  word: string;
  email: string;
  input: ContactInput;
}

/** Thrown to roll back; carries what was found. */
class Done<T> extends Error {
  constructor(readonly found: T) {
    super("rolled back");
  }
}

/** The key of a rehearsal: what is hashed with it means nothing to anybody. */
export const anyKey = (): string => Buffer.from(randomBytes(32)).toString("base64");

/** A word that no record has. */
export const newWord = (): string => `probe${newId().replaceAll("-", "")}`;

/** Does work with two invented persons of the first tenant, and undoes it; null without a tenant. */
export async function rehearse<T>(
  sql: Sql,
  work: (scope: Scope, person: Rehearsed, stranger: Rehearsed) => Promise<T>,
): Promise<T | null> {
  const [tenantId] = await tenants.ids(sql, null, 1);
  if (!tenantId) return null;
  try {
    return await withScope(sql, { tenantId, actor: system }, async (scope) => {
      throw new Done(await work(scope, await invent(scope), await invent(scope)));
    });
  } catch (error) {
    if (error instanceof Done) return error.found as T;
    throw error;
  }
}

async function invent(scope: Scope): Promise<Rehearsed> {
  const word = newWord();
  const [id, email] = [newId(), `${word}@example.org`];
  const input: ContactInput = {
    salutation: "",
    title: "",
    firstName: "",
    namePrefix: "",
    lastName: word,
    nameSuffix: "",
    letterSalutation: "",
    addressForm: "formal",
    language: "de",
    position: "",
    birthday: null,
    customerNumber: "",
    status: "lead",
    ownerId: null,
    website: "",
    notes: "",
    source: "rehearsal",
    legalBasis: "contract",
    purpose: "customer_care",
    emails: [{ kind: "work", address: email }],
    phones: [],
    addresses: [],
    companies: [],
    tags: [],
  };
  await contacts.create(scope, id, input, "from_person");
  return { id, word, email, input };
}

/**
 * Rehearses a right on the running system: an invented person is added to a tenant's records, the
 * product's own functions apply what the clause promises, and everything is rolled back.
 */
import { Buffer } from "node:buffer";
import { randomBytes } from "node:crypto";
import type { ContactInput } from "../contacts.ts";
import * as contacts from "../contacts.ts";
import { newId } from "../ids.ts";
import type { Sql } from "../pool.ts";
import { type Scope, system, withScope } from "../scope.ts";
import * as tenants from "../tenants.ts";

/** An invented person, described by a word that occurs nowhere else. */
export interface Rehearsed {
  id: string;
  word: string;
  email: string;
  input: ContactInput;
}

/** Thrown to roll back; carries the result. */
class Done<T> extends Error {
  constructor(readonly found: T) {
    super("rolled back");
  }
}

/** A key for a rehearsal; nothing hashed with it is of use to anybody. */
export const anyKey = (): string => Buffer.from(randomBytes(32)).toString("base64");

/** A word that occurs in no record. */
export const newWord = (): string => `probe${newId().replaceAll("-", "")}`;

/** Runs work with two invented persons of the first tenant and undoes it; null without a tenant. */
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

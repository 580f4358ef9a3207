/** Which details of a contact being entered belong to somebody erased, objecting or restricted. */
import type { Contact, ContactInput } from "../db/contacts.ts";
import type { ContactPoints } from "../db/contact_points.ts";
import * as postalKeys from "../db/postal_keys.ts";
import * as restrictedAddresses from "../db/restricted_addresses.ts";
import type { Scope } from "../db/scope.ts";
import * as suppressions from "../db/suppressions.ts";
import type { Ctx } from "./web.tsx";

export type Reachable = Pick<
  ContactInput,
  keyof ContactPoints | keyof postalKeys.Name | "companies"
>;

/** By what somebody is known again, and where in the input it stands, as a path. */
export interface Mark {
  at: string;
  mark: string;
}

/** By what a person is known again: addresses, numbers, the name at their and their companies' addresses. */
async function reached(
  scope: Scope,
  { emails, phones, addresses, companies, ...name }: Reachable,
): Promise<Mark[]> {
  const ids = companies.map(({ companyId }) => companyId);
  const there = await postalKeys.atCompanies(scope, name, ids.filter((id) => id !== null));
  return [
    ...emails.map(({ address }, n) => ({ at: `/emails/${n}/address`, mark: address })),
    ...phones.map(({ number }, n) => ({ at: `/phones/${n}/number`, mark: number })),
    ...addresses.flatMap((each, n) =>
      postalKeys.keysOf(name, [each]).map((mark) => ({ at: `/addresses/${n}`, mark }))
    ),
    ...there.map(({ companyId, key: mark }) => (
      { at: `/companies/${ids.indexOf(companyId)}/companyId`, mark }
    )),
  ];
}

/**
 * The barred ones among what is new, and addresses that only restricted persons have. What left the
 * record of somebody who objects, as it is `before`, comes back to it as it went: the objection holds on.
 */
export async function barredIn(
  c: Ctx,
  input: Reachable,
  before: Contact | null = null,
): Promise<Mark[]> {
  const { scope } = c.var;
  const had = new Set(before?.emails.map(({ address }) => address.toLowerCase()));
  const emails = input.emails.map(({ address }) => address);
  const restricted = await restrictedAddresses.among(
    scope,
    emails.filter((address) => !had.has(address.toLowerCase())),
  );
  return [
    ...emails.flatMap((mark, n) =>
      restricted.has(mark) ? [{ at: `/emails/${n}/address`, mark }] : []
    ),
    ...await suppressions.exist(scope) ? await suppressed(c, input, before) : [],
  ];
}

/** Whether a form asks before it saves: who confirms it sends `_anyway`. */
export const asksFirst = async (
  c: Ctx,
  { _anyway }: { _anyway?: string | undefined },
  input: Reachable,
  before: Contact | null = null,
): Promise<boolean> => !_anyway && (await barredIn(c, input, before)).length > 0;

async function suppressed(c: Ctx, input: Reachable, before: Contact | null): Promise<Mark[]> {
  const { scope, services: { config } } = c.var;
  const known = new Set(
    (before ? await reached(scope, before) : []).map(({ mark }) => mark.toLowerCase()),
  );
  const fresh = (await reached(scope, input)).filter(({ mark }) => !known.has(mark.toLowerCase()));
  const barred = await suppressions.among(
    scope,
    suppressions.hasherOfAll(config.secretKey, scope.tenantId),
    fresh.map(({ mark }) => mark),
    undefined,
    before && before.objections.length > 0 ? "erasure" : undefined,
  );
  return fresh.filter(({ mark }) => barred.has(mark));
}

/** A tenant of two teams, with records of each person and of nobody, for tests of who sees what. */
import { equal } from "node:assert/strict";
import { newId } from "../../db/ids.ts";
import type { Level } from "../../db/sights.ts";
import { type Cast, cast, type Person, person } from "./cast.ts";
import { newDeal } from "./deals.ts";
import { idOf } from "./html.ts";

/** A tenant in which Eva is in Bob's team and Max in another; each has a record of each kind. */
export interface TenantOfTeams extends Cast {
  eva: Person;
  max: Person;
  /** Ids by the word in the record's name: bobrecord, evarecord, maxrecord and nobodys. */
  contacts: Record<Word, string>;
  companies: Record<Word, string>;
  deals: Record<Word, string>;
  team: string;
}

/** The words of the records, by their owners. */
export const all = ["bobrecord", "evarecord", "maxrecord", "nobodys"] as const;
export type Word = typeof all[number];
/** Which of them Bob sees. */
export const expected: Record<Level, readonly Word[]> = {
  all,
  team: ["bobrecord", "evarecord", "nobodys"],
  own: ["bobrecord"],
};

/** Decides what members and readers see. */
export async function sight(
  alice: Person,
  level: Level,
  other: Partial<Record<string, Level>> = {},
) {
  const fields = Object.fromEntries(
    ["member", "read_only"].flatMap((role) =>
      ["contacts", "companies", "deals"].map((part) => [`${role}.${part}`, other[part] ?? level])
    ),
  );
  const answer = await alice.post("/settings/sight", fields);
  equal(answer.headers.get("Location"), "/settings/sight");
}

/** Creates a team. Returns its id. */
export async function teamOf(
  alice: Person,
  name: string,
  members: readonly Person[],
): Promise<string> {
  const made = await alice.post("/settings/teams", { id: newId(), name });
  const id = idOf(made);
  const ids = members.map(({ userId }) => userId);
  equal((await alice.post(`/settings/teams/${id}`, { name, members: ids })).status, 303);
  return id;
}

/** The tenant with its records. */
export async function tenantOfTeams(): Promise<TenantOfTeams> {
  const people = await cast();
  const { test, alice, bob } = people;
  const eva = await person(test, alice.tenantId, "Eva Ehlers", "member");
  const max = await person(test, alice.tenantId, "Max Moll", "member");
  const made = { contacts: {}, companies: {}, deals: {} } as Pick<
    TenantOfTeams,
    "contacts" | "companies" | "deals"
  >;
  for (const [at, word] of all.entries()) {
    const ownerId = [bob, eva, max][at]?.userId ?? "";
    const shared = { ownerId, _anyway: "1", newTags: "Zeder" };
    const company = await alice.post("/companies/new", { ...shared, name: `Zeder ${word} GmbH` });
    made.companies[word] = idOf(company);
    made.contacts[word] = idOf(
      await alice.post("/contacts/new", {
        ...shared,
        lastName: `Zeder ${word}`,
        origin: "inquiry",
        "emails.0.address": `${word}@zeder.example`,
      }),
    );
    const money = { amount: String(10 ** at), ...shared };
    made.deals[word] = await newDeal(alice, { title: `Zeder ${word} Regal`, ...money });
  }
  const team = await teamOf(alice, "Nord", [bob, eva]);
  await teamOf(alice, "Süd", [max]);
  return { ...people, eva, max, ...made, team };
}

/** A request in a house for the tests that walk all routes. */
import { now } from "../../db/clock.ts";
import * as cases from "../../db/cases.ts";
import type { Person } from "./cast.ts";
import { secretKey } from "./db.ts";

/** Takes a letter in, with one right. */
export async function stockCases(
  person: Person,
  mark: string,
  ids: { case: string; "case item": string },
): Promise<void> {
  const { owner } = person.test.db;
  await person.scope((scope) =>
    cases.create(scope, secretKey, {
      id: ids.case,
      channel: "post",
      language: "de",
      personName: `${mark} person`,
      personEmail: "",
      personAddress: `${mark} street`,
      body: `${mark} body`,
      claims: [],
    }, { kind: "user", id: person.userId })
  );
  const at = now();
  await owner`insert into case_items ${
    owner({
      tenantId: person.tenantId,
      id: ids["case item"],
      caseId: ids.case,
      claimedRight: "access",
      sentence: `${mark} sentence`,
      createdAt: at,
      updatedAt: at,
    })
  }`;
}

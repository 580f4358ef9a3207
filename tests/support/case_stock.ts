/** A request in a house for the tests that walk all routes. */
import { now } from "../../db/clock.ts";
import * as cases from "../../db/cases.ts";
import type { Person } from "./cast.ts";
import { secretKey } from "./db.ts";
import { seal } from "../../db/sealed_secrets.ts";

/** Takes a letter in, with one right. */
export async function stockCases(
  person: Person,
  mark: string,
  ids: { case: string; "case item": string; "case file": string },
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
  const file = ids["case file"];
  await owner`insert into case_files ${
    owner({
      tenantId: person.tenantId,
      id: file,
      caseId: ids.case,
      name: `${mark}.txt`,
      mediaType: "text/plain",
      size: 5,
      contentSealed: seal(secretKey, `case file ${person.tenantId} ${file}`, btoa("bytes")),
      createdAt: at,
    })
  }`;
}

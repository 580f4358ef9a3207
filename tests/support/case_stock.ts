/** A request in a tenant, for the tests that walk all routes. */
import { certified } from "./erasures.ts";
import { now } from "../../db/clock.ts";
import * as cases from "../../db/cases.ts";
import type { Person } from "./cast.ts";
import { newId } from "../../db/ids.ts";
import { tokenDigest } from "../../db/sessions.ts";
import { secretKey } from "./db.ts";
import { seal } from "../../db/sealed_secrets.ts";

/** Records a letter that claims one right. */
export async function stockCases(
  person: Person,
  mark: string,
  ids: Record<"case" | "case item" | "case file" | "certificate" | "person letter", string>,
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
  await owner`insert into certificates ${
    owner({
      tenantId: person.tenantId,
      id: ids.certificate,
      subject: "person",
      caseId: ids.case,
      content: certified(ids.certificate, mark) as never,
      signature: mark,
      issuedAt: at,
    })
  }`;
  await owner`insert into person_letters ${
    owner({
      tenantId: person.tenantId,
      id: ids["person letter"],
      caseId: ids.case,
      kind: "extension",
      subject: `${mark} subject`,
      body: `${mark} letter`,
      createdAt: at,
    })
  }`;
  await owner`insert into case_findings ${
    owner({
      tenantId: person.tenantId,
      caseId: ids.case,
      terms: { emails: [], phones: [], names: [`${mark} person`], numbers: [] } as never,
      askedAt: at,
    })
  }`;
  await owner`insert into erasures ${
    owner({
      tenantId: person.tenantId,
      itemId: ids["case item"],
      caseId: ids.case,
      contactIds: [newId()],
      words: [`${mark} person`] as never,
      plan: {} as never,
      erasedAt: at,
    })
  }`;
  await stockOfficer(person, mark, ids);
}

/** The tenant's officer and letterhead, a letter to the officer, and what its links do. */
async function stockOfficer(
  { tenantId, email, test: { db: { owner } } }: Person,
  mark: string,
  ids: { case: string; "case item": string },
): Promise<void> {
  const at = now();
  const letter = newId();
  const later = new Date(at.getTime() + 86_400_000);
  const row = { tenantId, caseId: ids.case, createdAt: at, expiresAt: later };
  // A tenant has one of each, so a second stock replaces them.
  for (const name of ["controllers", "officers", "officer_reports"]) {
    await owner`delete from ${owner(name)} where tenant_id = ${tenantId}`;
  }
  await owner`insert into controllers ${
    owner({ tenantId, street: `${mark} road`, city: `${mark} town`, updatedAt: at })
  }`;
  await owner`insert into officers ${
    owner({ tenantId, name: `${mark} officer`, email, updatedAt: at })
  }`;
  await owner`insert into officer_reports ${
    owner({
      tenantId,
      kind: "week",
      day: "2026-11-23",
      seq: 1,
      digest: tokenDigest(mark),
      createdAt: at,
    })
  }`;
  await owner`insert into case_confirmations ${
    owner({ ...row, id: newId(), tokenDigest: tokenDigest(newId()), codeDigest: tokenDigest(mark) })
  }`;
  await owner`insert into case_letters ${
    owner({
      ...row,
      id: letter,
      kind: "new",
      occasion: "stock",
      recipient: "officer",
      replyPart: `${mark}reply`,
    })
  }`;
  const code = { tenantId, letterId: letter, itemId: ids["case item"] };
  await owner`insert into case_codes ${
    owner({ ...code, codeDigest: tokenDigest(mark), state: "new" })
  }`;
  await owner`insert into case_links ${
    owner({ ...code, id: newId(), action: "extend", tokenDigest: tokenDigest(`${mark} link`) })
  }`;
}

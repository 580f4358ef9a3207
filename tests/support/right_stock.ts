/** The results of exercised rights in a tenant, for the tests that walk all routes and tenants. */
import { now } from "../../db/clock.ts";
import { newId } from "../../db/ids.ts";
import { seal } from "../../db/sealed_secrets.ts";
import { tokenDigest } from "../../db/sessions.ts";
import type { Person } from "./cast.ts";
import { secretKey } from "./db.ts";

/** A document about a person, as another controller sends it. */
const portable = (mark: string) => ({
  $schema: "https://other.example/.well-known/portability.schema.json",
  format: "kompaktcrm-portability-1",
  issuedAt: "2026-11-26T10:00:00.000Z",
  controller: { name: `${mark} sender`, email: "", country: "DE" },
  persons: [{
    salutation: "",
    title: "",
    first_name: "",
    name_prefix: "",
    last_name: `${mark} handed on`,
    name_suffix: "",
    address_form: "formal",
    language: "de",
    birthday: null,
    position: "",
    customer_number: "",
    website: "",
    emails: [],
    phones: [],
    addresses: [],
    companies: [],
  }],
});

/** A restriction that has ended, and an answer to be downloaded. */
export async function stockRights(
  { tenantId, test: { db: { owner } } }: Person,
  mark: string,
  ids: Record<
    | "access archive"
    | "case"
    | "case item"
    | "contact"
    | "delivery"
    | "incoming transfer"
    | "recipient notice",
    string
  >,
): Promise<void> {
  const at = now();
  const of = { tenantId, itemId: ids["case item"] };
  await owner`insert into restrictions ${
    owner({
      ...of,
      id: newId(),
      contactId: ids.contact,
      ground: "claims",
      imposedAt: at,
      liftOn: "2026-01-01",
      toldAt: at,
      liftedAt: at,
    })
  }`;
  await owner`insert into tenant_exports ${
    owner({ tenantId, id: newId(), status: "failed", createdAt: at, eraseAfter: at })
  }`;
  await owner`insert into access_archives ${
    owner({
      tenantId,
      id: ids["access archive"],
      contactId: ids.contact,
      status: "done",
      language: "de",
      words: [`${mark} covered`],
      offered: [],
      leftOut: [],
      size: 1,
      objectId: newId(),
      createdAt: at,
      eraseAfter: new Date(at.getTime() + 86_400_000),
    })
  }`;
  await owner`insert into rectifications ${
    owner({
      ...of,
      id: newId(),
      contactId: ids.contact,
      field: "contacts.title",
      oldValue: `${mark} old`,
      newValue: `${mark} new`,
      createdAt: at,
    })
  }`;
  await owner`insert into transfers ${
    owner({
      ...of,
      id: newId(),
      caseId: ids.case,
      way: "link",
      recipient: `${mark} controller`,
      tokenDigest: tokenDigest(newId()),
      status: "open",
      createdAt: at,
      expiresAt: at,
    })
  }`;
  await owner`insert into transmissions ${
    owner({
      tenantId,
      id: newId(),
      contactId: ids.contact,
      kind: "export",
      recipient: `${mark} recipient`,
      at,
    })
  }`;
  await owner`insert into recipient_notices ${
    owner({
      ...of,
      id: ids["recipient notice"],
      caseId: ids.case,
      kind: "export",
      recipient: `${mark} recipient`,
      createdAt: at,
    })
  }`;
  const incoming = ids["incoming transfer"];
  await owner`insert into incoming_transfers ${
    owner({
      tenantId,
      id: incoming,
      note: `${mark} note`,
      tokenDigest: tokenDigest(newId()),
      contentSealed: seal(
        secretKey,
        `incoming transfer ${tenantId} ${incoming}`,
        JSON.stringify(portable(mark)),
      ),
      createdAt: at,
      expiresAt: new Date(at.getTime() + 86_400_000),
      receivedAt: at,
    })
  }`;
  await owner`insert into deliveries ${
    owner({
      ...of,
      id: ids.delivery,
      caseId: ids.case,
      tokenDigest: tokenDigest(newId()),
      keyId: newId(),
      fileName: `${mark}.zip`,
      mediaType: "application/zip",
      size: 1,
      sha256: tokenDigest(mark),
      createdAt: at,
      expiresAt: new Date(at.getTime() + 86_400_000),
      downloadsLeft: 1,
    })
  }`;
}

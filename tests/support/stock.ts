/**
 * One record of every kind in a person's tenant, so that each route with an id has one to request.
 */
import { now } from "../../db/clock.ts";
import { newId } from "../../db/ids.ts";
import { deadLetters } from "../../db/jobs.ts";
import { seal } from "../../db/sealed_secrets.ts";
import { tokenDigest } from "../../db/sessions.ts";
import { type ApiIds, stockApi } from "./api_stock.ts";
import { secretKey } from "./db.ts";
import { stockCases } from "./case_stock.ts";
import { stockActivities } from "./activity_stock.ts";
import type { Person } from "./cast.ts";
import { type DuplicateIds, stockDuplicates } from "./duplicate_stock.ts";
import { stockRights } from "./right_stock.ts";
import { stockFields } from "./custom_stock.ts";
import { stockFigures } from "./report_stock.ts";
import { stockFiles } from "./file_stock.ts";
import { type MailIds, stockMail } from "./mail_stock.ts";
import { type RetentionIds, stockRetentions } from "./retention_stock.ts";
import { type OfferIds, stockOffers } from "./offer_stock.ts";
import { type OutgoingIds, stockOutgoing } from "./outgoing_stock.ts";
import { written } from "./writes.ts";

export type Kind =
  | "user"
  | "invitation"
  | "session"
  | "passkey"
  | "sign-in domain"
  | "directory token"
  | "contact"
  | "company"
  | "affiliation"
  | "trashed contact"
  | "trashed company"
  | "file"
  | "trashed file"
  | "pipeline"
  | "stage"
  | "lost reason"
  | "custom field"
  | "deal"
  | "moved deal"
  | "trashed deal"
  | "activity"
  | "trashed activity"
  | "tag"
  | "team"
  | "view"
  | "bulk change"
  | "notification"
  | "import"
  | "open import"
  | "export"
  | "mail"
  | "processor"
  | "evidence"
  | "case"
  | "case item"
  | "case file"
  | "certificate"
  | "delivery"
  | "incoming transfer"
  | "access archive"
  | "recipient notice"
  | "person letter"
  | "job"
  | keyof ApiIds
  | keyof DuplicateIds
  | keyof MailIds
  | keyof OfferIds
  | keyof OutgoingIds
  | keyof RetentionIds;

export type Stock = Record<Kind, string>;

/**
 * A word that occurs nowhere else, and that folding for search leaves unchanged: “ae” would become
 * “a”.
 */
export const newMark = (): string => `m${newId().slice(-12).replaceAll("e", "x")}`;

/**
 * Fills a tenant; every text of it contains `mark`, so that a leak can be found by searching for
 * it.
 */
export const stock = (person: Person, mark: string): Promise<Stock> =>
  written(person, (writing) => fill(writing, mark));

async function fill(person: Person, mark: string): Promise<Stock> {
  const { db: { owner }, queue } = person.test;
  const { tenantId, identityId, userId } = person;
  const at = now();
  const ids = Object.fromEntries(kinds.map((kind) => [kind, newId()])) as Stock;
  const tenant = { tenantId, id: "" };
  const born = { createdAt: at, createdBy: userId };

  await owner`insert into identities ${
    owner({ id: ids.user, email: `${mark}.user@example.org`, name: `${mark} user`, createdAt: at })
  }`;
  await owner`insert into users ${
    owner({ ...tenant, id: ids.user, identityId: ids.user, role: "member", createdAt: at })
  }`;
  await owner`insert into tokens ${
    owner({
      id: ids.invitation,
      kind: "invitation",
      tokenDigest: tokenDigest(ids.invitation),
      tenantId,
      email: `${mark}.invited@example.org`,
      role: "member",
      createdAt: at,
      expiresAt: new Date(at.getTime() + 86_400_000),
    })
  }`;
  await owner`insert into sessions ${
    owner({
      id: ids.session,
      tokenDigest: tokenDigest(ids.session),
      identityId,
      tenantId,
      ip: "192.0.2.1",
      userAgent: `${mark} browser`,
      createdAt: at,
      confirmedAt: at,
      lastSeenAt: at,
      expiresAt: new Date(at.getTime() + 86_400_000),
    })
  }`;
  await owner`insert into sign_in_domains ${
    owner({ ...tenant, id: ids["sign-in domain"], domain: `${mark}.example.org`, createdAt: at })
  }`;
  await owner`insert into teams ${
    owner({ ...tenant, id: ids.team, name: `${mark} team`, createdAt: at })
  }`;
  await owner`insert into team_members ${
    owner({ tenantId, teamId: ids.team, userId, addedAt: at })
  }`;
  await owner`insert into first_step_ends ${owner({ tenantId, endedAt: at })}
    on conflict do nothing`;
  await owner`insert into directory_tokens ${
    owner({
      ...tenant,
      id: ids["directory token"],
      userId,
      tokenDigest: tokenDigest(ids["directory token"]),
      expiresAt: new Date(at.getTime() + 86_400_000),
      createdAt: at,
    })
  }`;
  await owner`insert into passkeys ${
    owner({
      id: ids.passkey,
      identityId,
      credentialId: ids.passkey,
      publicKey: new Uint8Array([1]),
      counter: 0,
      backedUp: false,
      name: `${mark} passkey`,
      createdAt: at,
    })
  }`;
  await owner`insert into imports ${
    owner({
      ...tenant,
      id: ids.import,
      status: "done",
      fileName: `${mark}.csv`,
      ...born,
      undoUntil: new Date(at.getTime() + 86_400_000),
    })
  }`;
  await owner`insert into import_rows ${
    owner({ tenantId, importId: ids.import, rowNo: 1, outcome: "rejected", cells: [mark] as never })
  }`;
  await owner`insert into import_choices ${
    owner({ tenantId, importId: ids.import, rowNo: 1, choice: "fill" })
  }`;
  await owner`insert into import_mappings ${
    owner({
      ...tenant,
      id: newId(),
      signature: tokenDigest(mark),
      kind: "contacts",
      columns: [] as never,
      usedAt: at,
    })
  }`;
  const record = {
    ...tenant,
    notes: `${mark} notes`,
    search: ` ${mark} `,
    source: `${mark} source`,
  };
  const touched = { ...born, lastTouchAt: at, updatedAt: at };
  const company = { ...record, ...touched, name: `${mark} company` };
  const contact = {
    ...record,
    ...touched,
    lastName: `${mark} contact`,
    sourceChannel: "manual",
    legalBasis: "contract",
    purpose: "sales",
  };
  const trashed = { deletedAt: at, eraseAfter: new Date(at.getTime() + 86_400_000) };
  await owner`insert into companies ${owner({ ...company, id: ids.company })}`;
  await owner`insert into companies ${
    owner({ ...company, ...trashed, id: ids["trashed company"] })
  }`;
  await owner`insert into contacts ${owner({ ...contact, id: ids.contact })}`;
  await owner`insert into contacts ${
    owner({ ...contact, ...trashed, id: ids["trashed contact"] })
  }`;
  const ofContact = { ...tenant, contactId: ids.contact };
  await owner`insert into import_updates ${
    owner({
      tenantId,
      importId: ids.import,
      contactId: ids.contact,
      version: 1,
      before: { texts: { notes: mark } } as never,
    })
  }`;
  await owner`insert into affiliations ${
    owner({ ...ofContact, id: ids.affiliation, companyId: ids.company, role: `${mark} role` })
  }`;
  await owner`insert into emails ${
    owner({ ...ofContact, id: newId(), address: `${mark}.contact@example.org` })
  }`;
  await owner`insert into phones ${owner({ ...ofContact, id: newId(), number: "+4940123456" })}`;
  await owner`insert into addresses ${
    owner({ ...ofContact, id: newId(), street: `${mark} street`, city: `${mark} city` })
  }`;
  await owner`insert into visits ${
    owner({ tenantId, userId, recordId: ids.contact, contactId: ids.contact, seenAt: at })
  }`;
  await owner`insert into looks ${
    owner({ tenantId, contactId: ids.contact, day: "2026-11-20", userId })
  }`;
  await owner`insert into processing_agreements ${
    owner({
      ...tenant,
      id: newId(),
      sha256: mark,
      content: [{ title: `${mark} agreement`, paragraphs: [] }] as never,
      acceptedByName: `${mark} owner`,
      userId,
      acceptedAt: at,
    })
  }`;
  await stockCases(person, mark, ids);
  await stockRights(person, mark, ids);
  await stockFields(person, mark, ids);
  await stockFiles(person, mark, ids);
  await owner`insert into tags ${
    owner({ ...tenant, id: ids.tag, name: `${mark} tag`, createdAt: at })
  }`;
  await owner`insert into contact_tags ${
    owner({ tenantId, tagId: ids.tag, contactId: ids.contact })
  }`;
  await owner`insert into company_tags ${
    owner({ tenantId, tagId: ids.tag, companyId: ids.company })
  }`;
  await stockDeals(person, mark, ids, { ...touched, source: `${mark} source` });
  await stockRetentions(person, mark, ids);
  await stockFigures(person, mark, ids);
  await stockDuplicates(person, mark, ids);
  await stockActivities(person, mark, { ...ids, trashedActivity: ids["trashed activity"] });
  await owner`insert into views ${
    owner({
      ...tenant,
      id: ids.view,
      kind: "contact",
      name: `${mark} view`,
      query: "status=lead",
      shared: true,
      userId,
      createdAt: at,
      updatedAt: at,
    })
  }`;
  await owner`insert into view_defaults ${
    owner({ tenantId, userId: ids.user, kind: "contact", viewId: ids.view })
  }`;
  await owner`insert into bulk_changes ${
    owner({
      ...tenant,
      id: ids["bulk change"],
      kind: "contact",
      action: "status",
      value: "customer",
      status: "done",
      total: 1,
      changed: 1,
      ...born,
      undoUntil: new Date(at.getTime() + 86_400_000),
    })
  }`;
  await owner`insert into bulk_change_rows ${
    owner({
      tenantId,
      bulkChangeId: ids["bulk change"],
      contactId: ids.contact,
      state: "changed",
      old: "lead",
    })
  }`;
  await owner`insert into notifications ${
    owner({
      ...tenant,
      id: ids.notification,
      userId,
      kind: "assigned",
      recordKind: "contact",
      contactId: ids.contact,
      inApp: true,
      mailDue: false,
      createdAt: at,
    })
  }`;
  await owner`insert into notification_preferences ${
    owner({ tenantId, userId: ids.user, kind: "reminder", inApp: true, byMail: false })
  }`;
  await owner`insert into consents ${
    owner({
      ...ofContact,
      id: newId(),
      channel: "email",
      purpose: "marketing",
      textVersion: "1",
      givenAt: at,
      givenHow: `${mark} form`,
    })
  }`;
  await owner`insert into objections ${
    owner({ ...ofContact, id: newId(), channel: "phone", objectedAt: at })
  }`;
  await owner`insert into suppressions ${
    owner({
      tenantId,
      addressHash: tokenDigest(mark),
      channel: "all",
      reason: "objection",
      createdAt: at,
    })
  }`;
  await owner`insert into changes ${
    owner({
      ...tenant,
      id: newId(),
      recordKind: "contact",
      recordId: ids.contact,
      action: "created",
      reason: `${mark} reason`,
      actorKind: "user",
      actorId: userId,
      at,
    })
  }`;
  await owner`insert into exports ${
    owner({
      ...tenant,
      id: ids.export,
      kind: "contacts",
      format: "csv",
      purpose: `${mark} purpose`,
      status: "done",
      ...born,
    })
  }`;
  await owner`insert into mails ${
    owner({
      id: ids.mail,
      tenantId,
      kind: "invitation",
      purpose: "provision",
      recipient: `${mark}.mail@example.org`,
      subject: `${mark} subject`,
      bodyText: mark,
      bodyHtml: mark,
      status: "failed",
      createdAt: at,
      finishedAt: at,
    })
  }`;
  Object.assign(ids, await stockMail(person, mark, ids.contact));
  Object.assign(ids, await stockApi(person, mark));
  Object.assign(ids, await stockOutgoing(person, mark, ids.contact));
  const around = { dealId: ids.deal, contactId: ids.contact, companyId: ids.company };
  Object.assign(ids, await stockOffers(person, mark, around));
  await owner`insert into processors ${
    owner({
      id: ids.processor,
      // The register is public: nothing in it belongs to anybody.
      name: `Post ${ids.processor}`,
      serviceDe: "Post",
      serviceEn: "Mail",
      dataCategories: ["mails"],
      createdAt: at,
      updatedAt: at,
    })
  }`;
  await owner`insert into processor_evidence ${
    owner({
      id: ids.evidence,
      processorId: ids.processor,
      covers: ["location"],
      datedOn: "2026-01-01",
      fileName: "av.pdf",
      mediaType: "application/pdf",
      size: 3,
      sha256: tokenDigest(mark),
      content: seal(secretKey, `processor evidence ${ids.evidence}`, btoa(mark)),
      uploadedAt: at,
    })
  }`;
  await stockProcessorChange(person, mark, ids.processor);
  ids.job = (await queue.send(deadLetters, { mailId: ids.mail, tenantId }))!;
  await owner`
    update jobs.job
    set source_name = 'send_mail', source_id = ${ids.mail}, source_created_on = ${at}
    where id = ${ids.job}
  `;
  return ids;
}

/** A pipeline of three stages, a deal in the first of them, another in the trash. */
async function stockDeals(
  { tenantId, userId, test: { db: { owner } } }: Person,
  mark: string,
  ids: Stock,
  born: Record<string, Date | string>,
): Promise<void> {
  const at = now();
  const pipelineId = ids.pipeline;
  const named = (id: string, word: string) => ({ tenantId, id, name: `${mark} ${word}` });
  await owner`insert into pipelines ${owner({ ...named(pipelineId, "pipeline"), createdAt: at })}`;
  await owner`insert into stages ${
    owner([
      { ...named(ids.stage, "stage"), pipelineId, kind: "open", probability: 30 },
      { ...named(newId(), "won"), pipelineId, kind: "won", probability: 100 },
      { ...named(newId(), "lost"), pipelineId, kind: "lost", probability: 0 },
    ])
  }`;
  await owner`insert into lost_reasons ${owner(named(ids["lost reason"], "reason"))}`;
  const deal = {
    tenantId,
    ...born,
    title: `${mark} deal`,
    notes: `${mark} notes`,
    search: ` ${mark} `,
    companyId: ids.company,
    amountCents: 125_000,
    pipelineId,
    stageId: ids.stage,
    status: "open",
    stageSince: at,
    ownerId: userId,
  };
  const eraseAfter = new Date(at.getTime() + 86_400_000);
  await owner`insert into deals ${owner({ ...deal, id: ids.deal })}`;
  await owner`insert into deals ${
    owner({ ...deal, id: ids["trashed deal"], deletedAt: at, eraseAfter })
  }`;
  const ofDeal = { tenantId, dealId: ids.deal };
  await owner`insert into deal_contacts ${
    owner({ ...ofDeal, contactId: ids.contact, role: `${mark} role`, addedAt: at })
  }`;
  await owner`insert into deal_tags ${owner({ ...ofDeal, tagId: ids.tag })}`;
  const second = newId();
  await owner`insert into stages ${
    owner({ ...named(second, "second"), pipelineId, kind: "open", probability: 60 })
  }`;
  await owner`insert into deals ${owner({ ...deal, id: ids["moved deal"], stageId: second })}`;
  const step = { tenantId, at, actorId: userId };
  await owner`insert into deal_stage_changes ${
    owner([
      { ...step, dealId: ids.deal, id: newId(), fromStageId: null, toStageId: ids.stage },
      {
        ...step,
        dealId: ids["moved deal"],
        id: newId(),
        fromStageId: ids.stage,
        toStageId: second,
      },
    ])
  }`;
}

/** Uploads a file that waits for its settings. Returns the import's id. */
export async function upload(person: Person, mark: string): Promise<string> {
  const file = new File([`Vorname;Nachname;E-Mail\nNora;${mark};n@example.org\n`], `${mark}.csv`);
  const answer = await person.post("/imports/new", { file });
  await answer.body?.cancel();
  return (answer.headers.get("Location") ?? "").split("/").at(-1)!;
}

const kinds: readonly Kind[] = [
  "user",
  "invitation",
  "session",
  "passkey",
  "sign-in domain",
  "directory token",
  "contact",
  "company",
  "affiliation",
  "trashed contact",
  "trashed company",
  "file",
  "trashed file",
  "pipeline",
  "stage",
  "lost reason",
  "custom field",
  "deal",
  "moved deal",
  "trashed deal",
  "activity",
  "trashed activity",
  "tag",
  "team",
  "view",
  "bulk change",
  "notification",
  "import",
  "export",
  "mail",
  "processor",
  "evidence",
  "case",
  "case item",
  "case file",
  "certificate",
  "delivery",
  "incoming transfer",
  "access archive",
  "recipient notice",
  "person letter",
  "job",
  "duty",
  "hold",
  "due record",
  "duplicate",
  "merge",
];

/** A change of the register that was announced to the tenant, and to which it objects. */
async function stockProcessorChange(
  { tenantId, userId, test: { db: { owner } } }: Person,
  mark: string,
  processorId: string,
): Promise<void> {
  const at = now();
  const changeId = newId();
  await owner`insert into processor_changes ${
    owner({
      id: changeId,
      processorId,
      processorName: `Post ${processorId}`,
      action: "listed",
      material: true,
      takesEffectOn: "2026-01-01",
      at,
    })
  }`;
  await owner`insert into processor_notices ${
    owner({ tenantId, changeId, userId, status: "sent", queuedAt: at, settledAt: at })
  }`;
  await owner`insert into processor_objections ${
    owner({ tenantId, changeId, userId, name: `${mark} owner`, reason: mark, objectedAt: at })
  }`;
}

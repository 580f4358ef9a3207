/** Who may ask what: one row per route of the app, the sitemap seen from the door. */
import { inspectRoutes } from "hono/dev";
import { newId } from "../../db/ids.ts";
import { apiRoutes } from "./api_routes.ts";
import { madeByOperator, operatorRequests } from "./operator_routes.ts";
import type { Fields, TestApp } from "./app.ts";
import type { Person } from "./cast.ts";
import type { Kind, Stock } from "./stock.ts";

/** Whom a route lets in. */
export type Access =
  /** Everybody, signed in or not. */
  | "public"
  /** Whoever is signed in, with a tenant or without. */
  | "signed in"
  /** Every user of a tenant. */
  | "reader"
  | "writer"
  | "admin"
  | "operator"
  /** Programs with a token; whom it lets in stands in tests/api_rights_test.ts. */
  | "token";

/** What an answer means, whatever it shows. */
export type Outcome = "passed" | "log in" | "choose" | "forbidden" | "missing" | "no token";

/** Who asks, in this order: alice owns the records in question, charlie another house. */
export const people = ["visitor", "operator", "vera", "charlie", "bob", "alice"] as const;

export interface Row {
  access: Access;
  /** What `:id` stands for. Records of others are missing, not forbidden. */
  id?: Kind;
  /** Only the person whose it is: sessions belong to an identity, not to a tenant. */
  own?: true;
  /** What is posted, where a deed looks at that before it looks at the record. */
  fields?: (who: Person) => Fields;
  except?: Partial<Record<typeof people[number], Outcome>>;
}

const open: Row = { access: "public" };
const self: Row = { access: "signed in" };
/** Versions of the policy and events are made in tests of their own: here there is none. */
const versioned: Row = {
  access: "public",
  except: Object.fromEntries(people.map((name) => [name, "missing"])),
};
/** Links of nobody, as long as no mail was sent. */
const nobodys = versioned;
/** A change of processors that customers were told of; here there is none. */
const unannounced: Row = { access: "admin", except: { alice: "missing", charlie: "missing" } };
const row = (access: Access, id?: Kind): Row => id ? { access, id } : { access };

/** The right is asked before the tenant: whoever has none lacks it. */
const importing: Row = { access: "writer", except: { operator: "forbidden" } };

const uploading = (id: Kind): Row => ({ ...importing, id });

/** A mailbox is its owner's alone, unless the house shares it. */
const ownMailbox: Row = { access: "writer", id: "mailbox", own: true };

/** Where no officer is named, the owner is. */
const officers: Row = { access: "admin", except: { operator: "forbidden" } };
const officersItem: Row = {
  access: "admin",
  except: { operator: "forbidden", alice: "missing", charlie: "missing" },
};

/** Every route; a new one has to be added here before the tests pass. */
export const table: Readonly<Record<string, Row>> = {
  "GET /": open,
  "GET /static/*": open,
  "GET /health/live": open,
  "GET /health/ready": open,
  "GET /imprint": open,
  "GET /privacy": open,
  "GET /privacy/processors": open,
  "GET /privacy/processors.atom": open,
  "GET /evidence-approvals/:token": open,
  "GET /evidence-approvals/:token/file": open,
  "POST /evidence-approvals/:token": open,
  "POST /evidence-approvals/:token/refusal": open,
  "POST /latenode/callbacks/:id/:token": versioned,
  "GET /privacy/complaint": open,
  "GET /certificates/verification": open,
  "POST /certificates/verification": open,
  "GET /privacy/requests/new": open,
  "POST /privacy/requests/new": open,
  "GET /privacy/requests/:number": nobodys,
  "POST /privacy/requests/:number": nobodys,
  "POST /privacy/requests/:number/codes": nobodys,
  "GET /privacy/requests/:number/confirmations/:token": nobodys,
  "POST /privacy/requests/:number/confirmations/:token": nobodys,
  "GET /transfers/:token": open,
  "POST /transfers/:token": open,
  "PUT /incoming-transfers/:token": nobodys,
  "GET /.well-known/portability.schema.json": open,
  "GET /settings/transfers": row("admin"),
  "POST /settings/transfers": row("admin"),
  "GET /settings/transfers/:id": row("admin", "incoming transfer"),
  "POST /settings/transfers/:id/acceptance": row("admin", "incoming transfer"),
  "POST /settings/transfers/:id/refusal": row("admin", "incoming transfer"),
  "GET /deliveries/:token": open,
  "POST /deliveries/:token": open,
  "POST /deliveries/:token/codes": open,
  "GET /p/:tenant/requests/new": nobodys,
  "POST /p/:tenant/requests/new": nobodys,
  "GET /p/:tenant/requests/:number": nobodys,
  "POST /p/:tenant/requests/:number": nobodys,
  "POST /p/:tenant/requests/:number/codes": nobodys,
  "GET /p/:tenant/requests/:number/confirmations/:token": nobodys,
  "POST /p/:tenant/requests/:number/confirmations/:token": nobodys,
  "GET /privacy/versions": open,
  "GET /privacy/versions/:number": versioned,
  "GET /privacy/versions/:number.pdf": versioned,
  "GET /privacy/versions/:number/changes": versioned,
  "GET /policy-approvals/:token": open,
  "POST /policy-approvals/:token": open,
  "POST /policy-approvals/:token/refusal": open,
  "GET /.well-known/jwks.json": open,
  "GET /.well-known/privacy-policy.json": versioned,
  "GET /.well-known/privacy-policy.schema.json": open,
  "GET /keys": open,
  // Whoever knows the address; nobody knows one that was never made.
  "GET /calendar-feeds/:token.ics": {
    access: "public",
    except: Object.fromEntries(people.map((who) => [who, "missing"])),
  },
  "GET /case-feeds/:id/:token.ics": nobodys,
  "GET /dev/mail": open,
  "GET /api": open,
  "GET /api/openapi.json": open,
  ...apiRoutes(),

  "GET /setup": open,
  "GET /setup/:token": open,
  "POST /setup/:token": open,
  "GET /login": open,
  "POST /login": open,
  "POST /logout": open,
  "GET /passwords/new": open,
  "POST /passwords/new": open,
  "GET /passwords/:token": open,
  "POST /passwords/:token": open,
  "GET /invitations/:token": open,
  "POST /invitations/:token": open,
  "GET /email-changes/:token": open,
  "POST /email-changes/:token": open,

  "GET /account": self,
  "GET /account/:part": self,
  "POST /account/name": self,
  "POST /account/email": self,
  "POST /account/password": self,
  "POST /account/display": self,
  "POST /account/theme": self,
  "POST /account/policy": self,
  "POST /account/language": self,
  "GET /account/calendar-feed": row("reader"),
  "POST /account/calendar-feed": row("reader"),
  "POST /account/calendar-feed/removal": row("reader"),
  "POST /account/notifications": row("reader"),
  "POST /account/sessions/end": self,
  "POST /account/sessions/:id/end": { access: "signed in", id: "session", own: true },
  "GET /account/address": row("writer"),
  "POST /account/address": row("writer"),
  "POST /account/address/removal": row("writer"),
  "GET /me/privacy": self,
  "GET /me/privacy/data.json": self,
  "GET /me/privacy/erasure": self,
  "POST /me/privacy/erasure": self,
  "GET /tenants": self,
  "POST /tenants": {
    access: "signed in",
    fields: ({ tenantId }) => ({ tenantId: tenantId ?? "" }),
    except: { operator: "missing" },
  },

  "GET /start": row("reader"),
  "GET /activities": row("reader"),
  "GET /tasks": row("reader"),
  "GET /activities/calendar": row("reader"),
  "GET /activities/candidates": row("writer"),
  "GET /activities/new": row("writer"),
  "POST /activities/new": row("writer"),
  "GET /activities/:id": row("reader", "activity"),
  "GET /activities/:id/edit": row("writer", "activity"),
  "POST /activities/:id/edit": row("writer", "activity"),
  "POST /activities/:id/deletion": row("writer", "activity"),
  "POST /activities/:id/completion": row("writer", "activity"),
  "POST /activities/:id/completion/withdrawal": row("writer", "activity"),
  "GET /contacts": row("reader"),
  "GET /contacts/names": row("writer"),
  "GET /contacts/new": row("writer"),
  "POST /contacts/new": row("writer"),
  "GET /contacts/:id": row("reader", "contact"),
  "GET /contacts/:id/access": row("admin", "contact"),
  "POST /contacts/:id/access": row("admin", "contact"),
  "GET /contacts/:id/edit": row("writer", "contact"),
  "POST /contacts/:id/edit": row("writer", "contact"),
  "POST /contacts/:id/deletion": row("writer", "contact"),
  "POST /contacts/:id/notice": row("writer", "contact"),
  "POST /contacts/:id/notice/withdrawal": row("writer", "contact"),
  "POST /contacts/:id/objections": row("writer", "contact"),
  "GET /contacts/:id/consents": row("reader", "contact"),
  "POST /contacts/:id/consents": row("writer", "contact"),
  "POST /contacts/:id/consents/withdrawal": row("writer", "contact"),
  "GET /contacts/:id.vcf": row("reader", "contact"),
  "GET /contacts/:id/move": row("writer", "contact"),
  "POST /contacts/:id/move": row("writer", "contact"),
  "GET /contacts/:id/:way": row("reader", "contact"),
  "GET /companies": row("reader"),
  "GET /companies/names": row("reader"),
  "GET /companies/new": row("writer"),
  "POST /companies/new": row("writer"),
  "GET /companies/:id": row("reader", "company"),
  "GET /companies/:id/edit": row("writer", "company"),
  "POST /companies/:id/edit": row("writer", "company"),
  "POST /companies/:id/deletion": row("writer", "company"),
  "GET /contacts/:id/files": row("reader", "contact"),
  "POST /contacts/:id/files": uploading("contact"),
  "GET /activities/:id/files": row("reader", "activity"),
  "POST /activities/:id/files": uploading("activity"),
  "GET /deals/:id/files": row("reader", "deal"),
  "POST /deals/:id/files": uploading("deal"),
  "GET /companies/:id/files": row("reader", "company"),
  "POST /companies/:id/files": uploading("company"),
  "GET /files/:id": row("reader", "file"),
  "POST /files/:id/deletion": row("writer", "file"),
  "GET /deals": row("reader"),
  "GET /deals/board": row("reader"),
  "GET /deals/new": row("writer"),
  "POST /deals/new": row("writer"),
  "GET /deals/:id": row("reader", "deal"),
  "GET /deals/:id/edit": row("writer", "deal"),
  "POST /deals/:id/edit": row("writer", "deal"),
  "POST /deals/:id/deletion": row("writer", "deal"),
  "POST /deals/:id/stage": row("writer", "deal"),
  // Only one's own last move is taken back, and of a new deal there is none.
  "POST /deals/:id/stage/undo": row("writer", "moved deal"),
  "POST /deals/:id/loss": row("writer", "deal"),
  "GET /deals/:id/contacts": row("writer", "deal"),
  "POST /deals/:id/contacts": row("writer", "deal"),
  "POST /deals/:id/contacts/removal": row("writer", "deal"),
  "GET /deals/:id/:way": row("reader", "deal"),
  "GET /duplicates": row("writer"),
  "POST /duplicates/scans": row("writer"),
  "POST /duplicates/:id/dismissal": row("writer", "duplicate"),
  "POST /duplicates/:id/dismissal/withdrawal": row("writer", "duplicate"),
  "POST /duplicates/contacts": row("writer"),
  "POST /duplicates/companies": row("writer"),
  "GET /companies/:id/:way": row("reader", "company"),
  "GET /search": row("reader"),
  "GET /tags": row("reader"),
  "GET /tags/:id": row("reader"),
  "POST /tags/:id": { ...row("writer", "tag"), fields: () => ({ "names.tag": newId() }) },
  "POST /tags/:id/deletion": row("writer", "tag"),
  "GET /trash": row("writer"),
  "POST /trash/contacts/:id/restoration": row("writer", "trashed contact"),
  "POST /trash/companies/:id/restoration": row("writer", "trashed company"),
  "POST /trash/activities/:id/restoration": row("writer", "trashed activity"),
  "POST /trash/deals/:id/restoration": row("writer", "trashed deal"),

  "POST /trash/files/:id/restoration": row("writer", "trashed file"),

  "GET /notifications": row("reader"),
  "GET /notifications/stream": row("reader"),
  "GET /notifications/unread": row("reader"),
  "GET /notifications/:id": { access: "reader", id: "notification", own: true },
  "POST /notifications/:id/reading": { access: "reader", id: "notification", own: true },
  "POST /notifications/reading": row("reader"),

  "GET /inbox": row("reader"),
  "POST /inbox/discarding": row("writer"),
  "POST /inbox/:id/discarding": row("writer", "inbox message"),
  "POST /inbox/:id/recovery": row("writer", "discarded inbox message"),
  "POST /inbox/:id/assignment": row("writer", "inbox message"),
  "GET /inbox/:id/contact": row("reader", "inbox message"),
  "POST /inbox/:id/contact": row("writer", "inbox message"),
  "GET /messages/:id": row("reader", "message"),
  "GET /messages/:id/body": row("reader", "message"),

  "GET /imports": importing,
  "GET /imports/new": importing,
  "POST /imports/new": importing,
  "GET /imports/:id": { ...importing, id: "import" },
  "POST /imports/:id": { ...importing, id: "open import" },
  "POST /imports/:id/reading": { ...importing, id: "open import" },
  "POST /imports/:id/settings": { ...importing, id: "import" },
  "POST /imports/:id/choices": { ...importing, id: "import" },
  "POST /imports/:id/run": { ...importing, id: "import" },
  "POST /imports/:id/removal": { ...importing, id: "open import" },
  "GET /imports/:id/rejected.csv": { ...importing, id: "import" },
  "GET /imports/:id/undo": { ...importing, access: "admin", id: "import" },
  "POST /imports/:id/undo": { ...importing, access: "admin", id: "import" },
  "GET /exports": row("writer"),
  "POST /exports": importing,

  "GET /bulk-changes/new": row("writer"),
  "POST /bulk-changes/new": row("writer"),
  "GET /bulk-changes/:id": row("writer", "bulk change"),
  // Another's change is taken back by those who keep the house.
  "POST /bulk-changes/:id/undo": {
    ...row("writer", "bulk change"),
    except: { bob: "forbidden" },
  },
  "GET /views/new": row("reader"),
  "POST /views/new": row("reader"),
  "GET /views/:id/edit": row("reader", "view"),
  "POST /views/:id/edit": row("reader", "view"),
  // A shared view is thrown away by its maker and by those who keep the house.
  "POST /views/:id/deletion": {
    ...row("reader", "view"),
    except: { vera: "forbidden", bob: "forbidden" },
  },

  "GET /settings/processors": row("admin"),
  "GET /settings/processors/:id/objection": unannounced,
  "POST /settings/processors/:id/objection": unannounced,
  "POST /settings/processors/:id/objection/withdrawal": unannounced,
  "GET /settings/officer": row("admin"),
  "POST /settings/officer": row("admin"),
  "GET /operator/officer": row("operator"),
  "POST /operator/officer": row("operator"),
  "GET /dpo": officers,
  "GET /dpo/items/:id": officersItem,
  "GET /dpo/items/:id/:action": officersItem,
  "POST /dpo/items/:id/:action": officersItem,
  "POST /dpo/items/:id/correction": officersItem,
  "GET /case-links/:token": open,
  "POST /case-links/:token": open,
  "POST /case-links/:token/correction": open,
  "GET /settings/requests": row("admin"),
  "GET /settings/requests/new": row("admin"),
  "POST /settings/requests/new": row("admin"),
  "GET /settings/requests/letterhead": row("admin"),
  "POST /settings/requests/letterhead": row("admin"),
  "GET /settings/requests/:id": row("admin", "case"),
  "POST /settings/requests/:id/acknowledgement": row("admin", "case"),
  "POST /settings/requests/:id/notes": row("admin", "case"),
  "GET /settings/requests/:id/findings": row("admin", "case"),
  "POST /settings/requests/:id/findings": row("admin", "case"),
  "POST /settings/requests/:id/findings/confirmation": row("admin", "case"),
  "GET /operator/requests/:id/findings": madeByOperator,
  "POST /operator/requests/:id/findings": madeByOperator,
  "POST /operator/requests/:id/findings/confirmation": madeByOperator,
  "GET /settings/requests/files/:id": row("admin", "case file"),
  "GET /settings/certificates/:id.json": row("admin", "certificate"),
  "GET /settings/certificates/:id.pdf": row("admin", "certificate"),
  "GET /operator/certificates/:id.json": madeByOperator,
  "GET /operator/certificates/:id.pdf": madeByOperator,
  "POST /settings/requests/items/:id/decision": row("admin", "case item"),
  "POST /settings/requests/items/:id/rectification": row("admin", "case item"),
  "POST /settings/requests/items/:id/rectification/removal": row("admin", "case item"),
  "POST /settings/requests/items/:id/recipients/letter": row("admin", "case item"),
  "POST /settings/requests/recipients/:id/notice": row("admin", "recipient notice"),
  "POST /settings/requests/items/:id/transfers/link": row("admin", "case item"),
  "POST /settings/requests/items/:id/transfers/push": row("admin", "case item"),
  "POST /settings/requests/items/:id/restriction/end": row("admin", "case item"),
  "POST /settings/requests/items/:id/restriction/removal": row("admin", "case item"),
  "POST /settings/requests/deliveries/:id/access": row("admin", "delivery"),
  "POST /settings/requests/items/:id/correction": row("admin", "case item"),
  "POST /settings/requests/:id/items": row("admin", "case"),
  "POST /settings/requests/:id/duplicate": row("admin", "case"),
  "POST /settings/requests/:id/dismissal": row("admin", "case"),
  "POST /settings/requests/files/:id/removal": row("admin", "case file"),
  "GET /settings/requests/letters/:id": row("admin", "person letter"),
  "POST /settings/requests/letters/:id/dispatch": row("admin", "person letter"),
  "GET /settings/retention": row("admin"),
  "POST /settings/retention": row("admin"),
  "GET /settings/retention/due": row("admin"),
  "POST /settings/retention/due/:id/erasure": row("admin", "due record"),
  "POST /settings/retention/holds/:id/release": row("admin", "hold"),
  "POST /settings/retention/duties/:id/removal": row("admin", "duty"),
  "GET /contacts/:id/retention": row("admin", "contact"),
  "POST /contacts/:id/retention/duties": row("admin", "contact"),
  "POST /contacts/:id/retention/holds": row("admin", "contact"),
  "POST /contacts/:id/retention/keeping": row("admin", "contact"),
  "GET /companies/:id/retention": row("admin", "company"),
  "POST /companies/:id/retention/duties": row("admin", "company"),
  "POST /companies/:id/retention/holds": row("admin", "company"),
  "POST /companies/:id/retention/keeping": row("admin", "company"),
  "GET /deals/:id/retention": row("admin", "deal"),
  "POST /deals/:id/retention/duties": row("admin", "deal"),
  "POST /deals/:id/retention/holds": row("admin", "deal"),
  "POST /deals/:id/retention/keeping": row("admin", "deal"),
  "GET /settings/agreement": row("admin"),
  "POST /settings/agreement": row("admin"),
  "GET /settings/agreement.pdf": row("admin"),
  "GET /messages": row("reader"),
  "GET /messages/new": row("writer"),
  "POST /messages/new": row("writer"),
  "GET /messages/:id/edit": { ...row("writer", "draft"), own: true },
  "POST /messages/:id/edit": { ...row("writer", "draft"), own: true },
  "GET /messages/:id/preview": { ...row("writer", "draft"), own: true },
  "GET /messages/:id/files": { ...row("reader", "draft"), own: true },
  "POST /messages/:id/files": { ...uploading("draft"), own: true },
  "GET /messages/:id/dispatch": row("writer"),
  "POST /messages/:id/dispatch": { ...row("writer", "draft"), own: true },
  "POST /messages/:id/retry": { ...row("writer", "failed message"), own: true },
  "POST /messages/:id/deletion": { ...row("writer", "draft"), own: true },
  "GET /account/mail": row("writer"),
  "POST /account/mail": row("writer"),
  "POST /account/mail/check": {
    ...row("writer"),
    except: Object.fromEntries(["charlie", "bob"].map((name) => [name, "missing"])),
  },
  "POST /account/mail/deletion": row("writer"),
  "GET /account/mail/signatures": row("writer"),
  "POST /account/mail/signatures": row("writer"),
  "GET /unsubscriptions/:token": nobodys,
  "POST /unsubscriptions/:token": nobodys,
  "GET /settings/mail-templates": row("writer"),
  "GET /settings/mail-templates/new": row("writer"),
  "POST /settings/mail-templates/new": row("writer"),
  "GET /settings/mail-templates/:id/edit": row("writer", "mail template"),
  "POST /settings/mail-templates/:id/edit": row("writer", "mail template"),
  // One that the house shares is thrown away by those who keep the house.
  "POST /settings/mail-templates/:id/deletion": {
    ...row("writer", "mail template"),
    except: { bob: "forbidden" },
  },
  "GET /settings": row("admin"),
  "POST /settings": row("admin"),
  "GET /settings/pipelines": row("admin"),
  "GET /settings/pipelines/new": row("admin"),
  "POST /settings/pipelines/new": row("admin"),
  "GET /settings/pipelines/:id": row("admin", "pipeline"),
  "POST /settings/pipelines/:id": row("admin", "pipeline"),
  "POST /settings/pipelines/:id/deletion": row("admin", "pipeline"),
  "GET /settings/pipelines/:id/stages/new": row("admin", "pipeline"),
  "POST /settings/pipelines/:id/stages/new": row("admin", "pipeline"),
  "GET /settings/stages/:id": row("admin", "stage"),
  "POST /settings/stages/:id": row("admin", "stage"),
  "POST /settings/stages/:id/position": row("admin", "stage"),
  "POST /settings/stages/:id/deletion": row("admin", "stage"),
  "GET /settings/fields": row("admin"),
  "GET /settings/fields/records.csv": row("admin"),
  "GET /settings/fields/new": row("admin"),
  "POST /settings/fields/new": row("admin"),
  "GET /settings/fields/:id": row("admin", "own field"),
  "POST /settings/fields/:id": row("admin", "own field"),
  "POST /settings/fields/:id/position": row("admin", "own field"),
  "GET /settings/fields/:id/deletion": row("admin", "own field"),
  "POST /settings/fields/:id/deletion": row("admin", "own field"),
  "GET /settings/lost-reasons": row("admin"),
  "POST /settings/lost-reasons": row("admin"),
  "POST /settings/lost-reasons/:id": {
    ...row("admin", "lost reason"),
    fields: () => ({ "names.reason": newId() }),
  },
  "POST /settings/lost-reasons/:id/deletion": row("admin", "lost reason"),
  "GET /settings/team": row("reader"),
  "GET /settings/team/invitations": row("reader"),
  "POST /settings/team/invitations": row("admin"),
  "POST /settings/team/invitations/:id/resend": row("admin", "invitation"),
  "POST /settings/team/invitations/:id/revoke": row("admin", "invitation"),
  "POST /settings/team/:id/role": { ...row("admin", "user"), fields: () => ({ role: "member" }) },
  "POST /settings/team/:id/deactivate": row("admin", "user"),
  "POST /settings/team/:id/reactivate": row("admin", "user"),
  "GET /settings/mailboxes": row("writer"),
  "GET /settings/mailboxes/new": row("writer"),
  "POST /settings/mailboxes/new": row("writer"),
  "GET /settings/mailboxes/:id": ownMailbox,
  "GET /settings/mailboxes/:id/edit": ownMailbox,
  "POST /settings/mailboxes/:id/edit": ownMailbox,
  "POST /settings/mailboxes/:id/checks": ownMailbox,
  "POST /settings/mailboxes/:id/folders": ownMailbox,
  "POST /settings/mailboxes/:id/removal": ownMailbox,
  "POST /samples/removal": row("admin"),

  "GET /operator": row("operator"),
  "GET /operator/provider": row("operator"),
  "POST /operator/provider": row("operator"),
  "GET /operator/proofs": row("operator"),
  "POST /operator/proofs": row("operator"),
  "POST /operator/proofs/run": row("operator"),
  "GET /operator/proofs/:proof": row("operator"),
  "POST /operator/proofs/:proof/run": row("operator"),
  "GET /operator/incidents": row("operator"),
  "GET /operator/incidents/new": row("operator"),
  "POST /operator/incidents/new": row("operator"),
  "GET /operator/incidents/:id": madeByOperator,
  "POST /operator/incidents/:id": madeByOperator,
  "GET /operator/incidents/:id/notification.pdf": madeByOperator,
  "POST /operator/incidents/:id/customers": madeByOperator,
  "POST /operator/incidents/:id/notices": madeByOperator,
  "POST /operator/incidents/:id/notification": madeByOperator,
  "POST /operator/incidents/:id/closing": madeByOperator,
  "GET /operator/logs": row("operator"),
  "POST /operator/logs": row("operator"),
  "POST /operator/logs/freezes": row("operator"),
  "GET /operator/measures": row("operator"),
  "POST /operator/measures": row("operator"),
  "POST /operator/measures/stores": row("operator"),
  "GET /operator/measures.pdf": row("operator"),
  "GET /operator/records": row("operator"),
  "POST /operator/records": row("operator"),
  "GET /operator/records.csv": row("operator"),
  "GET /operator/records.pdf": row("operator"),
  "GET /operator/policy": row("operator"),
  "POST /operator/policy": row("operator"),
  "GET /operator/policy/:number": madeByOperator,
  "GET /operator/policy/:number/edit": madeByOperator,
  "POST /operator/policy/:number/edit": madeByOperator,
  "POST /operator/policy/:number/proposal": madeByOperator,
  "POST /operator/policy/:number/withdrawal": madeByOperator,
  "POST /operator/policy/:number/publication": row("operator"),
  "POST /operator/policy/:number/notices": madeByOperator,
  "GET /operator/processors": row("operator"),
  "GET /operator/processors/new": row("operator"),
  "POST /operator/processors/new": row("operator"),
  "GET /operator/processors/:id": row("operator", "processor"),
  "GET /operator/processors/:id/edit": row("operator", "processor"),
  "POST /operator/processors/:id/edit": row("operator", "processor"),
  "POST /operator/processors/:id/activation": row("operator", "processor"),
  "POST /operator/processors/:id/deactivation": row("operator", "processor"),
  "POST /operator/processors/:id/withdrawal": madeByOperator,
  "GET /operator/processors/:id/answer": madeByOperator,
  "POST /operator/processors/:id/answer": madeByOperator,
  "POST /operator/processors/:id/notices": madeByOperator,
  "POST /operator/processors/:id/removal": row("operator", "processor"),
  "POST /operator/processors/:id/connection": row("operator", "processor"),
  "POST /operator/processors/:id/connection/removal": row("operator", "processor"),
  "POST /operator/processors/:id/checks": row("operator", "processor"),
  "POST /operator/processors/:id/deliveries": row("operator", "processor"),
  "POST /operator/processors/:id/evidence": row("operator", "processor"),
  "GET /operator/evidence/:id/file": row("operator", "evidence"),
  "POST /operator/evidence/:id/request": row("operator", "evidence"),
  "POST /operator/evidence/:id/removal": row("operator", "evidence"),
  "GET /operator/egress": row("operator"),
  "GET /operator/jobs": row("operator"),
  "POST /operator/jobs/:id/retry": row("operator", "job"),
  "POST /operator/jobs/:id/discard": row("operator", "job"),
  ...operatorRequests,
  "GET /settings/contract": row("admin"),
  "POST /settings/contract/notice": row("admin"),
  "POST /settings/contract/codes": row("admin"),
  "POST /settings/contract/withdrawal": row("admin"),
  "POST /settings/contract/exports": row("admin"),
  "GET /settings/contract/exports/:id": unannounced,
  "GET /operator/contracts": row("operator"),
  "GET /operator/erasures/:id": madeByOperator,
  "POST /operator/erasures/:id/confirmations": madeByOperator,
  "GET /operator/invoices": row("operator"),
  "POST /operator/invoices": row("operator"),
  "GET /operator/mails": row("operator"),
  "POST /operator/mails/:id/retry": row("operator", "mail"),
  "POST /operator/mails/:id/discard": row("operator", "mail"),
};

/** The routes that the app has, patterns of their parts left out. */
export function routes({ app }: TestApp): string[] {
  const names = inspectRoutes(app)
    .filter(({ isMiddleware }) => !isMiddleware)
    .map(({ method, path }) =>
      `${method} ${path.replace(/\{[^/]*?(\\\.\w+)?\}(?=\/|$)/g, suffix)}`
    );
  return [...new Set(names)].sort();
}

/** What is left of a part's pattern: nothing, or the ending of a file's name. */
const suffix = (_: string, ending = "") => ending.replace("\\", "");

/** A path to ask for: its parts filled in. */
export function pathOf(test: TestApp, route: string, id: string): string {
  return route.split(" ")[1]!
    .replace("/static/*", test.services.assets.url("css/app.css"))
    .replace(":action", "approve")
    .replace(":part", "name")
    .replace(":way", "next")
    .replace(":token", "t".repeat(43))
    .replace(":number", "999999")
    .replace(":proof", "mapped_columns")
    .replace(/:id\b/, id);
}

/** The id that a row asks for out of a house's stock; any, where the route does not look at it. */
export const idOf = (row: Row, stock: Stock): string => row.id ? stock[row.id] : newId();

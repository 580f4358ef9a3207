/** Who may request what about products, line items of deals, offers and letters. */
import type { Row } from "./route_rows.ts";
import type { Kind } from "./stock.ts";

const row = (access: Row["access"], id?: Kind): Row => id ? { access, id } : { access };
/** A logo that nobody has uploaded. */
const nothing: Row = { access: "admin", except: { alice: "missing", charlie: "missing" } };

/** The record is in the query: without one there is no letter. */
const lettersOfNothing: Row = {
  access: "writer",
  except: { charlie: "missing", bob: "missing", alice: "missing" },
};

/** The permission is checked before the tenant, so those without one are refused. */
const sending: Row = { access: "admin", except: { operator: "forbidden" } };

/** All of their routes. */
export const offerRoutes: Readonly<Record<string, Row>> = {
  "GET /deals/:id/items": row("writer", "deal"),
  "POST /deals/:id/items": row("writer", "deal"),
  "GET /deals/:id/offers/new": row("writer", "deal"),
  "POST /deals/:id/offers/new": row("writer", "deal"),
  "GET /offers": row("reader"),
  "GET /offers/export": row("writer"),
  "GET /offers/:id": row("reader", "offer"),
  "GET /offers/:id/paper": row("reader", "issued offer"),
  "GET /offers/:id/edit": row("writer", "offer"),
  "POST /offers/:id/edit": row("writer", "offer"),
  "POST /offers/:id/deletion": row("writer", "offer"),
  "POST /offers/:id/issue": row("writer", "offer"),
  "POST /offers/:id/dispatch": row("writer", "issued offer"),
  "POST /offers/:id/mail": { ...row("writer", "issued offer"), except: { operator: "forbidden" } },
  "POST /offers/:id/decision": row("writer", "issued offer"),
  "POST /offers/:id/decision/removal": row("writer", "issued offer"),
  "POST /offers/:id/versions": row("writer", "issued offer"),
  "GET /letters/new": lettersOfNothing,
  "POST /letters/new": {
    ...lettersOfNothing,
    except: { ...lettersOfNothing.except, operator: "forbidden" },
  },
  "GET /settings/letter-templates": row("admin"),
  "GET /settings/letter-templates/new": row("admin"),
  "POST /settings/letter-templates/new": row("admin"),
  "GET /settings/letter-templates/documents/new": row("admin"),
  "POST /settings/letter-templates/documents/new": sending,
  "GET /settings/letter-templates/:id/document": row("admin", "letter template"),
  "GET /settings/letter-templates/:id/edit": row("admin", "letter template"),
  "POST /settings/letter-templates/:id/edit": row("admin", "letter template"),
  "POST /settings/letter-templates/:id/deletion": row("admin", "letter template"),
  "GET /products": row("reader"),
  "GET /products/names": row("reader"),
  "GET /products/export": row("writer"),
  "GET /products/new": row("admin"),
  "POST /products/new": row("admin"),
  "GET /products/imports/new": row("admin"),
  "POST /products/imports/new": sending,
  "GET /products/:id/edit": row("admin", "product"),
  "POST /products/:id/edit": row("admin", "product"),
  "POST /products/:id/deletion": row("admin", "product"),
  "GET /settings/offers": row("admin"),
  "POST /settings/offers": row("admin"),
  "GET /settings/letterhead": row("admin"),
  "POST /settings/letterhead": row("admin"),
  "GET /settings/letterhead/logo": nothing,
  "POST /settings/letterhead/logo": sending,
  "POST /settings/letterhead/logo/deletion": row("admin"),
};

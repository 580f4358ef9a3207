/** The contents of certificates of erasure, for the tests that need one. */
import { type Content, format, type Statement } from "../../db/certificates.ts";

/** A statement that may be certified. */
export const statement = (reference: string): Statement => ({
  subject: "person",
  reference,
  controller: "Nordlicht Handel",
  basis: "Art. 17(1) GDPR",
  requestedOn: "2026-11-02",
  erasedAt: "2026-11-26T10:00:00.000Z",
  stores: [
    { name: "database", method: "deleted", before: 12, after: 0 },
    { name: "backups", method: "expires", before: null, after: null, emptyOn: "2026-12-10" },
  ],
  kept: [{ name: "messages", count: 2, basis: "§ 257 HGB", until: "2032-12-31" }],
  search: { places: 40, before: 12, after: 0, control: { planted: 3, found: 3 } },
  destroyedKeys: [],
  ledger: { seq: 7, hash: "a".repeat(64) },
});

/** The same in its stored form. */
export const certified = (id: string, reference: string): Content => ({
  format,
  id,
  issuedAt: "2026-11-26T10:00:01.000Z",
  ...statement(reference),
});

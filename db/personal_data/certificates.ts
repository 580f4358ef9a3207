/**
 * The personal-data map of certificates, which prove an erasure by numbers and counts and name
 * nobody.
 */
import { table } from "./columns.ts";

export const certificates = {
  "public.certificates": table({
    subject: "none",
    purpose: "legal",
    basis: "c",
    role: "controller",
    retention: "machine",
    erasure: "kept: Art. 5(2) GDPR; proof of an erasure, without a person in it",
  }, {
    reference: "tenant_id id case_id",
    technical: "subject content signature issued_at",
  }),
};

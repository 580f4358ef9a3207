/**
 * The personal-data map of contracts: a tenant's full export, its erasure with the proof, its
 * bills.
 */
import { type Defaults, table, tenantContent } from "./columns.ts";

const proof: Defaults = {
  subject: "customer",
  purpose: "legal",
  basis: "c",
  role: "controller",
  retention: "proof",
  erasure: "job:remove_stale",
};

export const contracts = {
  "public.tenant_exports": table(
    { ...tenantContent("user", "export", "job:sweep_files"), purpose: "provision", basis: "b" },
    {
      reference: "tenant_id id object_id",
      trace: "created_by created_at finished_at erase_after",
      technical: "status rows size error_code",
    },
  ),

  "public.tenant_erasures": table(proof, {
    reference: "id house key_ids identity_ids certificate_id",
    organisation: "name",
    contact: "recipients",
    settings: "locale",
    legal: "contract_ended_on",
    trace: "started_at finished_at",
    technical: "canary status",
  }, {
    // Removed with the last letter, at the latest 25 days after the contract's end.
    name: { retention: "tenant", erasure: "overwritten" },
    recipients: { retention: "tenant", erasure: "overwritten", subject: "user" },
  }),

  "public.tenant_erasure_steps": table({ ...proof, subject: "none" }, {
    technical: "erasure_id step state attempts figures error_code started_at tried_at finished_at",
  }),

  "public.tenant_erasure_confirmations": table({ ...proof, subject: "none" }, {
    technical: "erasure_id processor_id name method confirmed_at",
  }),

  "public.search_controls": table({
    ...proof,
    subject: "none",
    retention: "machine",
    erasure: "overwritten",
  }, {
    technical: "only_row word",
  }),

  "public.contract_letters": table(
    { ...proof, retention: "tenant", erasure: "job:tell_of_contracts" },
    { reference: "house", technical: "kind written_at" },
  ),

  "public.customer_invoices": table(
    {
      ...proof,
      retention: "invoice",
      erasure: "job:tell_of_contracts",
    },
    {
      reference: "id house",
      organisation: "customer",
      address: "address",
      legal: "number issued_on cents currency",
      trace: "created_at",
    },
    {
      customer: { protection: "high", inHistory: false },
    },
  ),
};

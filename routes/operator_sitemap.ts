/** The part of the sitemap below `/operator`: only for operators. */
import type { Hono } from "hono";
import { providerCases } from "./cases.tsx";
import * as issued from "./certificates.tsx";
import egress from "./egress.tsx";
import { providerFindings } from "./findings.tsx";
import incidents from "./incidents.tsx";
import logs from "./logs.tsx";
import measures from "./measures.tsx";
import operator from "./operator.tsx";
import operatorContracts from "./operator_contracts.tsx";
import operatorPolicies from "./operator_policies.tsx";
import processingRecords from "./processing_records.tsx";
import processorAnswers from "./processor_answers.tsx";
import * as evidence from "./processor_evidence.tsx";
import processors from "./processors.tsx";
import proofs from "./proofs.tsx";
import { versioned } from "./processing_versions.ts";
import provider from "./provider.tsx";
import providerOfficers from "./provider_officers.tsx";
import type { Env } from "./web.tsx";

/** Mounts each noun of the provider's; the first that knows a path answers. */
export function mountOperator(app: Hono<Env>): void {
  app.use("/operator/*", versioned);
  app.route("/operator/provider", provider);
  app.route("/operator/officer", providerOfficers);
  app.route("/operator/policy", operatorPolicies);
  app.route("/operator/processors", processors);
  app.route("/operator/processors", processorAnswers);
  app.route("/operator/processors", evidence.uploads);
  app.route("/operator/evidence", evidence.actions);
  app.route("/operator/egress", egress);
  app.route("/operator/requests", providerFindings);
  app.route("/operator/incidents", incidents);
  app.route("/operator/logs", logs);
  app.route("/operator/requests", providerCases);
  app.route("/operator/certificates", issued.providerCertificates);
  app.route("/operator", processingRecords);
  app.route("/operator", proofs);
  app.route("/operator", measures);
  app.route("/operator", operatorContracts);
  app.route("/operator", operator);
}

/** The policy for machines: signed JSON, its schema, and the key to check it with. */
import { now } from "../db/clock.ts";
import { NotFound } from "../db/errors.ts";
import * as policies from "../db/policies.ts";
import { policySchema } from "../db/policies/schema.ts";
import { portabilitySchema } from "../db/portability_documents.ts";
import * as proofs from "../db/proofs.ts";
import { publicKeys, sign } from "../db/signing_keys.ts";
import { web } from "./web.tsx";

export default web.createApp()
  .get("/jwks.json", async (c) => {
    return c.json({ keys: await publicKeys(c.var.services.config.secretKey) });
  })
  .get("/portability.schema.json", (c) => c.json(portabilitySchema(c.var.services.config.baseUrl)))
  .get("/privacy-policy.schema.json", (c) => c.json(policySchema(c.var.services.config.baseUrl)))
  .get("/privacy-policy.json", async (c) => {
    const { pool, config: { baseUrl, secretKey } } = c.var.services;
    const [policy, states, figuresPublic] = await Promise.all([
      policies.current(pool),
      proofs.list(pool),
      proofs.figuresArePublic(pool),
    ]);
    if (!policy) throw new NotFound("policy");
    const { facts, de, en } = policy.content!;
    const stated = {
      $schema: `${baseUrl}/.well-known/privacy-policy.schema.json`,
      version: policy.number,
      sha256: policy.sha256,
      inForceSince: policy.inForceAt!.toISOString(),
      url: `${baseUrl}/privacy/versions/${policy.number}`,
      clauses: { de, en },
      ...facts,
      proofs: states.map(({ proof, clauses, built, last }) => ({
        id: proof,
        clauses,
        // As on the page: what was not looked at lately shows nothing, but what is red stays red.
        state: !built || !last
          ? "not_yet_proven"
          : !last.passed
          ? "failed"
          : now().getTime() - last.at.getTime() <= proofs.freshFor
          ? "passed"
          : "not_yet_proven",
        checkedAt: last?.at.toISOString() ?? null,
        ...(figuresPublic && last ? { figures: last.figures } : {}),
      })),
    };
    return c.json({ policy: stated, signature: await sign(secretKey, stated) });
  });

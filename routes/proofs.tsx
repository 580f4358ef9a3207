/** The operator's proofs: how each stands, its history, and a run on demand. */
import { z } from "zod";
import { NotFound } from "../db/errors.ts";
import { enqueue } from "../db/jobs.ts";
import * as proofs from "../db/proofs.ts";
import { ProofIndex, ProofPage } from "../views/proofs.tsx";
import * as fields from "./fields.ts";
import { operator, signedIn } from "./guards.ts";
import { type Ctx, page, readForm, redirect, web } from "./web.tsx";

/** The name of a proof, as a part of a route's path. */
const proofPart = ":proof{[a-z_]{3,40}}";
const home = "/operator/proofs";

export default web.createApp()
  .use(signedIn, operator)
  .get("/proofs", async (c) => {
    const { view, services: { pool } } = c.var;
    const [states, figuresPublic] = await Promise.all([
      proofs.list(pool),
      proofs.figuresArePublic(pool),
    ]);
    const props = { view, states, figuresPublic, freshFor: proofs.freshFor };
    return await page(c, <ProofIndex {...props} />, { title: "operator.proofs" });
  })
  .post("/proofs", async (c) => {
    const read = await readForm(c, z.object({ figuresPublic: fields.tick }));
    if (read.ok) await proofs.showFigures(c.var.services.pool, read.value.figuresPublic);
    return await redirect(c, home, { kind: "ok", key: "proofs.saved" });
  })
  .post("/proofs/run", async (c) => {
    await enqueue(c.var.services.pool, "prove_clauses", null, {});
    return await redirect(c, home, { kind: "info", key: "proofs.queued" });
  })
  .get(`/proofs/${proofPart}`, async (c) => {
    const proof = named(c);
    const results = await proofs.listResults(c.var.services.pool, proof);
    return await page(
      c,
      <ProofPage
        view={c.var.view}
        proof={proof}
        built={proofs.proofs[proof].check !== null}
        results={results}
      />,
      { title: "operator.proofs" },
    );
  })
  .post(`/proofs/${proofPart}/run`, async (c) => {
    // Quick, and the operator waits for it: no queue in between.
    await proofs.run(c.var.services.pool, named(c));
    return await redirect(c, home);
  });

function named(c: Ctx): proofs.ProofName {
  const name = c.req.param("proof")!;
  if (!proofs.isProof(name)) throw new NotFound("proof");
  return name;
}

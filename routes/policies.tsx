/** The policy for everyone: in force, older, compared, as PDF. No cookie, no log-in. */
import { NotFound } from "../db/errors.ts";
import * as policies from "../db/policies.ts";
import * as proofs from "../db/proofs.ts";
import * as providers from "../db/provider.ts";
import { pdf } from "../db/typst.ts";
import { policyDocument } from "../views/documents.ts";
import { PolicyChanges } from "../views/policies/changes.tsx";
import { PolicyPage, PolicyVersions, versionLine } from "../views/policies/page.tsx";
import { preview } from "./policy_texts.ts";
import { type Ctx, page, web } from "./web.tsx";

/** The number of a version, as a part of a route's path. */
export const numberPart = ":number{[1-9][0-9]{0,5}}";

export default web.createApp()
  .get("/", async (c) => {
    const { pool } = c.var.services;
    const [policy, open, states, figures] = await Promise.all([
      policies.current(pool),
      policies.open(pool),
      proofs.list(pool),
      proofs.figuresArePublic(pool),
    ]);
    const lamps = { states, figures, freshFor: proofs.freshFor };
    const coming = open?.status === "published" ? open : null;
    const sections = policy?.content?.[c.var.view.locale] ?? await preview(c, {});
    return await page(
      c,
      <PolicyPage
        view={c.var.view}
        sections={sections}
        policy={policy}
        coming={coming}
        lamps={lamps}
      />,
      { title: "policies.title", wide: true },
    );
  })
  .get("/versions", async (c) => {
    const shown = (await policies.list(c.var.services.pool)).filter(isPublic);
    return await page(c, <PolicyVersions view={c.var.view} policies={shown} />, {
      title: "policies.versions",
      wide: true,
    });
  })
  .get(`/versions/${numberPart}`, async (c) => {
    const policy = await findPublic(c);
    const sections = policy.content![c.var.view.locale];
    return await page(
      c,
      <PolicyPage
        view={c.var.view}
        sections={sections}
        policy={policy}
        coming={null}
        lamps={null}
      />,
      { title: "policies.title", wide: true },
    );
  })
  .get("/versions/:number{[1-9][0-9]{0,5}\\.pdf}", asPdf)
  .get(`/versions/${numberPart}/changes`, showChanges);

/** What was in force or is announced; drafts are the operator's. */
const isPublic = ({ status }: policies.PolicyEntry) =>
  ["published", "in_force", "superseded"].includes(status);

async function findPublic(c: Ctx): Promise<policies.Policy> {
  const policy = await policies.find(c.var.services.pool, Number.parseInt(c.req.param("number")!));
  if (!isPublic(policy)) throw new NotFound("policy");
  return policy;
}

async function showChanges(c: Ctx): Promise<Response> {
  const { view, services } = c.var;
  const policy = await findPublic(c);
  const all = await policies.list(services.pool);
  const older = all.filter((each) => isPublic(each) && each.number < policy.number);
  const wanted = Number(c.req.query("from"));
  const chosen = older.find(({ number }) => number === wanted) ?? older[0];
  const before = chosen ? await policies.find(services.pool, chosen.number) : null;
  return await page(
    c,
    <PolicyChanges
      view={view}
      before={{
        number: before?.number ?? 0,
        sections: before?.content?.[view.locale] ?? [],
      }}
      after={{ number: policy.number, sections: policy.content![view.locale] }}
      older={older}
    />,
    { title: "policies.changes", wide: true },
  );
}

/** The version as PDF/A, the same bytes for the same version. */
async function asPdf(c: Ctx): Promise<Response> {
  const { view, services } = c.var;
  const policy = await findPublic(c);
  const provider = await providers.lookup(services.pool);
  const title = view.t("policies.title");
  const bytes = pdf(policyDocument, {
    title,
    author: provider?.name ?? "",
    lang: view.locale,
    sub: versionLine(view, policy),
    footer: `${provider?.name ?? ""} · ${title} · SHA-256 ${policy.sha256!.slice(0, 16)}`,
    sections: policy.content![view.locale],
  }, { at: policy.approvedAt! });
  return c.body(bytes, 200, {
    "Content-Type": "application/pdf",
    "Content-Disposition": `attachment; filename="${
      view.locale === "de" ? "datenschutzerklaerung" : "privacy-policy"
    }-${policy.number}.pdf"`,
  });
}

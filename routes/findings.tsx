/** Who a request is about: what was found in the records, searching again, confirming. */
import { z } from "zod";
import * as candidates from "../db/candidates.ts";
import * as cases from "../db/cases.ts";
import { Invalid } from "../db/errors.ts";
import * as findings from "../db/findings.ts";
import { FindingsPage } from "../views/cases/findings.tsx";
import type { Desk } from "../views/cases/desk.tsx";
import { path } from "../views/path.ts";
import { emptyForm, type FormState } from "../views/ui/form.tsx";
import { actor } from "./case_corrections.tsx";
import * as fields from "./fields.ts";
import { may, operator, providerScoped, scoped, signedIn } from "./guards.ts";
import { type Ctx, invalid, page, readForm, redirect, web } from "./web.tsx";

const words = (most: number) =>
  fields.line(most).optional().default("").transform((text) =>
    text.split(";").map((word) => word.trim()).filter(Boolean).slice(0, 10)
  );

const TermsInput = z.object({
  emails: words(1_000),
  phones: words(300),
  names: words(1_000),
  numbers: words(300),
}).refine((terms) => Object.values(terms).some((list) => list.length > 0), {
  path: ["emails"],
  message: "required",
});

const several = z.union([z.string(), z.array(z.string())]).optional()
  .transform((value) => [value ?? []].flat());

/** Which records and mentions of a search were ticked, or that none is meant: never by silence. */
export const ConfirmationInput = z.object({
  searchedAt: z.string(),
  ids: several,
  hits: several,
  nobody: z.string().optional(),
}).refine(({ ids, hits, nobody }) => (ids.length + hits.length === 0) === (nobody !== undefined), {
  path: ["nobody"],
  message: "findings.choose",
});

/** A tenant's. */
export const tenantFindings = pages({ base: "/settings/requests" });
/** The provider's. */
export const providerFindings = pages({ base: "/operator/requests" });

function pages(desk: Desk) {
  const routes = desk.base === "/operator/requests"
    ? web.createApp().use(`/${fields.idPart}/findings/*`, signedIn, operator, providerScoped)
    : web.createApp()
      .use(`/${fields.idPart}/findings/*`, signedIn, scoped, may("requests.manage"));
  return routes
    .get(`/${fields.idPart}/findings`, (c) => show(c, desk))
    .post(`/${fields.idPart}/findings`, async (c) => {
      const { id } = await cases.find(c.var.scope, c.req.param("id"));
      const read = await readForm(c, TermsInput);
      if (!read.ok) return await show(c, desk, { search: read.form });
      await findings.ask(c.var.scope, id, read.value);
      return await redirect(c, desk.base + path`/${id}/findings`);
    })
    .post(`/${fields.idPart}/findings/confirmation`, async (c) => {
      const { scope } = c.var;
      const { id } = await cases.find(scope, c.req.param("id"));
      const read = await readForm(c, ConfirmationInput);
      if (!read.ok) return await show(c, desk, { confirmation: read.form });
      const { searchedAt, ids, hits } = read.value;
      try {
        const found = { searchedAt, ids, hits: hits.map(Number) };
        await findings.confirm(scope, id, found, actor(c, desk));
      } catch (error) {
        if (!(error instanceof Invalid)) throw error;
        return await show(c, desk, { confirmation: invalid(read.form, { ids: error.code }) });
      }
      const flash = { kind: "ok", key: "findings.confirmed" } as const;
      return await redirect(c, desk.base + path`/${id}`, flash);
    });
}

async function show(
  c: Ctx,
  desk: Desk,
  faults: { search?: FormState; confirmation?: FormState } = {},
): Promise<Response> {
  const { scope, view } = c.var;
  const found = await cases.find(scope, c.req.param("id")!);
  const known = await findings.lookup(scope, found.id);
  const terms = known?.terms ?? findings.termsOf(found);
  const ids = known?.confirmedAt ? known.confirmedIds : [];
  const none = known?.confirmedAt && ids.length + known.confirmedHits.length === 0;
  return await page(
    c,
    <FindingsPage
      view={view}
      desk={desk}
      found={found}
      findings={known}
      candidates={await candidates.named(scope, known?.candidates ?? [])}
      search={faults.search ?? {
        values: Object.fromEntries(
          Object.entries(terms).map(([name, list]) => [name, list.join("; ")]),
        ),
        errors: {},
      }}
      confirmation={faults.confirmation ??
        { ...emptyForm, values: none ? { nobody: "on" } : { ids } }}
    />,
    {
      title: "findings.title",
      status: faults.search || faults.confirmation ? 422 : 200,
    },
  );
}

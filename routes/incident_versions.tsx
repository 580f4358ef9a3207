/** Earlier states of the register of breaches: one breach, or the register as on a day. */
import { today } from "../db/clock.ts";
import { german, row } from "../db/exports/csv.ts";
import * as providers from "../db/provider.ts";
import * as versions from "../db/register_versions.ts";
import { pdf } from "../db/typst.ts";
import { partsDocument } from "../views/documents.ts";
import { IncidentVersionPage, versionFacts, versionHead } from "../views/incidents/versions.tsx";
import { download } from "./downloads.ts";
import * as fields from "./fields.ts";
import { frameOf } from "./provider_papers.ts";
import { type Ctx, page } from "./web.tsx";

/** The day asked for, or today. */
export const dayIn = (c: Ctx): string => {
  const day = fields.day.safeParse(c.req.query("on") ?? "");
  return day.success ? day.data : today();
};

/** A breach as a version states it; not found if that is none of its versions. */
export async function showVersion(c: Ctx, wanted: string): Promise<Response> {
  const { view, services: { pool } } = c.var;
  const version = await versions.findIncident(pool, c.req.param("id")!, wanted);
  return await page(c, <IncidentVersionPage view={view} version={version} />, {
    title: { text: String(version.content.title) },
  });
}

/** The register as it stood on a day, a line for each breach. */
export async function registerCsv(c: Ctx): Promise<Response> {
  const { view, services: { pool } } = c.var;
  const day = dayIn(c);
  const found = await versions.registerOn(pool, day);
  const lines = [versionHead(view), ...found.map((each) => versionFacts(view, each).map(second))];
  const text = german.mark + lines.map((cells) => row(cells, german.separator)).join("");
  return download(c, text, { name: `art-33-${day}.csv`, type: "text/csv; charset=utf-8" });
}

const second = ([, words]: readonly [string, string]): string => words;

/** The same as PDF/A. */
export async function registerPdf(c: Ctx): Promise<Response> {
  const { view, services: { pool } } = c.var;
  const day = dayIn(c);
  const [found, provider] = await Promise.all([
    versions.registerOn(pool, day),
    providers.lookup(pool),
  ]);
  const title = view.t("incidents.register_on", { date: view.format.date(day) });
  const bytes = pdf(partsDocument, {
    ...frameOf(view, provider, title),
    parts: found.length === 0
      ? [{ title, paragraphs: [view.t("incidents.empty")] }]
      : found.map((each) => ({
        title: String(each.content.title),
        paragraphs: versionFacts(view, each).slice(1).filter(([, words]) => words !== "")
          .map(([name, words]) => `${name}: ${words}`),
      })),
  }, { at: view.now });
  return download(c, bytes, { name: `art-33-${day}.pdf`, type: "application/pdf" });
}

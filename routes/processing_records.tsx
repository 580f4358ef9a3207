/** The records of processing and the balancing tests, for the operator; as page, CSV and PDF/A. */
import { z } from "zod";
import * as balancing from "../db/balancing_tests.ts";
import { today } from "../db/clock.ts";
import { german, row } from "../db/exports/csv.ts";
import { formId } from "../db/ids.ts";
import { listProcessors } from "../db/policies/facts.ts";
import * as records from "../db/processing_records.ts";
import * as providers from "../db/provider.ts";
import * as versions from "../db/register_versions.ts";
import { pdf } from "../db/typst.ts";
import { recordsDocument } from "../views/documents.ts";
import {
  customersText,
  partiesOf,
  shownCustomers,
  someCustomers,
} from "../views/processing_parties.ts";
import { recordHead, recordRow } from "../views/processing_activities.tsx";
import { RecordsPage } from "../views/processing_records.tsx";
import { RecordsVersionPage } from "../views/processing_versions.tsx";
import type { FormState } from "../views/ui/form.tsx";
import type { View } from "../views/view.ts";
import { download } from "./downloads.ts";
import * as fields from "./fields.ts";
import { operator, signedIn } from "./guards.ts";
import { dayIn } from "./incident_versions.tsx";
import { frameOf } from "./provider_papers.ts";
import { type Ctx, page, readForm, redirect, web } from "./web.tsx";

const words = z.string().transform((text) => text.replace(/\r\n?/g, "\n").trim())
  .pipe(z.string().min(1).max(4000));

const Review = z.object({
  id: z.string().optional(),
  activity: z.string().refine((id) => balancing.activities().includes(id), "option"),
  interest: words,
  necessity: words,
  balance: words,
  reviewer: fields.name(),
  reviewedOn: fields.day.refine((day) => day <= today(), "future"),
});

export default web.createApp()
  .use(signedIn, operator)
  .get("/records", async (c) => {
    const { version, on } = c.req.query();
    return version || on ? await showVersion(c) : await show(c, blank(c));
  })
  .post("/records", async (c) => {
    const read = await readForm(c, Review);
    if (!read.ok) return await show(c, read.form, 422);
    const { services, session } = c.var;
    const review = { ...read.value, id: fields.ownId(read.form) };
    await balancing.create(services.pool, review, session!.identityId);
    return await redirect(c, "/operator/records#balancing", {
      kind: "ok",
      key: "processing_records.saved",
    });
  })
  .get("/records.csv", async (c) => {
    const { view, services: { pool } } = c.var;
    const { processors, provider, ...stood } = await stoodIn(c);
    const customers = stood.at
      ? []
      : await records.listCustomers(pool, { most: shownCustomers + 1 });
    const [us, officer] = partiesOf(view, provider, "processor");
    const head = [
      view.t("processing_records.role"),
      ...recordHead(view),
      view.t("processing_records.controller"),
      view.t("processing_records.processor"),
      view.t("setup.dpo"),
    ];
    const who = {
      controller: [us?.[1] ?? "", "", officer?.[1] ?? ""],
      processor: [
        stood.at ? view.t("processing_records.customers_then") : someCustomers(view, customers),
        us?.[1] ?? "",
        officer?.[1] ?? "",
      ],
    };
    const body = (["controller", "processor"] as const).flatMap((role) =>
      stood[role].map((each) => [
        view.t(`processing_records.as_${role}`),
        ...recordRow(view, each, processors),
        ...who[role],
      ])
    );
    const text = german.mark +
      [head, ...body].map((cells) => row(cells, german.separator)).join("");
    return download(c, text, { name: "art-30.csv", type: "text/csv; charset=utf-8" });
  })
  .get("/records.pdf", async (c) => {
    const { view, services: { pool } } = c.var;
    const { provider, processors, ...stood } = await stoodIn(c);
    const customers = stood.at ? [] : await records.listCustomers(pool);
    const part = (role: "controller" | "processor", note: string) => ({
      title: view.t(`processing_records.as_${role}`),
      note,
      records: stood[role].map((each) => {
        const cells = recordRow(view, each, processors);
        return recordHead(view).map((name, at) => [name, cells[at]!]);
      }),
    });
    const bytes = pdf(recordsDocument, {
      ...frameOf(view, provider, titleOf(view, stood.at)),
      parts: [
        part(
          "controller",
          said(partiesOf(view, provider, "controller")),
        ),
        part(
          "processor",
          said([
            ...partiesOf(view, provider, "processor"),
            [
              view.t("processing_records.customers"),
              stood.at ? view.t("processing_records.customers_then") : customersText(customers),
            ],
          ]),
        ),
      ],
    }, { at: view.now });
    return download(c, bytes, { name: "art-30.pdf", type: "application/pdf" });
  });

const titleOf = ({ t, format }: View, at: Date | null): string =>
  at
    ? t("processing_records.title_on", { date: format.dateTime(at) })
    : t("processing_records.title");

/** What the record states now or, if a version or a day is asked for, stated then. */
async function stoodIn(c: Ctx): Promise<versions.ProcessingContent & { at: Date | null }> {
  const { version, on } = c.req.query();
  const { pool } = c.var.services;
  if (!version && !on) return { ...await versions.processing(pool), at: null };
  const wanted = version ? { version } : { day: dayIn(c) };
  const { content, at } = await versions.findProcessing(pool, wanted);
  return { ...content, at };
}

/** The record as it stood. */
async function showVersion(c: Ctx): Promise<Response> {
  const { view } = c.var;
  const { at, ...content } = await stoodIn(c);
  const title = titleOf(view, at);
  return await page(c, <RecordsVersionPage {...{ view, content, title }} />, {
    title: { text: title },
  });
}

/** Parties as lines. */
const said = (parties: ReturnType<typeof partiesOf>): string =>
  parties.map(([name, words]) => `${name}: ${words}`).join("\n");

const blank = (c: Ctx): FormState => ({
  values: { id: formId(), reviewer: c.var.session!.name, reviewedOn: today() },
  errors: {},
});

async function show(c: Ctx, form: FormState, status: 200 | 422 = 200): Promise<Response> {
  const { view, services: { pool } } = c.var;
  const [provider, customers, processors, due, kept] = await Promise.all([
    providers.lookup(pool),
    records.listCustomers(pool, { most: shownCustomers + 1 }),
    listProcessors(pool),
    balancing.list(pool),
    versions.listProcessing(pool, c.req.query("versions") ?? null),
  ]);
  return await page(
    c,
    <RecordsPage
      view={view}
      parties={partiesOf(view, provider, "controller")}
      processorParties={partiesOf(view, provider, "processor")}
      controller={records.list("controller")}
      processor={records.list("processor")}
      customers={customers}
      processors={processors}
      due={due}
      versions={kept}
      form={form}
    />,
    { title: "operator.records", status },
  );
}

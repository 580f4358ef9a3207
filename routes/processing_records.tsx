/** The records of processing and the balancing tests, for the operator; as page, CSV and PDF/A. */
import { z } from "zod";
import * as balancing from "../db/balancing_tests.ts";
import { today } from "../db/clock.ts";
import { german, row } from "../db/exports/csv.ts";
import { formId } from "../db/ids.ts";
import { listProcessors } from "../db/policies/facts.ts";
import * as records from "../db/processing_records.ts";
import * as providers from "../db/provider.ts";
import { pdf } from "../db/typst.ts";
import { recordsDocument } from "../views/documents.ts";
import {
  customersText,
  partiesOf,
  shownCustomers,
  someCustomers,
} from "../views/processing_parties.ts";
import { recordHead, recordRow, RecordsPage } from "../views/processing_records.tsx";
import type { FormState } from "../views/ui/form.tsx";
import { download } from "./downloads.ts";
import * as fields from "./fields.ts";
import { operator, signedIn } from "./guards.ts";
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
  .get("/records", (c) => show(c, blank(c)))
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
    const [processors, provider, customers] = await Promise.all([
      listProcessors(pool),
      providers.lookup(pool),
      records.listCustomers(pool, { most: shownCustomers + 1 }),
    ]);
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
      processor: [someCustomers(view, customers), us?.[1] ?? "", officer?.[1] ?? ""],
    };
    const body = (["controller", "processor"] as const).flatMap((role) =>
      records.list(role).map((each) => [
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
    const provider = await providers.lookup(pool);
    const customers = await records.listCustomers(pool);
    const processors = await listProcessors(pool);
    const part = (role: "controller" | "processor", note: string) => ({
      title: view.t(`processing_records.as_${role}`),
      note,
      records: records.list(role).map((each) => {
        const cells = recordRow(view, each, processors);
        return recordHead(view).map((name, at) => [name, cells[at]!]);
      }),
    });
    const bytes = pdf(recordsDocument, {
      ...frameOf(view, provider, view.t("processing_records.title")),
      parts: [
        part(
          "controller",
          said(partiesOf(view, provider, "controller")),
        ),
        part(
          "processor",
          said([
            ...partiesOf(view, provider, "processor"),
            [view.t("processing_records.customers"), customersText(customers)],
          ]),
        ),
      ],
    }, { at: view.now });
    return download(c, bytes, { name: "art-30.pdf", type: "application/pdf" });
  });

/** Parties as lines. */
const said = (parties: ReturnType<typeof partiesOf>): string =>
  parties.map(([name, words]) => `${name}: ${words}`).join("\n");

const blank = (c: Ctx): FormState => ({
  values: { id: formId(), reviewer: c.var.session!.name, reviewedOn: today() },
  errors: {},
});

async function show(c: Ctx, form: FormState, status: 200 | 422 = 200): Promise<Response> {
  const { view, services: { pool } } = c.var;
  const [provider, customers, processors, due] = await Promise.all([
    providers.lookup(pool),
    records.listCustomers(pool, { most: shownCustomers + 1 }),
    listProcessors(pool),
    balancing.list(pool),
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
      form={form}
    />,
    { title: "operator.records", status },
  );
}

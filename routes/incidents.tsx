/** The operator's register of breaches: form, countdown, customers, the draft for the authority. */
import { z } from "zod";
import * as authorities from "../db/authorities.ts";
import { formId, isId } from "../db/ids.ts";
import * as signs from "../db/incident_signs.ts";
import * as deliveries from "../db/incident_deliveries.ts";
import * as incidents from "../db/incidents.ts";
import { dayOf, instantOf, timeOf } from "../db/local_times.ts";
import * as providers from "../db/provider.ts";
import * as versions from "../db/register_versions.ts";
import { pdf } from "../db/typst.ts";
import { partsDocument } from "../views/documents.ts";
import { draftOf } from "../views/incidents/draft.ts";
import { IncidentForm } from "../views/incidents/form.tsx";
import { IncidentIndex } from "../views/incidents/index.tsx";
import { IncidentPage } from "../views/incidents/page.tsx";
import { path } from "../views/path.ts";
import { emptyForm, type FormState } from "../views/ui/form.tsx";
import { download } from "./downloads.ts";
import * as fields from "./fields.ts";
import { idPart } from "./fields.ts";
import { operator, signedIn } from "./guards.ts";
import { frameOf } from "./provider_papers.ts";
import { marked, raced } from "./settings_races.ts";
import { registerCsv, registerPdf, showVersion } from "./incident_versions.tsx";
import { type Ctx, faultOf, invalid, page, readForm, redirect, web } from "./web.tsx";

const home = "/operator/incidents";

const prose = z.string().optional().default("")
  .transform((value) => value.replace(/\r\n?/g, "\n").trim()).pipe(z.string().max(5000));
const number = z.string().trim().optional().default("").transform((value) => value || "0")
  .pipe(z.string().regex(/^\d{1,9}$/, "integer")).transform(Number);

const Input = z.object({
  id: z.uuid(),
  title: fields.name(200),
  noticedOn: z.iso.date({ error: "date" }).refine((day) => day >= "2018-05-25", "date"),
  noticedTime: z.string({ error: "required" }).regex(
    /^([01]\d|2[0-3]):[0-5]\d$/,
    "activities.time_invalid",
  ),
  nature: prose.pipe(z.string().min(1)),
  persons: number,
  dataRecords: number,
  consequences: prose,
  measures: prose,
  risk: z.enum(incidents.risks, "option"),
  reason: prose,
}).transform(({ noticedOn, noticedTime, ...rest }) => ({
  ...rest,
  noticedAt: instantOf(noticedOn, noticedTime),
}));

const Customers = z.object({
  slugs: z.string().max(20_000).optional().default("")
    .transform((value) => value.split(/[\s,;]+/).filter(Boolean)),
  all: fields.tick,
});

export default web.createApp()
  .use(signedIn, operator)
  .get("/", async (c) => {
    const { view, services: { pool } } = c.var;
    const after = c.req.query("after") ?? "";
    const [register, found] = await Promise.all([
      incidents.list(pool, isId(after) ? after : null),
      signs.find(pool),
    ]);
    return await page(c, <IncidentIndex view={view} {...register} signs={found} />, {
      title: "operator.incidents",
    });
  })
  .get("/new", (c) => {
    const now = c.var.view.now;
    const values = { id: formId(), noticedOn: dayOf(now), noticedTime: timeOf(now), risk: "risk" };
    return showNew(c, { values, errors: {} });
  })
  .post("/new", async (c) => {
    const read = await readForm(c, Input);
    if (!read.ok) return await showNew(c, read.form, 422);
    const { services, session } = c.var;
    const id = fields.ownId(read.form);
    const input = { ...read.value, id };
    const fault = await faultOf(incidents.create(services.pool, input, session!.identityId));
    if (fault) return await showNew(c, invalid(read.form, fault), 422);
    return await back(c, id, "incidents.saved");
  })
  .get("/register.csv", registerCsv)
  .get("/register.pdf", registerPdf)
  .get(`/${idPart}`, async (c) => {
    const version = c.req.query("version");
    return version === undefined ? await show(c, {}) : await showVersion(c, version);
  })
  .post(`/${idPart}`, async (c) => {
    const id = c.req.param("id");
    const read = await readForm(c, Input);
    if (!read.ok) return await show(c, { incident: read.form });
    const stored = formOf(await incidents.find(c.var.services.pool, id));
    const race = raced(read.form, stored.values, wordsOf(c));
    if (race) return await show(c, { incident: race });
    const fault = await faultOf(
      incidents.update(c.var.services.pool, { ...read.value, id }, c.var.session!.identityId),
    );
    if (fault) return await show(c, { incident: invalid(read.form, fault) });
    return await back(c, id, "incidents.saved");
  })
  .get(`/${idPart}/notification.pdf`, notification)
  .post(`/${idPart}/customers`, async (c) => {
    const id = c.req.param("id");
    const read = await readForm(c, Customers);
    if (!read.ok) return await show(c, { customers: read.form });
    const { slugs, all } = read.value;
    const fault = await faultOf(
      incidents.addCustomers(
        c.var.services.pool,
        id,
        all ? "all" : slugs,
        c.var.session!.identityId,
      ),
    );
    if (fault) return await show(c, { customers: invalid(read.form, fault) });
    return await back(c, id, "incidents.customers_added");
  })
  .post(`/${idPart}/notices`, async (c) => {
    await incidents.notifyCustomers(c.var.services.pool, c.req.param("id"));
    return await back(c, c.req.param("id"), "incidents.telling");
  })
  .post(`/${idPart}/supplements`, async (c) => {
    await incidents.supplement(c.var.services.pool, c.req.param("id"));
    return await back(c, c.req.param("id"), "incidents.telling");
  })
  .post(
    `/${idPart}/letters`,
    (c) => settle(c, incidents.notifyPersons, "incidents.letters_sending"),
  )
  .post(`/${idPart}/notification`, (c) => settle(c, incidents.markReported, "incidents.reported"))
  .post(`/${idPart}/closing`, (c) => settle(c, incidents.close, "incidents.closed"));

type Notice =
  | "incidents.saved"
  | "incidents.customers_added"
  | "incidents.telling"
  | "incidents.letters_sending"
  | "incidents.reported"
  | "incidents.closed";

const back = (c: Ctx, id: string, key: Notice) =>
  redirect(c, home + path`/${id}`, { kind: "ok", key });

/** A step that may want a reason first. */
async function settle(
  c: Ctx,
  step: typeof incidents.close,
  key: Notice,
): Promise<Response> {
  const id = c.req.param("id")!;
  const { pool } = c.var.services;
  const fault = await faultOf(step(pool, id, c.var.session!.identityId));
  if (!fault) return await back(c, id, key);
  const form = formOf(await incidents.find(pool, id));
  return await show(c, { incident: invalid(form, fault) });
}

/** The form of what is known about a breach; two people who edit it at once see each other's values. */
const formOf = (incident: incidents.Incident): FormState =>
  marked({
    values: {
      id: incident.id,
      title: incident.title,
      noticedOn: dayOf(incident.noticedAt),
      noticedTime: timeOf(incident.noticedAt),
      nature: incident.nature,
      persons: String(incident.persons),
      dataRecords: String(incident.dataRecords),
      consequences: incident.consequences,
      measures: incident.measures,
      risk: incident.risk,
      reason: incident.reason,
    },
    errors: {},
  });

/** Choices and days are reported by their labels. */
const wordsOf = ({ var: { view } }: Ctx) => (name: string, value: string) => {
  const risk = name === "risk" && incidents.risks.find((each) => each === value);
  if (risk) return view.t(`incidents.risk_${risk}`);
  return name === "noticedOn" ? view.format.date(value) : value;
};

async function showNew(c: Ctx, form: FormState, status: 200 | 422 = 200): Promise<Response> {
  return await page(c, <IncidentForm view={c.var.view} form={form} />, {
    title: "incidents.new",
    status,
  });
}

async function show(
  c: Ctx,
  forms: { incident?: FormState; customers?: FormState },
): Promise<Response> {
  const { view, services: { pool } } = c.var;
  const id = c.req.param("id")!;
  const incident = await incidents.find(pool, id);
  const [customers, letters, authority, kept] = await Promise.all([
    incidents.listCustomers(pool, id),
    deliveries.countLetters(pool, id),
    competent(c),
    versions.listIncident(pool, id, c.req.query("versions") ?? null),
  ]);
  return await page(
    c,
    <IncidentPage
      view={view}
      incident={incident}
      deadline={incidents.deadlineOf(incident.noticedAt)}
      customers={customers}
      letters={letters}
      versions={kept}
      authority={authority}
      form={forms.incident ?? formOf(incident)}
      customersForm={forms.customers ?? emptyForm}
    />,
    { title: { text: incident.title }, status: Object.keys(forms).length > 0 ? 422 : 200 },
  );
}

/** The authority to notify; null if the provider's location does not determine it. */
async function competent(c: Ctx): Promise<authorities.Authority | null> {
  const provider = await providers.lookup(c.var.services.pool);
  return provider && authorities.lookup(provider);
}

/** The draft for the authority, with what Art. 33(3) demands. */
async function notification(c: Ctx): Promise<Response> {
  const { view, services: { pool } } = c.var;
  const [incident, provider, authority] = await Promise.all([
    incidents.find(pool, c.req.param("id")!),
    providers.lookup(pool),
    competent(c),
  ]);
  const bytes = pdf(partsDocument, {
    ...frameOf(view, provider, view.t("incidents.draft_title")),
    parts: draftOf(view, {
      incident,
      provider,
      authority,
      deadline: incidents.deadlineOf(incident.noticedAt),
    }),
  }, { at: view.now });
  return download(c, bytes, { name: "art-33.pdf", type: "application/pdf" });
}

/** The operator's policy: a draft, its text, the officer's approval, its effective date. */
import { z } from "zod";
import { Invalid, NotFound, Stale } from "../db/errors.ts";
import * as mails from "../db/mails.ts";
import { type ClauseNumber, clauses, placeholders, type Texts } from "../db/policies/clauses.ts";
import * as policies from "../db/policies.ts";
import * as notices from "../db/policy_notices.ts";
import * as providers from "../db/provider.ts";
import { translator } from "../views/i18n/translate.ts";
import { policyApproval } from "../views/mail/policies.tsx";
import { path } from "../views/path.ts";
import { clauseTitle, ownText } from "../views/policies/content.ts";
import { fieldOf, PolicyForm } from "../views/policies/form.tsx";
import { type Open, PolicyIndex, PolicyPreview } from "../views/policies/operator.tsx";
import { providerLabels } from "../views/provider.tsx";
import { emptyForm, type FormState } from "../views/ui/form.tsx";
import * as fields from "./fields.ts";
import { operator, signedIn } from "./guards.ts";
import { numberPart } from "./policies.tsx";
import { contentOf } from "./policy_texts.ts";
import { type Ctx, faultOf, invalid, overtaken, page, readForm, redirect, web } from "./web.tsx";

const words = z.string().max(10_000).transform((text) =>
  text.replace(/\r\n?/g, "\n").replace(/(?<![^\S\n])[^\S\n]+$/gm, "").trim()
);

const Input = z.object({
  version: z.coerce.number().int().min(1).max(2 ** 31 - 1),
  material: fields.tick,
  reasonKind: z.enum(["law", "service", "processing"]),
  reason: fields.line(1000),
  noticeDays: fields.bounded("notice_days").transform(Number),
  texts: z.record(
    z.string().regex(/^c\d{1,2}_\d{1,2}$/),
    z.object({ de: words.default(""), en: words.default("") }),
  ).default({}),
});

const Publication = z.object({
  takesEffectOn: fields.day,
});

const home = "/operator/policy";

export default web.createApp()
  .use(signedIn, operator)
  .get("/", (c) => index(c))
  .post("/", async (c) => {
    const { number } = await policies.create(c.var.services.pool, c.var.session!.identityId);
    return await redirect(c, path`/operator/policy/${number}/edit`, {
      kind: "ok",
      key: "policies.created",
    });
  })
  .get(`/${numberPart}`, async (c) => {
    const policy = await found(c);
    const content = policy.content ?? await contentOf(c, policy.texts);
    const sections = content[c.var.view.locale];
    return await page(
      c,
      <PolicyPreview view={c.var.view} policy={policy} sections={sections} />,
      { title: "policies.preview" },
    );
  })
  .get(`/${numberPart}/edit`, async (c) => {
    const policy = await draft(c);
    return await edit(c, policy, { values: valuesOf(policy), errors: {} });
  })
  .post(`/${numberPart}/edit`, async (c) => {
    const policy = await draft(c);
    const read = await readForm(c, Input);
    if (!read.ok) return await edit(c, policy, read.form, 422);
    const { version, texts, ...particulars } = read.value;
    try {
      await policies.update(c.var.services.pool, policy.number, version, {
        ...particulars,
        texts: textsOf(texts),
      });
    } catch (error) {
      if (!(error instanceof Stale)) throw error;
      return await edit(c, policy, overtaken(read.form, error), 409);
    }
    return await redirect(c, home, { kind: "ok", key: "policies.saved" });
  })
  .post(`/${numberPart}/proposal`, propose)
  .post(`/${numberPart}/withdrawal`, async (c) => {
    await policies.withdraw(c.var.services.pool, numberOf(c));
    return await redirect(c, home, { kind: "ok", key: "policies.withdrawn" });
  })
  .post(`/${numberPart}/publication`, async (c) => {
    const read = await readForm(c, Publication);
    if (!read.ok) return await index(c, read.form, 422);
    try {
      await policies.publish(c.var.services.pool, numberOf(c), read.value.takesEffectOn);
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      const from = c.var.view.format.date(String(error.params.from));
      const code = `${error.code}?${new URLSearchParams({ from })}`;
      return await index(c, invalid(read.form, { takesEffectOn: code }), 422);
    }
    return await redirect(c, home, { kind: "ok", key: "policies.published" });
  })
  .post(`/${numberPart}/notices`, async (c) => {
    const policy = await found(c);
    const read = await readForm(c, fields.informedOtherwise);
    if (!read.ok) return await index(c, read.form, 422);
    const { personId, informedOn } = read.value;
    const { pool } = c.var.services;
    const fault = await faultOf(notices.noteInformed(pool, policy, personId, informedOn));
    if (fault) return await index(c, invalid(read.form, fault), 422);
    return await redirect(c, home, { kind: "ok", key: "policies.told_saved" });
  });

const numberOf = (c: Ctx) => Number(c.req.param("number"));
const found = (c: Ctx) => policies.find(c.var.services.pool, numberOf(c));

async function draft(c: Ctx): Promise<policies.Policy> {
  const policy = await found(c);
  if (policy.status !== "draft") throw new NotFound("policy");
  return policy;
}

/** Fixes the draft's content and sends the officer the link, in one transaction. */
async function propose(c: Ctx): Promise<Response> {
  const { pool, config } = c.var.services;
  const policy = await draft(c);
  const provider = await providers.lookup(pool);
  const content = await contentOf(c, policy.texts);
  try {
    await pool.begin(async (sql) => {
      const gaps = gapsOf(c, content, provider);
      if (gaps.length > 0) {
        throw new Invalid("policies.placeholders", "texts", { gaps: gaps.join(", ") });
      }
      const changes = await policies.current(sql) !== null;
      const token = await policies.propose(sql, policy, content, changes);
      const link = config.baseUrl + path`/policy-approvals/${token}`;
      const { now } = c.var.view;
      const letter = policyApproval({ ...policy, link, baseUrl: config.baseUrl, now });
      const to = provider!.dpoEmail;
      await mails.send(sql, { tenantId: null, kind: "policy_approval", to, ...letter });
    });
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    const params = new URLSearchParams(error.params as Record<string, string>);
    const errors = { [error.field]: `${error.code}?${params}` };
    return await edit(c, policy, { values: valuesOf(policy), errors }, 422);
  }
  return await redirect(c, home, { kind: "ok", key: "policies.proposed" });
}

/** What has to be filled in before the officer is asked: gaps of the text, then of the imprint. */
function gapsOf(c: Ctx, { de, en }: policies.Content, provider: providers.Provider | null) {
  const labels = providerLabels(c.var.view);
  const fields = provider ? providers.missing(provider) : [];
  return [
    ...new Set([
      ...placeholders(de),
      ...placeholders(en),
      ...fields.map((name) => `[${labels[`provider.${name}`]}]`),
    ]),
  ];
}

async function index(c: Ctx, form: FormState = emptyForm, status: 200 | 422 = 200) {
  const { view, services: { pool } } = c.var;
  const [policy, all, inForce] = await Promise.all([
    policies.open(pool),
    policies.list(pool),
    policies.current(pool),
  ]);
  const open = policy ? await particulars(c, policy, inForce === null) : null;
  return await page(c, <PolicyIndex view={view} open={open} policies={all} form={form} />, {
    title: "operator.policy",
    status,
  });
}

async function particulars(c: Ctx, policy: policies.Policy, first: boolean): Promise<Open> {
  const { view, services: { pool } } = c.var;
  const content = policy.content ?? await contentOf(c, policy.texts);
  const [obstacle, tally, bounced] = await Promise.all([
    notices.obstacle(pool, policy),
    notices.count(pool, policy.id),
    notices.listBounced(pool, policy.id),
  ]);
  const gaps = gapsOf(c, content, await providers.lookup(pool));
  const earliest = policies.earliest(policy, first);
  return { policy, sections: content[view.locale], gaps, obstacle, earliest, tally, bounced };
}

async function edit(
  c: Ctx,
  policy: policies.Policy,
  form: FormState,
  status: 200 | 409 | 422 = 200,
): Promise<Response> {
  const wordings = clauses.map((number) => ({
    number,
    title: clauseTitle(c.var.view.t, number),
    de: ownText(translator("de"), number),
    en: ownText(translator("en"), number),
  }));
  return await page(
    c,
    <PolicyForm view={c.var.view} form={form} wordings={wordings} policy={policy} />,
    { title: "policies.edit", status },
  );
}

function valuesOf({ texts, ...policy }: policies.Policy): FormState["values"] {
  return {
    version: String(policy.version),
    reasonKind: policy.reasonKind,
    reason: policy.reason,
    noticeDays: String(policy.noticeDays),
    ...(policy.material ? { material: "on" } : {}),
    ...Object.fromEntries(
      Object.entries(texts).flatMap(([number, { de, en }]) => [
        [fieldOf(number as ClauseNumber, "de"), de],
        [fieldOf(number as ClauseNumber, "en"), en],
      ]),
    ),
  };
}

/** Reworded clauses; a language left empty keeps the built-in text. */
function textsOf(written: z.output<typeof Input>["texts"]): Texts {
  const texts: Texts = {};
  for (const number of clauses) {
    const { de = "", en = "" } = written[`c${number.replace(".", "_")}`] ?? {};
    if (de === "" && en === "") continue;
    texts[number] = {
      de: de || ownText(translator("de"), number),
      en: en || ownText(translator("en"), number),
    };
  }
  return texts;
}

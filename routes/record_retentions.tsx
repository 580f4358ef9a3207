/** A record's retention: what keeps it, what suspends its erasure, and decisions about both. */
import { z } from "zod";
import * as companies from "../db/companies.ts";
import * as contacts from "../db/contacts.ts";
import * as deals from "../db/deals.ts";
import * as holds from "../db/holds.ts";
import { formId } from "../db/ids.ts";
import { dayOf } from "../db/local_times.ts";
import { assignable } from "../db/record_classes.ts";
import { holdKinds, keepableUntil } from "../db/record_clocks.ts";
import type { Kind } from "../db/record_kinds.ts";
import * as retentions from "../db/retentions.ts";
import type { Scope } from "../db/scope.ts";
import { fullName } from "../views/contacts/names.ts";
import { path } from "../views/path.ts";
import { nouns } from "../views/records/nouns.ts";
import { RecordRetention } from "../views/retentions/record.tsx";
import type { FormState } from "../views/ui/form.tsx";
import * as fields from "./fields.ts";
import { idPart, ownId } from "./fields.ts";
import { may, scoped, signedIn } from "./guards.ts";
import { type Ctx, faultOf, invalid, page, readForm, redirect, web } from "./web.tsx";

const day = z.iso.date({ error: "date" })
  .refine((value) => value >= "1950-01-01" && value <= "2199-12-31", "date");

const Document = z.object({
  id: z.uuid(),
  class: z.enum(assignable, "option"),
  reference: fields.name(200),
  startsOn: z.union([z.literal("").transform(() => null), day]).optional()
    .transform((value) => value ?? null),
});

const Hold = z.object({
  id: z.uuid(),
  kind: z.enum(holdKinds, "option"),
  reason: fields.name(500),
  reviewOn: day,
});

const Keeping = z.object({ id: z.uuid(), keepReason: fields.name(200), until: day });

type Forms = Partial<Record<"duty" | "hold" | "keep", FormState>>;

/** The pages under `/contacts/ID/retention` and their like; for admins. */
export const retentionOf = (kind: Kind) => {
  const way = `/${idPart}/retention`;
  const admins = [signedIn, scoped, may("retention.manage")] as const;
  return web.createApp()
    .get(way, ...admins, (c) => show(c, kind, {}))
    .post(`${way}/duties`, ...admins, async (c) => {
      const read = await readForm(c, Document);
      if (!read.ok) return await show(c, kind, { duty: read.form });
      await retentions.addDuty(c.var.scope, kind, c.req.param("id"), {
        ...read.value,
        id: ownId(read.form),
      });
      return await back(c, kind, "retentions.duty_added");
    })
    .post(`${way}/holds`, ...admins, async (c) => {
      const read = await readForm(c, Hold);
      if (!read.ok) return await show(c, kind, { hold: read.form });
      const { scope } = c.var;
      const hold = { ...read.value, id: ownId(read.form) };
      const fault = await faultOf(holds.create(scope, kind, c.req.param("id"), hold));
      if (fault) return await show(c, kind, { hold: invalid(read.form, fault) });
      return await back(c, kind, "retentions.held");
    })
    .post(`${way}/keeping`, ...admins, async (c) => {
      const read = await readForm(c, Keeping);
      if (!read.ok) return await show(c, kind, { keep: read.form });
      const { keepReason: reason, until } = read.value;
      const keeping = { id: ownId(read.form), reason, until };
      const kept = retentions.keep(c.var.scope, kind, c.req.param("id"), keeping);
      const fault = await faultOf(kept);
      if (fault) return await show(c, kind, { keep: invalid(read.form, fault) });
      return await back(c, kind, "retentions.kept");
    });
};

const back = (
  c: Ctx,
  kind: Kind,
  key: "retentions.duty_added" | "retentions.held" | "retentions.kept",
) => redirect(c, path`/${nouns[kind]}/${c.req.param("id")!}/retention`, { kind: "ok", key });

async function lookup(scope: Scope, kind: Kind, id: string) {
  if (kind === "contact") {
    const contact = await contacts.find(scope, id);
    return { name: fullName(contact), clock: contact.clock };
  }
  if (kind === "company") return await companies.find(scope, id);
  const { title: name, clock } = await deals.find(scope, id);
  return { name, clock };
}

async function show(c: Ctx, kind: Kind, forms: Forms): Promise<Response> {
  const { scope, view } = c.var;
  const id = c.req.param("id")!;
  const { name, clock } = await lookup(scope, kind, id);
  const blank = (): FormState => ({ values: { id: formId() }, errors: {} });
  const { duty = blank(), hold = blank(), keep = blank() } = forms;
  return await page(
    c,
    <RecordRetention
      view={view}
      kind={kind}
      id={id}
      name={name}
      clock={clock}
      keepable={keepableUntil(clock, dayOf(scope.now))}
      forms={{ duty, hold, keep }}
    />,
    { title: "retentions.of_record", status: Object.keys(forms).length > 0 ? 422 : 200 },
  );
}

/** New contacts one after the other, such as the cards of a fair: what the next one begins with. */
import * as contacts from "../db/contacts.ts";
import { NotFound } from "../db/errors.ts";
import { formId } from "../db/ids.ts";
import { origins } from "../db/origins.ts";
import { query } from "../views/path.ts";
import type { FormState } from "../views/ui/form.tsx";
import type { View } from "../views/view.ts";
import { parametersOf } from "./addresses.ts";
import { originNames } from "./contact_forms.ts";
import { id as idOf } from "./lists.ts";
import type { Ctx } from "./web.tsx";

type Values = FormState["values"];

/** The page for the next contact; it names the one before, whose data stay out of addresses. */
export const nextOf = (id: string): string => query("/contacts/new", { after: id });

/** A new form: its id makes a second sending of it harmless; only a blank one takes the focus. */
export async function blank(c: Ctx): Promise<FormState> {
  return {
    values: {
      _blank: "1",
      id: formId(),
      language: c.var.view.locale,
      addressForm: "formal",
      status: "lead",
      ownerId: c.var.session!.userId!,
      "companies.0.name": c.req.query("company")?.toWellFormed().slice(0, 200) ?? "",
      ...await shared(c),
    },
    errors: {},
  };
}

/** What a contact has in common with the one before it; nothing where that one is out of sight. */
async function shared(c: Ctx): Promise<Values> {
  const after = idOf(parametersOf(c), "after");
  if (after === null) return {};
  try {
    const { status, ownerId, tags, language, addressForm, ...contact } = await contacts.find(
      c.var.scope,
      after,
    );
    const same = { status, ownerId: ownerId ?? "", tags, language, addressForm };
    return { ...same, ...originIn(c.var.view, contact) };
  } catch (error) {
    if (error instanceof NotFound) return {};
    throw error;
  }
}

/** The click that a stored source came from. A consent is each person's own: it is asked anew. */
function originIn(
  { t }: View,
  { source, legalBasis, purpose }: Pick<contacts.Contact, "source" | "legalBasis" | "purpose">,
): Values {
  if (legalBasis === "consent") return {};
  const found = originNames.find((name) => {
    const label = t(`contacts.origin_${name}`);
    return source === label || source.startsWith(`${label}: `);
  });
  const origin = found ?? "other";
  const sourceDetail = found ? source.slice(t(`contacts.origin_${found}`).length + 2) : source;
  const rule = origins[origin];
  return {
    origin,
    sourceDetail,
    legalBasis: legalBasis === rule.legalBasis ? "" : legalBasis,
    purpose: purpose === rule.purpose ? "" : purpose,
  };
}

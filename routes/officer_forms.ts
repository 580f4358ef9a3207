/** The fields of an officer's instruction, by link or signed in. */
import { z } from "zod";
import type { LinkAction } from "../db/case_letters.ts";
import * as fields from "./fields.ts";

const longestReason = 4_000;
const Reason = z.string({ error: "required" }).trim().min(1).max(longestReason);
const Code = z.string({ error: "required" }).trim().min(1).max(20);

/** What may be said with an order. */
export interface OrderFields {
  reason?: string;
  paragraph?: string;
  code?: string;
  /** The state of the item that the form was made for. */
  state?: string;
}

const Plain = z.object({ state: z.string().max(20).optional() });
const Reasoned = Plain.extend({ reason: Reason });
const Refusal = Reasoned.extend({ paragraph: fields.name(200) });

/** The form of an order; `coded` asks for the code of the mail as well. */
export function orderForm(action: LinkAction, coded: boolean): z.ZodType<OrderFields> {
  const form = action === "refuse"
    ? Refusal
    : action === "approve" || action === "done" || action === "person"
    ? Plain
    : Reasoned;
  return coded ? form.extend({ code: Code }) : form;
}

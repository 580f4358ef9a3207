/** What the forms about cases send. */
import { z } from "zod";
import * as authorities from "../db/authorities.ts";
import { type Decision, grounds } from "../db/case_items.ts";
import { actions } from "../db/case_statuses.ts";
import { today } from "../db/clock.ts";
import { isId } from "../db/ids.ts";
import { rights } from "../db/letters/rules.ts";
import * as fields from "./fields.ts";

/** Several lines as typed, without what no letter has. */
export const lines = (most: number) =>
  z.string().optional().default("").transform((text) =>
    // deno-lint-ignore no-control-regex
    text.normalize("NFC").replace(/\r\n?/g, "\n").replace(/[\x00-\x09\x0b-\x1f\x7f]+/g, " ").trim()
  ).pipe(z.string().max(most));

/** One or several rights, each once. */
export const claimed = z.union([z.string(), z.array(z.string())]).optional()
  .transform((value) => rights.filter((right) => [value ?? []].flat().includes(right)));

const optionalEmail = z.union([z.literal(""), fields.personEmail]).optional().default("");

/** A letter by post: it cannot have come tomorrow, nor before anybody was asked. */
export const PostInput = z.object({
  id: z.string().refine(isId),
  receivedOn: z.iso.date("date").refine((day) => day >= "2018-05-25", "date")
    .refine((day) => day <= today(), "future"),
  name: fields.name(),
  email: optionalEmail,
  address: lines(500),
  text: lines(10_000),
  language: z.enum(["de", "en"]).catch("de"),
  rights: claimed,
}).refine(({ rights, text }) => rights.length > 0 || text !== "", {
  path: ["rights"],
  message: "required",
});

/** A tenant's letterhead. */
export const LetterheadInput = z.object({
  street: fields.line(200),
  postalCode: fields.line(20),
  city: fields.line(100),
  land: z.enum(["", ...authorities.lands], "option").default(""),
  email: optionalEmail,
  phone: fields.line(50),
});

/** Another right in the place of one; none: what was recognised is not claimed at all. */
export const Correction = z.object({
  right: z.union([z.literal(""), z.enum(rights)]).catch(""),
});

export const NoteInput = z.object({ text: lines(2_000).pipe(z.string().min(1)) });

export const DecisionInput = z.object({
  action: z.enum(actions, "required"),
  reason: lines(2_000),
  paragraph: fields.line(200),
  ground: z.union([z.literal(""), z.enum(grounds)], "option"),
}).refine(({ action, ground }) => action !== "refuse" || ground !== "", {
  path: ["ground"],
  message: "required",
});

/** The decision that a form means. */
export function decisionOf(input: z.output<typeof DecisionInput>): Decision {
  const { action, reason, paragraph } = input;
  switch (action) {
    case "approve":
      return { kind: "approve" };
    case "assignment":
    case "collection":
    case "review":
      return { kind: "move", to: action };
    case "refuse":
      return { kind: "refuse", reason, paragraph, ground: input.ground || "other" };
    default:
      return { kind: action, reason };
  }
}

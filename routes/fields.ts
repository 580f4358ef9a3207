/** Checks of single fields that several forms share; faults are codes of the catalogue `errors`. */
import { z } from "zod";
import { clean, isValid, readable, unmixed } from "../db/email_addresses.ts";
import { isId, madeBy, newId } from "../db/ids.ts";
import { cleanHost, faultOfHost } from "../db/mail_hosts.ts";
import { longest } from "../db/passwords.ts";
import { assertWithin, type BoundName } from "../db/setting_bounds.ts";
import { isSeen, oneLine } from "../db/text_lines.ts";
import type { FormState } from "../views/ui/form.tsx";

/** One line of text without control and unseen characters, trimmed; it may be empty. */
export const line = (most: number) =>
  z.string({ error: "required" }).transform(oneLine).pipe(z.string().max(most));

/** The same, but not empty. */
export const name = (most = 200) => line(most).pipe(z.string().min(1).refine(isSeen, "required"));

// Judged last: what comes after a fault would hide it behind that of the whole row.
const emailBy = (read: (text: string) => string) =>
  z.string({ error: "required" }).transform((text) => unmixed(read(text)))
    .pipe(z.string().min(1).refine(isValid, "email"));

/** An e-mail address that mail can be sent to. */
export const email = emailBy(clean);

/** The same for a person in the records; matched however the domain is spelled. */
export const personEmail = emailBy((text) => readable(clean(text)));

/** A password as typed: neither trimmed nor judged here. */
export const password = z.string({ error: "required" }).min(1)
  .max(longest * 4, `too_long?max=${longest}`);

/** Names of fields that hold secrets, in whatever form. */
const secrets =
  /password|secret|token|^(accessKey|apiKey|webhookPath)$|(^|\.)(code|current|old|response|seal)$/i;

/** Whether a field holds a secret by its name: no page repeats it. */
export const isSecret = (name: string): boolean => secrets.test(name);

/** A day as date fields send it; a calendar has no year zero, and no database keeps one. */
export const day = z.iso.date({ error: "date" }).refine((text) => text >= "0001", "date");

/**
 * The id of what a form makes, bound to the form's own id and all that was sent with it: pressed twice
 * it makes one thing; gone back to, changed and sent again it makes another. `file`: what came beside.
 */
export function ownId({ values }: FormState, file: Uint8Array | null = null): string {
  const { id } = values;
  if (typeof id !== "string" || !isId(id)) return newId();
  const sent = Object.entries(values).filter(([name]) => name !== "id" && !name.startsWith("_"));
  return madeBy(id, JSON.stringify(sent.sort()), file);
}

/** A tick: true when it was sent. */
export const tick = z.string().optional().transform((value) => value !== undefined);

/** Somebody who was informed by other means than mail, and when. */
export const informedOtherwise = z.object({
  personId: z.uuid({ error: "option" }),
  informedOn: day,
});

/** The name of a mail server; `wrong` is the code for what can be none. */
export const host = (wrong: string) =>
  name(253).transform(cleanHost).refine((host) => faultOfHost(host, false) === null, wrong);

/** The number of a port. */
export const port = z.string({ error: "required" }).trim().min(1).regex(/^\d{1,5}$/, "integer")
  .transform(Number).pipe(z.number().min(1, "too_small?min=1").max(65_535, "too_big?max=65535"));

/** A setting that the policy bounds: refused with the clause that it would break. */
export const bounded = (name: BoundName) =>
  z.string({ error: "required" }).trim().min(1).superRefine((value, refusal) => {
    const message = assertWithin(name, value);
    if (message) refusal.addIssue({ code: "custom", message });
  });

/** The token of a one-time link, as a part of a route's path. */
export const tokenPart = ":token{[A-Za-z0-9_-]{43}}";

/** The id of a record, as a part of a route's path: only what the database reads as a UUID. */
export const idPart =
  ":id{[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}}";

/** Schemas that depend on the tenant, built once each: building one costs more than reading a form. */
export function kept<Args extends readonly unknown[], S extends z.ZodType>(
  make: (...args: Args) => S,
): (...args: Args) => S {
  const made = new Map<string, S>();
  return (...args) => {
    const key = JSON.stringify(args);
    const found = made.get(key);
    if (found) return found;
    if (made.size >= 200) made.clear();
    const schema = make(...args);
    made.set(key, schema);
    return schema;
  };
}

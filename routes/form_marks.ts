/** When a visitor was shown a form, and its text at the time: signed, and sent back with the form. */
import { Buffer } from "node:buffer";
import { createHash, createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { now } from "../db/clock.ts";
import type { CustomField } from "../db/custom_fields.ts";
import type * as webForms from "../db/web_forms.ts";
import type { Ctx } from "./web.tsx";

/** Nobody reads and fills in a form as fast as this; and what is older has lain open for a day. */
export const fastest = 3_000;
export const oldest = 86_400_000;

/** A form as it was shown, in one version of its texts. */
type Shown = Pick<webForms.WebForm, "id" | "textNumber">;

/**
 * When a form was shown and what its custom fields were for then; signed, so that no program forges it;
 * with other texts it is another.
 */
export function issuedAt(
  secretKey: string,
  { id, textNumber }: Shown,
  at: Date,
  mark = "",
): string {
  const info = `web form ${textNumber}`;
  const key = hkdfSync("sha256", Buffer.from(secretKey, "base64"), id, info, 32);
  const time = String(at.getTime());
  const signed = createHmac("sha256", Buffer.from(key)).update(time + mark).digest("base64url");
  return [time, signed, mark].filter(Boolean).join(".");
}

/** The purposes of the custom fields that a form asks for; empty if it asks for none. */
export function ownMark(own: readonly CustomField[]): string {
  const said = own.map((field) => [
    ...[field.id, field.labelDe, field.labelEn, field.helpDe, field.helpEn],
    ...[field.purpose, field.legalBasis, field.required],
  ]);
  return said.length === 0
    ? ""
    : createHash("sha256").update(JSON.stringify(said)).digest("base64url").slice(0, 12);
}

/** What a form that is sent was shown with. */
export const markIn = (issued: string): string => issued.split(".")[2] ?? "";

/**
 * Since when somebody has had the form that is shown again: mending a fault takes less than filling it
 * in, and nobody who does so is a program. What was open for too long, or had other texts, starts as
 * old as it has to be; what was never shown starts now. And whether it is the form as it stands.
 */
export function shownAt(
  c: Ctx,
  form: Shown,
  issued: string,
  mark: string,
): { since: Date; current: boolean } {
  const back = (ms: number, current: boolean) => ({
    since: new Date(now().getTime() - ms),
    current,
  });
  const age = ageOf(c, form, issued);
  if (age !== null && age <= oldest && markIn(issued) === mark) return back(age, true);
  const earlier = Array.from({ length: Math.min(form.textNumber - 1, 20) }, (_, at) => ({
    id: form.id,
    textNumber: form.textNumber - 1 - at,
  }));
  const known = age !== null || earlier.some((each) => ageOf(c, each, issued) !== null);
  return back(known ? fastest : 0, false);
}

/** Milliseconds since a form was shown; null where it never was. */
export function ageOf(c: Ctx, form: Shown, issued: string): number | null {
  const at = new Date(Number(issued.split(".")[0]));
  if (Number.isNaN(at.getTime())) return null;
  const own = Buffer.from(issuedAt(c.var.services.config.secretKey, form, at, markIn(issued)));
  const sent = Buffer.from(issued);
  const real = own.length === sent.length && timingSafeEqual(own, sent);
  return real ? now().getTime() - at.getTime() : null;
}

/** Choosing which notifications to get, and how: a part of the account page. */
import { z } from "zod";
import { type Kind, kinds, type Preferences, update } from "../db/notification_preferences.ts";
import { scoped, signedIn } from "./guards.ts";
import { readForm, redirect, web } from "./web.tsx";

/** One tick, several or none; words that are no kind are passed over. */
const ticked = z.union([z.string(), z.array(z.string())]).optional()
  .transform((value) => kinds.filter((kind) => [value ?? []].flat().includes(kind)));

const Choice = z.object({ inApp: ticked, byMail: ticked });

export default web.createApp()
  .post("/notifications", signedIn, scoped, async (c) => {
    const read = await readForm(c, Choice);
    if (read.ok) await update(c.var.scope, preferencesOf(read.value));
    return await redirect(c, "/account", {
      kind: "ok",
      key: "notifications.preferences_saved",
    });
  });

const preferencesOf = ({ inApp, byMail }: Record<"inApp" | "byMail", Kind[]>) =>
  Object.fromEntries(kinds.map((kind) => [kind, {
    inApp: inApp.includes(kind),
    byMail: byMail.includes(kind),
  }])) as Preferences;

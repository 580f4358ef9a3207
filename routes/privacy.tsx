/** The public page about personal data: who answers for it, what is kept of users, and how long. */
import * as provider from "../db/provider.ts";
import { NotFound } from "../db/errors.ts";
import { retentionClasses } from "../db/retention_classes.ts";
import { PrivacyPage } from "../views/privacy.tsx";
import { page, web } from "./web.tsx";

/** The classes of data that the provider itself answers for, in the order they are shown. */
const shown = ["session", "link", "mail", "ip_address", "log"] as const;

const periods = Object.fromEntries(
  shown.map((name) => [name, retentionClasses[name].period]),
) as Record<typeof shown[number], string>;

export default web.createApp()
  .get("/", async (c) => {
    const found = await provider.lookup(c.var.services.pool);
    if (!found) throw new NotFound("provider");
    return page(c, <PrivacyPage view={c.var.view} provider={found} periods={periods} />, {
      title: "privacy.title",
      bare: true,
    });
  });

/** The accessibility statement, for everyone: how far the pages conform, and where to report a barrier. */
import { isLand } from "../db/authorities.ts";
import * as providers from "../db/provider.ts";
import { AccessibilityPage } from "../views/accessibility.tsx";
import { page, web } from "./web.tsx";

export default web.createApp()
  .get("/", async (c) => {
    const { view, services } = c.var;
    const provider = await providers.lookup(services.pool);
    const land = provider && isLand(provider.land) ? provider.land : null;
    const node = <AccessibilityPage view={view} provider={provider} land={land} />;
    return await page(c, node, { title: "accessibility.title", bare: !view.user, wide: true });
  });

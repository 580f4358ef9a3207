/** The public register: `/privacy/processors` and its feed. No log-in, no cookie. */
import { isId } from "../db/ids.ts";
import * as changes from "../db/processor_changes.ts";
import * as processors from "../db/processors.ts";
import * as providers from "../db/provider.ts";
import { atomFeed } from "../views/processors/feed.ts";
import { PublicRegister } from "../views/processors/public.tsx";
import { page, web } from "./web.tsx";

export default web.createApp()
  .get("/processors", async (c) => {
    const { view, services: { pool } } = c.var;
    const after = c.req.query("after") ?? "";
    const all = await processors.list(pool);
    const history = await changes.list(pool, { after: isId(after) ? after : null });
    const entries = all.map((processor) => ({ processor, open: processors.isOpen(processor) }));
    return await page(c, <PublicRegister view={view} entries={entries} {...history} />, {
      title: "processors.title",
      bare: true,
    });
  })
  .get("/processors.atom", async (c) => {
    const { view, services: { pool, config } } = c.var;
    const provider = await providers.lookup(pool);
    const { changes: latest } = await changes.list(pool);
    const author = provider?.name ?? "kompaktCRM";
    const feed = atomFeed(view, { baseUrl: config.baseUrl, author, changes: latest });
    return c.body(feed, 200, { "Content-Type": "application/atom+xml; charset=utf-8" });
  });

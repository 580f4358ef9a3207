/** The public page about the provider: the legal notice. */
import * as provider from "../db/provider.ts";
import { NotFound } from "../db/errors.ts";
import { ImprintPage } from "../views/imprint.tsx";
import { page, web } from "./web.tsx";

export default web.createApp()
  .get("/", async (c) => {
    const found = await provider.lookup(c.var.services.pool);
    if (!found) throw new NotFound("provider");
    return page(c, <ImprintPage view={c.var.view} provider={found} />, {
      title: "imprint.title",
      bare: true,
    });
  });

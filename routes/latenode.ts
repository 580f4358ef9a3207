/** Where a scenario reports that it has run; its signed address is its only authorisation. */
import { isCallback } from "../db/adapters/latenode.ts";
import { NotFound } from "../db/errors.ts";
import * as deliveries from "../db/latenode_deliveries.ts";
import * as fields from "./fields.ts";
import { web } from "./web.tsx";

export default web.createApp()
  .post(`/callbacks/${fields.idPart}/${fields.tokenPart}`, async (c) => {
    const { pool, config } = c.var.services;
    const { id, token } = c.req.param();
    // Checked before anything is asked of the database.
    if (!isCallback(config.secretKey, id, token)) throw new NotFound("delivery");
    if (!await deliveries.confirm(pool, id)) throw new NotFound("delivery");
    return c.json({ status: "confirmed" });
  });

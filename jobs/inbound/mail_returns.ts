/** The addresses, one for each mail, to which undeliverable mails of the installation return. */
import { providerId } from "../../db/controllers.ts";
import * as returns from "../../db/mail_returns.ts";
import type { InboundHandler } from "./handlers.ts";

export const returnAddresses: InboundHandler = {
  name: "return",
  lookup(_pool, localPart, secretKey) {
    const sourceId = returns.mailOf(secretKey, localPart);
    return Promise.resolve(sourceId === null ? null : { tenantId: providerId, sourceId });
  },
  async receive({ sql }, { sourceId, contents }, { log }) {
    if (!returns.isFinal(contents)) return;
    const known = await returns.note(sql, sourceId, contents.report);
    const count = Number(known);
    log.warn("a mail came back", { recordId: sourceId, code: contents.report?.status, count });
  },
};

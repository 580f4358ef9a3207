/**
 * Where another controller fetches a person (Art. 20(2) GDPR): the link works once. A GET shows and
 * changes nothing; the button of the page, or a program's POST, takes the signed document.
 */
import * as rateLimits from "../db/rate_limits.ts";
import { type Scope, system, withScope } from "../db/scope.ts";
import type { Transfer } from "../db/transfers.ts";
import * as transfers from "../db/transfers.ts";
import { TransferEnd, TransferPage } from "../views/transfers.tsx";
import * as fields from "./fields.ts";
import { counted, unlisted } from "./link_pages.ts";
import { type Ctx, page, web } from "./web.tsx";

export default web.createApp()
  .use(counted(rateLimits.limits.deliveries), unlisted)
  .get(
    `/${fields.tokenPart}`,
    (c) =>
      within(
        c,
        (_, { expiresAt, recipient }) =>
          page(c, <TransferPage view={c.var.view} expiresAt={expiresAt} recipient={recipient} />, {
            title: "transfers.title",
            bare: true,
          }),
      ),
  )
  .post(`/${fields.tokenPart}`, (c) =>
    within(c, async (scope, { id }) => {
      const { config } = c.var.services;
      const taken = await transfers.pull(scope, config, id);
      if (!taken) return await end(c);
      return c.body(taken.body, 200, {
        "Content-Type": "application/json",
        "Content-Disposition": 'attachment; filename="person.json"',
        "X-Signature": taken.signature,
        "Link": `<${config.baseUrl}/.well-known/jwks.json>; rel="jwks"`,
      });
    }));

async function within(
  c: Ctx,
  work: (scope: Scope, transfer: Transfer) => Response | Promise<Response>,
): Promise<Response> {
  const { pool } = c.var.services;
  const route = await transfers.route(pool, c.req.param("token")!);
  if (!route) return await end(c);
  return await withScope(pool, { tenantId: route.tenantId, actor: system }, async (scope) => {
    const found = await transfers.lookupLive(scope, route.id);
    return found ? await work(scope, found) : await end(c);
  });
}

/** A program sees by the status what a reader sees by the words. */
const end = (c: Ctx) =>
  page(c, <TransferEnd view={c.var.view} />, { title: "transfers.title", bare: true, status: 410 });

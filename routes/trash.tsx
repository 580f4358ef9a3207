/** The trash: what lies there, and the way back out of it. */
import * as files from "../db/files.ts";
import * as tenants from "../db/tenants.ts";
import * as trash from "../db/trash.ts";
import { path } from "../views/path.ts";
import { TrashIndex } from "../views/trash.tsx";
import { idPart } from "./fields.ts";
import { pathOf } from "./files.tsx";
import { may, scoped, signedIn } from "./guards.ts";
import { cursor as placed, pageAt } from "./lists.ts";
import { page, redirect, web } from "./web.tsx";

export default web.createApp()
  .use(signedIn, scoped, may("trash.restore"))
  .get("/", async (c) => {
    const { scope, view } = c.var;
    const cursor = placed(c);
    const [tenant, shown] = await Promise.all([
      tenants.find(scope),
      pageAt(cursor, (at) => trash.list(scope, at)),
    ]);
    return await page(c, <TrashIndex view={view} page={shown} days={tenant.trashDays} />, {
      title: "trash.title",
    });
  })
  .post(`/files/${idPart}/restoration`, async (c) => {
    const home = await files.restore(c.var.scope, c.req.param("id"));
    return await redirect(c, pathOf(home), { kind: "ok", key: "trash.restored" });
  })
  .post(`/contacts/${idPart}/restoration`, async (c) => {
    const id = c.req.param("id");
    await trash.restore(c.var.scope, "contact", id);
    return await redirect(c, path`/contacts/${id}`, { kind: "ok", key: "trash.restored" });
  })
  .post(`/companies/${idPart}/restoration`, async (c) => {
    const id = c.req.param("id");
    await trash.restore(c.var.scope, "company", id);
    return await redirect(c, path`/companies/${id}`, { kind: "ok", key: "trash.restored" });
  })
  .post(`/activities/${idPart}/restoration`, async (c) => {
    const id = c.req.param("id");
    await trash.restore(c.var.scope, "activity", id);
    return await redirect(c, path`/activities/${id}`, { kind: "ok", key: "trash.restored" });
  })
  .post(`/deals/${idPart}/restoration`, async (c) => {
    const id = c.req.param("id");
    await trash.restore(c.var.scope, "deal", id);
    return await redirect(c, path`/deals/${id}`, { kind: "ok", key: "trash.restored" });
  });

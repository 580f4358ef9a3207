/** What only operators see: what has failed, and what to do about it. */
import { NotFound } from "../db/errors.ts";
import { isId } from "../db/ids.ts";
import * as deadLetters from "../db/dead_letters.ts";
import * as mails from "../db/mails.ts";
import { FailedMails, JobIndex } from "../views/operator.tsx";
import * as fields from "./fields.ts";
import { operator, signedIn } from "./guards.ts";
import { page, redirect, web } from "./web.tsx";

export default web.createApp()
  .use(signedIn, operator)
  .get("/", (c) => c.redirect("/operator/jobs", 303))
  .get("/jobs", async (c) => {
    const dead = await deadLetters.list(c.var.services.pool);
    return await page(c, <JobIndex view={c.var.view} jobs={dead} />, { title: "operator.jobs" });
  })
  .post(`/jobs/${fields.idPart}/retry`, async (c) => {
    if (!await deadLetters.revive(c.req.param("id"))) throw new NotFound("job");
    return await redirect(c, "/operator/jobs", { kind: "ok", key: "operator.retried" });
  })
  .post(`/jobs/${fields.idPart}/discard`, async (c) => {
    const { pool } = c.var.services;
    if (!await deadLetters.discard(pool, c.req.param("id"))) throw new NotFound("job");
    return await redirect(c, "/operator/jobs", { kind: "ok", key: "operator.discarded" });
  })
  .get("/mails", async (c) => {
    const after = c.req.query("after") ?? "";
    const list = await mails.listFailed(c.var.services.pool, isId(after) ? after : null);
    return await page(c, <FailedMails view={c.var.view} {...list} />, { title: "operator.mails" });
  })
  .post(`/mails/${fields.idPart}/retry`, async (c) => {
    await mails.retry(c.var.services.pool, c.req.param("id"));
    return await redirect(c, "/operator/mails", { kind: "ok", key: "operator.mail_retried" });
  })
  .post(`/mails/${fields.idPart}/discard`, async (c) => {
    await mails.discard(c.var.services.pool, c.req.param("id"));
    return await redirect(c, "/operator/mails", { kind: "ok", key: "operator.mail_discarded" });
  });

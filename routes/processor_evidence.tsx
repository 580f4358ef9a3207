/** Evidence of processors: uploaded by the operator, decided on by the officer through a mailed link. */
import { Buffer } from "node:buffer";
import { HTTPException } from "hono/http-exception";
import { z } from "zod";
import { Invalid } from "../db/errors.ts";
import { formId } from "../db/ids.ts";
import * as mails from "../db/mails.ts";
import type { AnySql } from "../db/pool.ts";
import type { Cover } from "../db/processor_gates.ts";
import * as evidence from "../db/processor_evidence.ts";
import * as processors from "../db/processors.ts";
import * as providers from "../db/provider.ts";
import * as tokens from "../db/tokens.ts";
import { screen } from "../db/virus_scans.ts";
import { evidenceRequest } from "../views/mail/processors.tsx";
import { path } from "../views/path.ts";
import { download } from "./downloads.ts";
import * as fields from "./fields.ts";
import { operator, signedIn } from "./guards.ts";
import { show } from "./processor_pages.tsx";
import { readUpload } from "./uploads.ts";
import { type Ctx, redirect, web } from "./web.tsx";

const Day = z.iso.date();

/** Where uploads go: `/operator/processors/:id/evidence`. */
export const uploads = web.createApp()
  .use(signedIn, operator)
  .post(`/${fields.idPart}/evidence`, async (c) => {
    const { pool, config } = c.var.services;
    const processor = await processors.find(pool, c.req.param("id"));
    const upload = await readUpload(c, "file", take);
    const values = { ...upload.fields };
    const covers = (["agreement", "location"] as const)
      .filter((each) => values[each === "agreement" ? "coversAgreement" : "coversLocation"]);
    const refuse = (field: string, code: string) =>
      show(c, processor.id, {
        evidence: { values: { ...values, id: formId() }, errors: { [field]: code } },
      });
    if (covers.length === 0) return await refuse("coversAgreement", "required");
    if (!Day.safeParse(values.datedOn).success) return await refuse("datedOn", "date");
    const [file] = upload.files;
    if (!file) return await refuse("file", "file_missing");
    if (file.tooLarge) return await refuse("file", "processors.evidence_too_large");
    const { content, name } = file;
    const found = await screen(config.clamavSocket, content);
    if (found) return await refuse("file", `files.${found}`);
    const id = fields.ownId({ values, errors: {} }, content);
    try {
      await pool.begin(async (sql) => {
        const made = await evidence.create(sql, config.secretKey, c.var.session!.identityId, {
          id,
          processorId: processor.id,
          covers: covers as Cover[],
          datedOn: values.datedOn!,
          fileName: name.replaceAll("\0", ""),
          content,
        });
        if (made) await ask(sql, config.baseUrl, made, processor.name);
      });
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      return await refuse(error.field || "file", error.code);
    }
    return await redirect(c, path`/operator/processors/${processor.id}`, {
      kind: "ok",
      key: "processors.evidence_stored",
    });
  });

/** What is done with one piece of evidence: `/operator/evidence/:id/…`. */
export const actions = web.createApp()
  .use(signedIn, operator)
  .get(`/${fields.idPart}/file`, async (c) => {
    return await fileOf(c, await evidence.find(c.var.services.pool, c.req.param("id")));
  })
  .post(`/${fields.idPart}/request`, async (c) => {
    const { pool, config } = c.var.services;
    const found = await evidence.find(pool, c.req.param("id"));
    const to = path`/operator/processors/${found.processorId}`;
    const { name } = await processors.find(pool, found.processorId);
    if (found.decision) {
      return await redirect(c, to, { kind: "error", key: "processors.decided_already" });
    }
    await pool.begin((sql) => ask(sql, config.baseUrl, found.id, name));
    return await redirect(c, to, { kind: "ok", key: "processors.evidence_asked" });
  })
  .post(`/${fields.idPart}/removal`, async (c) => {
    const { pool } = c.var.services;
    const found = await evidence.find(pool, c.req.param("id"));
    await evidence.remove(pool, found.processorId, found.id);
    return await redirect(c, path`/operator/processors/${found.processorId}`, {
      kind: "ok",
      key: "processors.evidence_removed",
    });
  });

/** Mails the officer a link that works once. */
async function ask(sql: AnySql, baseUrl: string, id: string, processor: string): Promise<void> {
  const provider = await providers.lookup(sql);
  if (!provider) throw new HTTPException(400);
  const token = await evidence.ask(sql, id);
  const letter = evidenceRequest({
    name: provider.dpoName,
    processor,
    baseUrl,
    link: `${baseUrl}/evidence-approvals/${token}`,
    days: tokens.lifetimes.processor_evidence / 86_400_000,
  });
  await mails.send(sql, {
    tenantId: null,
    kind: "processor_evidence",
    to: provider.dpoEmail,
    ...letter,
  });
}

/** The file as a download: it is never displayed or run in one of our pages. */
export async function fileOf(c: Ctx, found: evidence.Evidence): Promise<Response> {
  const { pool, config } = c.var.services;
  const content = await evidence.read(pool, config.secretKey, found.id);
  return download(c, content as Uint8Array<ArrayBuffer>, {
    name: found.fileName,
    type: found.mediaType,
  });
}

/** Reads a file into memory up to the limit; the rest is read and discarded. */
async function take(bytes: AsyncIterable<Uint8Array>, name: string) {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.length;
    if (size <= evidence.mostBytes) chunks.push(chunk);
    else chunks.length = 0;
  }
  return {
    name,
    tooLarge: size > evidence.mostBytes,
    content: new Uint8Array(Buffer.concat(chunks)),
  };
}

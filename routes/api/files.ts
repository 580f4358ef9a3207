/** Files of records in the API: listed, described, downloaded, uploaded one by one, moved to the trash. */
import { createHash, type Hash } from "node:crypto";
import { z } from "zod";
import * as dataKeys from "../../db/data_keys.ts";
import { NotFound } from "../../db/errors.ts";
import * as homes from "../../db/file_homes.ts";
import * as intake from "../../db/file_intake.ts";
import * as files from "../../db/files.ts";
import { newId } from "../../db/ids.ts";
import { withScope } from "../../db/scope.ts";
import { begin, FileBroken } from "../../db/vault.ts";
import { idPart } from "../fields.ts";
import { readUpload } from "../uploads.ts";
import { type Ctx, web } from "../web.tsx";
import { download } from "../downloads.ts";
import { claimed, keyOf } from "./bodies.ts";
import { callerOf, may, scoped, whoOf } from "./callers.ts";
import * as fields from "./fields.ts";
import { answerPage, cursorOf, paging, parametersOf, written } from "./listing.ts";
import { Problem } from "./problems.ts";
import type { Noun } from "./resources.ts";

/** Bytes of an upload: the largest file and what the form around it needs. */
const largest = intake.largest + 64 * 1024;

export const filters = z.strictObject(paging);

export const Row = z.strictObject({
  id: fields.id,
  name: z.string(),
  mediaType: z.string(),
  size: z.int(),
  at: fields.instant,
  createdByName: z.string().nullable(),
}).meta({ id: "FileRow" });

export const Item = z.strictObject({
  id: fields.id,
  name: z.string(),
  mediaType: z.string(),
  size: z.int(),
  record: z.strictObject({
    kind: z.enum(["contact", "company", "deal", "activity", "message"]),
    id: fields.id,
  }),
}).meta({ id: "File" });

export const Upload = z.strictObject({ file: z.file() }).meta({ id: "FileUpload" });

const kinds: Record<Noun, homes.HomeKind> = {
  contacts: "contact",
  companies: "company",
  deals: "deal",
  activities: "activity",
};

/** The files of one noun's records, under their address. */
export const filesOf = (noun: Noun) =>
  web.createApp()
    .get(`/${idPart}/files`, may("files.read"), scoped, async (c) => {
      const home = { kind: kinds[noun], id: c.req.param("id") };
      const sent = parametersOf(c, filters);
      await homes.name(c.var.scope, home);
      const cursor = cursorOf(sent);
      const page = await files.list(c.var.scope, home, cursor, Number(sent.limit));
      return answerPage(c, page, cursor, written);
    })
    .post(
      `/${idPart}/files`,
      may("files.write"),
      (c) => upload(c, { kind: kinds[noun], id: c.req.param("id") }),
    );

export default web.createApp()
  .get(`/${idPart}`, may("files.read"), scoped, async (c) => {
    return c.json(itemOf(c.req.param("id"), await files.find(c.var.scope, c.req.param("id"))));
  })
  .get(`/${idPart}/content`, may("files.read"), scoped, content)
  .delete(`/${idPart}`, may("files.delete"), scoped, async (c) => {
    await files.remove(c.var.scope, c.req.param("id"));
    return c.body(null, 204);
  });

const itemOf = (id: string, { name, mediaType, size, kind, id: homeId }: files.StoredFile) => ({
  id,
  name,
  mediaType,
  size,
  record: { kind, id: homeId },
});

/** The bytes as they pass, counted into a digest. */
async function* digested(bytes: AsyncIterable<Uint8Array>, hash: Hash) {
  for await (const chunk of bytes) {
    hash.update(chunk);
    yield chunk;
  }
}

/** Takes the file as it arrives, before any transaction is open. */
async function upload(c: Ctx, home: homes.Home): Promise<Response> {
  const { config, pool } = c.var.services;
  const { tenantId } = callerOf(c);
  const who = whoOf(c);
  // A key that will be refused is refused before a byte is taken.
  const key = keyOf(c);
  let seen = true;
  const dataKeyId = await withScope(pool, who, async (scope) => {
    await homes.hold(scope, home).catch((error) => {
      // What came under the key before is known only when it is there again.
      if (!(error instanceof NotFound) || key === undefined) throw error;
      seen = false;
    });
    return await dataKeys.current(scope, config);
  });
  let made = { id: newId(), replayed: false };
  const taking = readUpload(c, "file", async (bytes, name) => {
    const hash = createHash("sha256");
    const whose = { tenantId, dataKeyId };
    const file = await intake.receive(config, whose, name, digested(bytes, hash));
    const sent = `${file.name}\n${hash.digest("hex")}`;
    let kept = false;
    try {
      kept = await withScope(pool, who, async (scope) => {
        made = await claimed(c, sent, scope);
        if (!seen && !made.replayed) throw new NotFound("record");
        return !made.replayed && await files.create(scope, made.id, home, file);
      });
    } finally {
      if (!kept) await intake.discard(config, tenantId, file);
    }
  }, { files: 1, bytes: largest });
  const { files: taken } = await taking.catch((error) => {
    if (error instanceof intake.FileRefused) throw refusedFile(c, error.refusal);
    throw error;
  });
  if (taken.length === 0) throw refusedFile(c, "empty");
  const { id, replayed } = made;
  const stored = await withScope(pool, who, (scope) => files.find(scope, id)).catch((error) => {
    if (replayed && error instanceof NotFound) return null;
    throw error;
  });
  return c.json(stored ? itemOf(id, stored) : { id }, 201, {
    Location: `/api/v1/files/${id}`,
    ...replayed ? { "Idempotent-Replayed": "true" } : {},
  });
}

const refusedFile = (c: Ctx, refusal: intake.Refusal) =>
  new Problem("file_refused", {
    errors: [{
      pointer: "/file",
      code: `files.${refusal}`,
      detail: c.var.view.t(`files.${refusal}`, { max: c.var.view.format.bytes(intake.largest) }),
    }],
  });

/** The bytes; the same answer as on the pages, for programs. */
async function content(c: Ctx): Promise<Response> {
  const { scope, services: { config, log } } = c.var;
  const file = await files.find(scope, c.req.param("id")!);
  try {
    const { name, mediaType: type, size } = file;
    return download(c, await begin(config, file.object), { name, type, size });
  } catch (error) {
    if (!(error instanceof FileBroken)) throw error;
    log.error("a file cannot be opened", error, { tenantId: scope.tenantId });
    throw new Problem("missing");
  }
}

/** Files on records: stored as they arrive, always served as a download, never displayed. */
import { v5 } from "uuid";
import * as dataKeys from "../db/data_keys.ts";
import { Invalid } from "../db/errors.ts";
import * as homes from "../db/file_homes.ts";
import type { Home, HomeKind } from "../db/file_homes.ts";
import * as intake from "../db/file_intake.ts";
import * as files from "../db/files.ts";
import { formId, isId, madeBy, newId } from "../db/ids.ts";
import { type Scope, type Who, withScope } from "../db/scope.ts";
import { begin, FileBroken } from "../db/vault.ts";
import { FilesPage, type Refused } from "../views/files.tsx";
import { ErrorPage } from "../views/layout.tsx";
import { path } from "../views/path.ts";
import { type Described, download } from "./downloads.ts";
import { idPart } from "./fields.ts";
import { may, scoped, signedIn, whoIs } from "./guards.ts";
import { cursor } from "./lists.ts";
import { inScope } from "./own_scopes.ts";
import { readUpload } from "./uploads.ts";
import { type Ctx, page, redirect, web } from "./web.tsx";

/** Files in one form, and bytes of all of them together. */
export const most = { files: 20, bytes: 250_000_000 };

/** Files that the page of a record shows. */
export const panelSize = 5;

const nouns: Record<HomeKind, string> = {
  contact: "contacts",
  company: "companies",
  deal: "deals",
  activity: "activities",
  message: "messages",
};

/** The address of a record that has files. */
export const pathOf = ({ kind, id }: Home) => path`/${nouns[kind]}/${id}`;

/** The files of one kind of record, under its address: `/contacts/ID/files`. */
export const filesOf = (kind: HomeKind) => {
  const way = `/${idPart}/files`;
  return web.createApp()
    .get(way, signedIn, scoped, may("files.read"), (c) => show(c, c.var.scope, homeOf(c, kind)))
    .post(way, signedIn, may("files.write"), (c) => upload(c, homeOf(c, kind)));
};

const homeOf = (c: Ctx, kind: HomeKind): Home => ({ kind, id: c.req.param("id")! });

export default web.createApp()
  .use(signedIn, scoped)
  .get(`/${idPart}`, may("files.read"), content)
  .post(`/${idPart}/deletion`, may("files.delete"), async (c) => {
    const id = c.req.param("id");
    const home = await files.remove(c.var.scope, id);
    const undo = path`/trash/files/${id}/restoration`;
    return await redirect(c, pathOf(home), { kind: "ok", key: "files.removed", undo });
  });

/** Takes the files as they arrive, before any transaction is open; each stands or falls by itself. */
async function upload(c: Ctx, home: Home): Promise<Response> {
  const { session, services: { config, pool, log } } = c.var;
  const who = session && whoIs(session);
  if (!who) return c.redirect("/tenants", 303);
  const { tenantId } = who;
  const dataKeyId = await withScope(pool, who, async (scope) => {
    await homes.hold(scope, home);
    return await dataKeys.current(scope, config);
  });
  const refused: Refused[] = [];
  let saved = 0;
  const { files: taken, tooMany } = await readUpload(c, "files", async (bytes, name, fields) => {
    try {
      const file = await intake.receive(config, { tenantId, dataKeyId }, name, bytes);
      await keep(c, who, idOf(fields.id, saved + refused.length, file), home, file);
      saved++;
    } catch (error) {
      const code = refusalOf(error);
      if (!code) throw error;
      if (code === "infected" || code === "scanner_away") {
        log.warn("file refused", { tenantId, userId: session.userId!, kind: code });
      }
      refused.push({ name, code });
    }
  }, most);
  if (saved > 0 && refused.length === 0 && !tooMany) {
    const flash = { kind: "ok", key: "files.saved", params: { count: saved } } as const;
    return await redirect(c, `${pathOf(home)}#files`, flash);
  }
  const fault = taken.length === 0 ? "file_missing" : tooMany ? `too_many?max=${most.files}` : null;
  return await inScope(c, who, (scope) => show(c, scope, home, { refused, saved, fault }));
}

/** Gives a file that came in its row; its bytes go again where it gets none. */
async function keep(c: Ctx, who: Who, id: string, home: Home, file: intake.Received) {
  const { config, pool } = c.var.services;
  let kept = false;
  try {
    kept = await withScope(pool, who, (scope) => files.create(scope, id, home, file));
  } finally {
    if (!kept) await intake.discard(config, who.tenantId, file);
  }
}

/** The ids of a form's files follow from the form's and from them: sent twice, it makes them once. */
function idOf(form: string | undefined, index: number, { name, digest }: intake.Received): string {
  if (!form || !isId(form)) return newId();
  const made = madeBy(form, JSON.stringify([index, name, digest]));
  return made === form && index > 0 ? v5(String(index), form) : made;
}

function refusalOf(error: unknown): Refused["code"] | null {
  if (error instanceof intake.FileRefused) return error.refusal;
  return error instanceof Invalid && error.code === "files.quota_full" ? "quota_full" : null;
}

interface Outcome {
  refused: readonly Refused[];
  saved: number;
  fault: string | null;
}

async function show(c: Ctx, scope: Scope, home: Home, outcome?: Outcome): Promise<Response> {
  const { view } = c.var;
  const name = await homes.name(scope, home);
  const [found, room] = await Promise.all([
    files.list(scope, home, cursor(c)),
    files.room(scope),
  ]);
  const record = { name, href: pathOf(home) };
  const props = { view, record, page: found, room, largest: intake.largest, form: formId() };
  return await page(c, <FilesPage {...props} {...outcome} />, {
    title: { text: `${view.t("files.title")}: ${name}` },
    status: outcome ? 422 : 200,
  });
}

/** The bytes as an attachment that a browser neither guesses at nor runs. */
async function content(c: Ctx): Promise<Response> {
  const file = await files.find(c.var.scope, c.req.param("id")!);
  const { name, mediaType: type, size } = file;
  return await stored(c, file.object, { name, type, size, foreign: true });
}

/** Answers with a stored object's bytes, or with 410 and a page if they cannot be opened. */
export async function stored(c: Ctx, object: string, described: Described): Promise<Response> {
  const { view, scope, services: { config, log } } = c.var;
  if (c.req.method === "HEAD") return download(c, null, described);
  try {
    return download(c, await begin(config, object), described);
  } catch (error) {
    if (!(error instanceof FileBroken)) throw error;
    log.error("a file cannot be opened", error, { tenantId: scope.tenantId });
  }
  const heading = view.t("files.broken_title");
  const text = view.t("files.broken_text");
  return await page(c, <ErrorPage view={view} status={410} heading={heading} text={text} />, {
    title: "files.broken_title",
    status: 410,
  });
}

/** Possible duplicates: the tenant's list, starting a search, and "these are two". */
import { z } from "zod";
import * as pairs from "../db/duplicate_pairs.ts";
import * as scans from "../db/duplicate_scans.ts";
import { reasons } from "../db/duplicate_scores.ts";
import { DuplicateIndex } from "../views/duplicates/index.tsx";
import { path, query } from "../views/path.ts";
import { idPart } from "./fields.ts";
import { may, scoped, signedIn } from "./guards.ts";
import { cursor as placed, pageAt } from "./lists.ts";
import { localPath } from "./sign_in.ts";
import { type Ctx, page, readForm, redirect, web } from "./web.tsx";

const Wish = z.object({ kind: z.enum(["contact", "company"]).catch("contact") });

export default web.createApp()
  .use(signedIn, scoped, may("contacts.write"))
  .get("/", async (c) => {
    const { scope, view } = c.var;
    const filter = asked(c);
    const cursor = placed(c);
    const [shown, scan, count] = await Promise.all([
      pageAt(cursor, (at) => pairs.list(scope, filter, at)),
      scans.latest(scope),
      pairs.count(scope, filter),
    ]);
    const total = { count: Math.min(count, pairs.bound), more: count > pairs.bound };
    const props = { view, filter, scan, total, page: shown };
    return await page(c, <DuplicateIndex {...props} />, { title: "duplicates.title" });
  })
  .post("/scans", async (c) => {
    const read = await readForm(c, Wish);
    await scans.start(c.var.scope);
    const kind = read.ok && read.value.kind === "company" ? "company" : undefined;
    const flash = { kind: "ok", key: "duplicates.started" } as const;
    return await redirect(c, query("/duplicates", { kind }), flash);
  })
  .post(`/${idPart}/dismissal`, async (c) => {
    const id = c.req.param("id");
    const kind = await pairs.dismiss(c.var.scope, id);
    const to = back(c, kind);
    return await redirect(c, to, {
      kind: "ok",
      key: "duplicates.dismissed_done",
      undo: query(path`/duplicates/${id}/dismissal/withdrawal`, { back: to }),
    });
  })
  .post(`/${idPart}/dismissal/withdrawal`, async (c) => {
    const kind = await pairs.reopen(c.var.scope, c.req.param("id"));
    return await redirect(c, back(c, kind), { kind: "ok", key: "duplicates.reopened" });
  });

/** Back to the list as it was narrowed when the pair was decided. */
const back = (c: Ctx, kind: pairs.Kind): string =>
  localPath(
    c.req.query("back"),
    query("/duplicates", { kind: kind === "contact" ? undefined : kind }),
  );

/** What the list's address asks for; whatever makes no sense is passed over. */
function asked(c: Ctx): pairs.Filter {
  return {
    kind: c.req.query("kind") === "company" ? "company" : "contact",
    reason: reasons.find((each) => each === c.req.query("reason")) ?? null,
    sure: c.req.query("sure") === "1",
    dismissed: c.req.query("state") === "dismissed",
  };
}

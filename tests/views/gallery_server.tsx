/** Serves the gallery on a free port, with the assets and security headers of the real app. */

import { type Context, Hono } from "hono";
import { loadAssets } from "../../routes/assets.ts";
import { compress } from "../../routes/compress.ts";
import { securityHeaders } from "../../routes/headers.ts";
import type { Env } from "../../routes/web.tsx";
import type { Locale } from "../../views/i18n/translate.ts";
import { Bare, ErrorPage } from "../../views/layout.tsx";
import { Shell } from "../../views/shell.tsx";
import { changeRows } from "../../views/ui/rows.tsx";
import type { Theme, View } from "../../views/view.ts";
import {
  faulty,
  FormPage,
  ImportPage,
  ListPage,
  LoginPage,
  RecordPage,
  viewOf,
} from "./gallery.tsx";

/** Where the pages of the gallery are. */
export const galleryPaths = [
  "/contacts",
  "/contacts/c0",
  "/contacts/new",
  "/imports",
  "/login",
  "/missing",
];

const assets = loadAssets();

function view(c: Context, signedIn = true): View {
  const { pathname, search, searchParams } = new URL(c.req.url);
  return viewOf({
    asset: assets.url,
    path: pathname + search,
    theme: (searchParams.get("theme") ?? "auto") as Theme,
    locale: (searchParams.get("locale") ?? "de") as Locale,
    signedIn,
  });
}

/** The gallery as an app; `?theme=` and `?locale=` choose. */
const app = new Hono<Env>()
  .use(async (c, next) => {
    c.set("services", { config: { appEnv: "development" } } as Env["Variables"]["services"]);
    await next();
  })
  .use(securityHeaders, compress)
  .get("/static/*", (c) => assets.answer(c.req.raw))
  // One word on the stream, then none for long: the pages of the gallery have no news.
  .get("/notifications/stream", (c) => {
    const said = 'retry: 600000\nevent: unread\ndata: {"unread":3,"label":""}\n\n';
    return c.body(said, 200, { "Content-Type": "text/event-stream" });
  })
  .get("/contacts", (c) => {
    const v = view(c);
    return c.html(
      <Shell view={v} title="Kontakte">
        <ListPage view={v} />
      </Shell>,
    );
  })
  .get("/contacts/new", (c) => {
    const v = view(c);
    return c.html(
      <Shell view={v} title="Kontakt bearbeiten">
        <FormPage view={v} />
      </Shell>,
    );
  })
  .post("/contacts/new", async (c) => {
    const v = view(c);
    const values = await c.req.parseBody({ all: true }) as Record<string, string>;
    const changed = changeRows(values);
    if (!changed && values.last) return c.redirect("/contacts/c0", 303);
    c.header("HX-Push-Url", "false");
    const form = changed ? { values: changed, errors: {} } : { values, errors: faulty.errors };
    return c.html(
      <Shell view={v} title="Kontakt bearbeiten">
        <FormPage view={v} form={form} />
      </Shell>,
      422,
    );
  })
  .get("/contacts/:id", (c) => {
    const v = view(c);
    v.flash = {
      kind: "ok",
      text: "Gespeichert.",
      undo: { action: "/broken", label: v.t("common.undo") },
    };
    return c.html(
      <Shell view={v} title="Dr. Sabine von der Heide">
        <RecordPage view={v} />
      </Shell>,
    );
  })
  .get("/imports", (c) => {
    const v = view(c);
    return c.html(
      <Shell view={v} title="Import">
        <ImportPage view={v} />
      </Shell>,
    );
  })
  .get("/login", (c) => {
    const v = view(c, false);
    return c.html(
      <Bare view={v} title="Anmelden">
        <LoginPage view={v} />
      </Bare>,
    );
  })
  .get("/missing", (c) => {
    const v = view(c, false);
    const heading = v.t("errors.missing_title");
    return c.html(
      <Bare view={v} title={heading}>
        <ErrorPage view={v} status={404} heading={heading} text={v.t("errors.missing_text")} />
      </Bare>,
    );
  })
  .post("/broken", (c) => c.text("", 500));

/** The address of the running gallery, and how to stop it. */
export function serveGallery() {
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, app.fetch);
  return { origin: `http://127.0.0.1:${server.addr.port}`, close: () => server.shutdown() };
}

/** Serves the gallery on a free port, with the assets and security headers of the real app. */

import { Hono } from "hono";
import { loadAssets } from "../../routes/assets.ts";
import { securityHeaders } from "../../routes/headers.ts";
import type { Env } from "../../routes/web.tsx";
import { Bare, ErrorPage, Shell } from "../../views/layout.tsx";
import type { Locale } from "../../views/i18n/translate.ts";
import { changeRows } from "../../views/ui/rows.tsx";
import type { Theme } from "../../views/view.ts";
import {
  faulty,
  FormPage,
  ImportPage,
  ListPage,
  LoginPage,
  RecordPage,
  viewOf,
} from "./gallery.tsx";

const pages = { list: ListPage, record: RecordPage, form: FormPage, import: ImportPage };

/** The gallery; `?theme=`, `?locale=` choose. `delay` is set by tests that watch requests. */
export function serveGallery() {
  const assets = loadAssets();
  const app = new Hono<Env>();
  app.use(async (c, next) => {
    c.set("services", { config: { appEnv: "development" } } as Env["Variables"]["services"]);
    await next();
  });
  app.use(securityHeaders);
  const view = (url: string, signedIn = true) => {
    const { pathname, search, searchParams } = new URL(url);
    return viewOf({
      asset: assets.url,
      path: pathname + search,
      theme: (searchParams.get("theme") ?? "auto") as Theme,
      locale: (searchParams.get("locale") ?? "de") as Locale,
      signedIn,
    });
  };
  app.get("/static/*", (c) => assets.answer(c.req.raw));
  for (const [name, Page] of Object.entries(pages)) {
    app.get(`/${name}`, (c) => {
      const v = { ...view(c.req.url), path: `/contacts?from=${name}` };
      v.flash = name === "record"
        ? {
          kind: "ok",
          text: "Gespeichert.",
          undo: { action: "/undo", label: v.t("common.undo") },
        }
        : null;
      return c.html(
        <Shell view={v} title={`Seite ${name}`}>
          <Page view={v} />
        </Shell>,
      );
    });
  }
  app.post("/form", async (c) => {
    const v = view(c.req.url);
    const values = await c.req.parseBody({ all: true }) as Record<string, string>;
    const changed = changeRows(values);
    if (!changed && values.last) return c.redirect("/record", 303);
    c.header("HX-Push-Url", "false");
    const form = changed ? { values: changed, errors: {} } : { values, errors: faulty.errors };
    return c.html(
      <Shell view={v} title="Form">
        <FormPage view={v} form={form} />
      </Shell>,
      422,
    );
  });
  app.post("/broken", () => new Response("", { status: 500 }));
  app.get("/login", (c) => {
    const v = view(c.req.url, false);
    return c.html(
      <Bare view={v} title="Anmelden">
        <LoginPage view={v} />
      </Bare>,
    );
  });
  app.get("/error", (c) => {
    const v = view(c.req.url, false);
    return c.html(
      <Bare view={v} title="Fehler">
        <ErrorPage
          view={v}
          status={404}
          heading={v.t("errors.missing_title")}
          text={v.t("errors.missing_text")}
        />
      </Bare>,
      404,
    );
  });
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, app.fetch);
  return { origin: `http://127.0.0.1:${server.addr.port}`, close: () => server.shutdown() };
}

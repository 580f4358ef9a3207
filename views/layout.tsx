/** The frames around a page: the document, and Bare for public pages and faults; see shell.tsx. */

import type { Child } from "hono/jsx";
import { doctype } from "./markup.ts";
import { Badge } from "./ui/badge.tsx";
import { path, query } from "./path.ts";
import { topicOf } from "./help/topics.ts";
import { LinkButton, PostButton } from "./ui/button.tsx";
import { Flash, RequestFault } from "./ui/flash.tsx";
import { PageHeader } from "./ui/page_header.tsx";
import type { View } from "./view.ts";

/** htmx: no snapshots of pages in the browser, no faults of the server inside a page. */
const htmxConfig = JSON.stringify({
  noSwap: [204, 304, "5xx"],
  includeIndicatorCSS: false,
  extensions: "none",
  defaultTimeout: 30_000,
  // What the person opened stays open when a page is morphed.
  morphIgnore: ["data-htmx-powered", "open"],
});

/** Where a log-in in a tab beside a form ends: the page says that the form waits in the other one. */
export const signedInBeside = "/confirmation/proof";

export interface PageProps {
  view: View;
  /** What the page is, for the window's title; the h1 is the page's own. */
  title: string;
  children?: Child;
}

/** The document: head, colours, language. Pages use Shell or Bare, which use this. */
export const Document = (
  { view, title, frame, children }: PageProps & { frame: "shell" | "bare" },
) => (
  <>
    {doctype}
    <html lang={view.locale} data-theme={view.theme}>
      <head>
        <meta charset="utf-8" />
        <title>{`${title} – kompaktCRM`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta
          name="color-scheme"
          content={view.theme === "auto" ? "light dark" : view.theme}
        />
        <meta name="robots" content="noindex" />
        <meta name="htmx-config" content={htmxConfig} />
        <link rel="icon" type="image/svg+xml" href={view.asset("icon.svg")} />
        <link rel="stylesheet" href={view.asset("css/app.css")} />
        <script defer src={view.asset("vendor/htmx-4.0.1.min.js")}></script>
        <script defer src={view.asset("js/app.js")}></script>
      </head>
      <body class={frame} data-hx-boost:inherited="true">
        <a class="skip" href="#main">{view.t("layout.skip")}</a>
        {children}
      </body>
    </html>
  </>
);

/** The frame of public pages: log-in, set-up, policy, faults. */
export const Bare = ({ view, title, wide, children }: PageProps & { wide?: boolean }) => (
  <Document view={view} title={title} frame="bare">
    <header class="top">
      <div class="top-row">
        <a class="product" href="/" aria-label={`kompaktCRM: ${view.t("layout.home")}`}>
          kompakt<b>CRM</b>
        </a>
      </div>
    </header>
    <RequestFault view={view} />
    <main id="main" tabindex={-1} class={wide ? undefined : "narrow"}>
      <Flash view={view} />
      {children}
    </main>
    <Footer view={view} />
  </Document>
);

/** Where everybody finds what the law wants found. */
export const Footer = ({ view }: { view: View }) => (
  <footer class="bottom">
    <nav aria-label={view.t("layout.footer")}>
      <a href="/privacy">{view.t("layout.privacy")}</a>
      <a href="/privacy/requests/new">{view.t("layout.rights")}</a>
      {view.user ? <a href="/keys">{view.t("keys.title")}</a> : null}
      <a href="/imprint">{view.t("layout.imprint")}</a>
      <a href="/accessibility">{view.t("accessibility.title")}</a>
      <a href={helpAddress(view.path)}>{view.t("help.title")}</a>
    </nav>
  </footer>
);

/** The help that belongs to a page. */
export const helpAddress = (page: string): string => {
  const topic = topicOf(page);
  return topic === null ? "/help" : path`/help/${topic}`;
};

/** Says what went wrong and what to do; goes into the frame the person is used to. */
export const ErrorPage = (
  { view, status, heading, text, again }: {
    view: View;
    status: number;
    heading: string;
    text: string;
    /** What was typed and could not be taken, to be sent once more by a button. */
    again?: Again | null;
  },
) => (
  <>
    <PageHeader view={view} title={heading} marks={<Badge label={String(status)} />} />
    <p>{text}</p>
    {again
      ? (
        <>
          {status === 401 ? <SignInBeside view={view} /> : null}
          <p>{view.t("errors.again_text")}</p>
          <PostButton
            view={view}
            action={again.action}
            label={view.t("errors.again")}
            variant="primary"
          >
            {again.fields.map(([name, value]) => <input type="hidden" name={name} value={value} />)}
          </PostButton>
        </>
      )
      : null}
    <p>
      <LinkButton view={view} href="/" label={view.t("layout.home")} />
    </p>
  </>
);

/** Leads to a log-in in a tab beside this page. */
export const SignInBeside = ({ view }: { view: View }) => (
  <p>
    <a href={query("/login", { next: signedInBeside })} target="_blank">
      {view.t("factors.sign_in_link")}
    </a>
  </p>
);

/** What a part of a page says whose log-in ended, beside a form that stays as it is. */
export const SignedOutPart = ({ view }: { view: View }) => (
  <>
    <p>{view.t("errors.signed_out_text")}</p>
    <SignInBeside view={view} />
  </>
);

/** A form that did not get through. */
export interface Again {
  action: string;
  fields: [name: string, value: string][];
}

/** The frames around a page: Document, Shell when signed in, Bare for public pages and faults. */

import type { Child } from "hono/jsx";
import { sections, tools } from "./destinations.ts";
import type { MessageKey } from "./i18n/translate.ts";
import { Dialogs } from "./keys.tsx";
import { doctype } from "./markup.ts";
import { Bell } from "./notifications.tsx";
import { Badge } from "./ui/badge.tsx";
import { path } from "./path.ts";
import { topicOf } from "./help/topics.ts";
import { LinkButton, PostButton } from "./ui/button.tsx";
import { SearchBox } from "./ui/filters.tsx";
import { Flash, RequestFault } from "./ui/flash.tsx";
import { Icon } from "./ui/icon.tsx";
import { Menu, MenuLink, MenuPost, MenuText } from "./ui/menu.tsx";
import { PageHeader } from "./ui/page_header.tsx";
import type { Theme, View } from "./view.ts";

const themes: { theme: Theme; label: MessageKey }[] = [
  { theme: "auto", label: "layout.theme_auto" },
  { theme: "light", label: "layout.theme_light" },
  { theme: "dark", label: "layout.theme_dark" },
];

/** htmx: no snapshots of pages in the browser, no faults of the server inside a page. */
const htmxConfig = JSON.stringify({
  noSwap: [204, 304, "5xx"],
  includeIndicatorCSS: false,
  extensions: "none",
  defaultTimeout: 30_000,
  // What the person opened stays open when a page is morphed.
  morphIgnore: ["data-htmx-powered", "open"],
});

interface PageProps {
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

/** The frame of signed-in pages: search, sections, user menu. */
export const Shell = ({ view, title, children }: PageProps) => (
  <Document view={view} title={title} frame="shell">
    <header class="top">
      <div class="top-row">
        <a class="product" href="/" aria-label={`kompaktCRM: ${view.t("layout.home")}`}>
          kompakt<b>CRM</b>
        </a>
        <Sections view={view} />
        <SearchBox view={view} />
        <a class="help-link" href={helpAddress(view.path)}>
          <Icon view={view} name="circle-question-mark" />
          <span class="visually-hidden">{view.t("help.here")}</span>
        </a>
        <Bell view={view} />
        <UserMenu view={view} />
      </div>
    </header>
    <RequestFault view={view} />
    <main id="main" tabindex={-1}>
      <PolicyBanner view={view} />
      <ContractBanner view={view} />
      <Flash view={view} />
      {children}
    </main>
    <Footer view={view} />
    <Dialogs view={view} />
  </Document>
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

/** Tells of a new version of the policy until its reader says so (clause 8.2). */
const PolicyBanner = ({ view }: { view: View }) =>
  view.policy === null ? null : (
    <div class="flash flash-info">
      <p>
        {view.t("policies.banner")}{" "}
        <a href={path`/privacy/versions/${view.policy}/changes`}>
          {view.t("policies.banner_read")}
        </a>
      </p>
      <PostButton
        view={view}
        action="/account/policy"
        fields={{ back: view.path }}
        label={view.t("policies.acknowledge")}
        variant="quiet"
      />
    </div>
  );

/** Tells everybody in a tenant that its contract runs out, and what can still be done. */
const ContractBanner = ({ view }: { view: View }) => {
  if (!view.contract) return null;
  const { phase, endsOn } = view.contract;
  const reads = Temporal.PlainDate.from(endsOn).subtract({ days: 29 }).toString();
  const date = view.format.date(phase === "open" ? reads : endsOn);
  const text = phase === "open"
    ? view.t("contracts.banner_noticed", { date })
    : phase === "read_only"
    ? view.t("contracts.banner_read_only", { date })
    : view.t("contracts.banner_closed", { date });
  return (
    <div class="flash flash-warn">
      <p>
        {text} {view.can("contract.manage")
          ? <a href="/settings/contract">{view.t("contracts.to_contract")}</a>
          : null}
      </p>
    </div>
  );
};

const Sections = ({ view }: { view: View }) => (
  <nav class="sections" aria-label={view.t("layout.main_navigation")}>
    <ul>
      {sections.filter(({ action }) =>
        view.can(action)
      ).map(({ href, label }) => (
        <li>
          <a href={href} aria-current={currentMark(view.path, href)}>{view.t(label)}</a>
        </li>
      ))}
    </ul>
  </nav>
);

/** `page` on the section's own page, `true` on pages within it. */
function currentMark(path: string, href: string): "page" | "true" | undefined {
  const here = path.split("?", 1)[0] ?? "";
  return here === href ? "page" : sectionOf(here) === sectionOf(href) ? "true" : undefined;
}

/** The first part of an address names the section, but for what is reached from another. */
function sectionOf(path: string): string {
  const first = path.split("/", 2)[1] ?? "";
  return within[first] ?? first;
}

const within: Record<string, string> = {
  messages: "inbox",
  offers: "deals",
  products: "deals",
  tasks: "activities",
};

const UserMenu = ({ view }: { view: View }) => {
  const { t, user } = view;
  if (!user) return null;
  const back = { back: view.path };
  return (
    <Menu view={view} label={user.name} icon="circle-user">
      <li class="menu-person">
        <b>{user.tenantName}</b>
        <span>{user.email}</span>
      </li>
      {tools.filter(({ action }) => view.can(action)).map(({ href, label }) => (
        <MenuLink href={href} label={t(label)} />
      ))}
      {user.operator ? <MenuLink href="/operator" label={t("operator.title")} /> : null}
      <MenuText text="" />
      {user.tenants > 1 ? <MenuLink href="/tenants" label={t("layout.switch_tenant")} /> : null}
      <MenuLink href="/account" label={t("layout.account")} />
      <MenuText text={t("layout.theme")} />
      {themes.map(({ theme, label }) => (
        <MenuPost
          action="/account/theme"
          fields={{ theme, ...back }}
          label={t(label)}
          pressed={theme === view.theme}
          boost={false}
        />
      ))}
      <MenuText text={t("layout.language")} />
      {(["de", "en"] as const).map((locale) => (
        <MenuPost
          action="/account/language"
          fields={{ locale, ...back }}
          label={t(`layout.language_${locale}`)}
          pressed={locale === view.locale}
          boost={false}
        />
      ))}
      <MenuText text="" />
      <MenuPost action="/logout" label={t("layout.sign_out")} />
    </Menu>
  );
};

const Footer = ({ view }: { view: View }) => (
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
const helpAddress = (page: string): string => {
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

/** A form that was sent in vain. */
export interface Again {
  action: string;
  fields: [name: string, value: string][];
}

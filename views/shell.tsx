/** The frame of signed-in pages: search, sections, user menu. */
import type { Child } from "hono/jsx";
import { sections, tools } from "./destinations.ts";
import type { MessageKey } from "./i18n/translate.ts";
import { Dialogs } from "./keys.tsx";
import { Document, Footer, helpAddress, type PageProps } from "./layout.tsx";
import { fill, gap } from "./markup.ts";
import { Bell } from "./notifications.tsx";
import { path } from "./path.ts";
import { SearchBox } from "./search/box.tsx";
import { PostButton } from "./ui/button.tsx";
import { Flash, RequestFault } from "./ui/flash.tsx";
import { Icon } from "./ui/icon.tsx";
import { Menu, MenuLink, MenuPost, MenuText } from "./ui/menu.tsx";
import type { Theme, View, ViewUser } from "./view.ts";

const themes: { theme: Theme; label: MessageKey }[] = [
  { theme: "auto", label: "layout.theme_auto" },
  { theme: "light", label: "layout.theme_light" },
  { theme: "dark", label: "layout.theme_dark" },
];

const locales = ["de", "en"] as const;

type Frame = ReturnType<typeof fill>;

/** Frames as they were made, by all that decides how they look; a page fills in what is its own. */
const frames = new Map<string, Frame>();
const mostFrames = 500;

/** The page within its frame. Most of a frame is the same on every page: it is written but once. */
export const Shell = ({ view, title, children }: PageProps): Child => {
  const { user } = view;
  const key = keyOf(view);
  let frame = frames.get(key);
  if (!frame) {
    frame = fill(<Frame view={view} />);
    if (frames.size >= mostFrames) frames.clear();
    frames.set(key, frame);
  }
  const content = (
    <>
      <PolicyBanner view={view} />
      <ContractBanner view={view} />
      <Flash view={view} />
      {children}
    </>
  );
  const own = [title, <SearchBox view={view} />, <Bell view={view} />];
  return frame([...own, ...user ? personOf(view, user) : [], content]) as unknown as Child;
};

/** Whatever a frame depends on, except for what its gaps are filled with. */
function keyOf(view: View): string {
  const { locale, theme, user } = view;
  let key = `${locale} ${theme} ${view.asset("css/app.css")} ${helpAddress(view.path)}`;
  for (const { action, href } of sections) {
    key += view.can(action) ? ` ${currentMark(view.path, href) ?? "away"}` : " -";
  }
  for (const { action } of tools) key += view.can(action) ? " +" : " -";
  return user ? `${key} ${user.operator} ${user.tenants > 1}` : key;
}

/** What the gaps of the user menu are filled with, from the first to the last. */
const personOf = ({ path }: View, { name, tenantName, email }: ViewUser): string[] => [
  ...[name, tenantName, email],
  ...themes.map(() => path),
  ...locales.map(() => path),
];

const Frame = ({ view }: { view: View }) => (
  <Document view={view} title={gap} frame="shell">
    <header class="top">
      <div class="top-row">
        <a class="product" href="/" aria-label={`kompaktCRM: ${view.t("layout.home")}`}>
          kompakt<b>CRM</b>
        </a>
        <Sections view={view} />
        {gap}
        <a class="help-link" href={helpAddress(view.path)}>
          <Icon view={view} name="circle-question-mark" />
          <span class="visually-hidden">{view.t("help.here")}</span>
        </a>
        {gap}
        <UserMenu view={view} />
      </div>
    </header>
    <RequestFault view={view} />
    <main id="main" tabindex={-1}>{gap}</main>
    <Footer view={view} />
    <Dialogs view={view} />
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
  const back = { back: gap };
  return (
    <Menu view={view} label={gap} icon="circle-user">
      <li class="menu-person">
        <b>{gap}</b>
        <span>{gap}</span>
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
      {locales.map((locale) => (
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

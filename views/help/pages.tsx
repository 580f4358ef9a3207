/** The pages of the help: what there is, and one topic with its picture. */
import type { Child } from "hono/jsx";
import { path, query } from "../path.ts";
import { Filters, FilterText } from "../ui/filters.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import { Panel } from "../ui/panel.tsx";
import type { View } from "../view.ts";
import { pictureOf } from "./pictures.ts";
import { runsOf, textOf } from "./texts.ts";
import { type Topic, topics } from "./topics.ts";

/** The contents, searched or whole. */
export const HelpIndex = (
  { view, q, found }: { view: View; q: string; found: readonly Topic[] },
) => {
  const { t, locale } = view;
  return (
    <>
      <PageHeader view={view} title={t("help.title")} sub={t("help.lead")} />
      <Filters view={view} action="/help" active={Number(q !== "")}>
        <FilterText view={view} name="q" label={t("help.search")} value={q} />
      </Filters>
      {found.length === 0 ? <p>{t("help.nothing")}</p> : (
        <ul class="help-topics">
          {found.map((topic) => (
            <li>
              <a href={path`/help/${topic}`}>{t(`help.topic_${topic}`)}</a>
              <p>{textOf(locale, topic).lead}</p>
            </li>
          ))}
        </ul>
      )}
      <p class="hint">
        <a href="/keys">{t("keys.title")}</a>
        {" · "}
        <a href={query("/api", { lang: view.locale })}>{t("api.manual")}</a>
        {" · "}
        <a href="/accessibility">{t("accessibility.title")}</a>
      </p>
    </>
  );
};

/** One topic: what it is for, a picture, questions with their answers, and the other topics. */
export const HelpPage = ({ view, topic }: { view: View; topic: Topic }) => {
  const { t, locale } = view;
  const { lead, picture, parts } = textOf(locale, topic);
  return (
    <>
      <PageHeader
        view={view}
        title={t(`help.topic_${topic}`)}
        crumbs={[{ href: "/help", label: t("help.title") }]}
      />
      <div class="help">
        <p class="help-lead">{lead}</p>
        {picture ? <Picture view={view} topic={topic} alt={picture} /> : null}
        {parts.map(({ title, text, steps }) => (
          <Panel title={title}>
            {text
              ? (
                <p>
                  <Sentence view={view} text={text} />
                </p>
              )
              : null}
            {steps
              ? (
                <ol>
                  {steps.map((step) => (
                    <li>
                      <Sentence view={view} text={step} />
                    </li>
                  ))}
                </ol>
              )
              : null}
          </Panel>
        ))}
        <nav class="help-others" aria-label={t("help.others")}>
          {topics.filter((other) => other !== topic).map((other) => (
            <a href={path`/help/${other}`}>{t(`help.topic_${other}`)}</a>
          ))}
        </nav>
      </div>
    </>
  );
};

/** Closed until it is wanted: unopened, the browser does not load it. */
const Picture = ({ view, topic, alt }: { view: View; topic: Topic; alt: string }) => {
  const { name, width, height } = pictureOf(topic, view.locale);
  return (
    <details class="help-picture">
      <summary>{view.t("help.picture")}</summary>
      <img src={view.asset(name)} alt={alt} width={width} height={height} loading="lazy" />
    </details>
  );
};

const Sentence = ({ view, text }: { view: View; text: string }) => (
  <>
    {runsOf(view.t, text).map((run): Child => {
      if (run.kind === "plain") return run.text;
      if (run.kind === "code") return <code>{run.text}</code>;
      return run.href === null ? <b>{run.text}</b> : <a href={run.href}>{run.text}</a>;
    })}
  </>
);

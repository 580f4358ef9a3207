/** The manual of the API: how to use it, each request, each body, each error. */
import type { MessageKey } from "../i18n/translate.ts";
import { PageHeader } from "../ui/page_header.tsx";
import { TextTable } from "../ui/text_table.tsx";
import type { View } from "../view.ts";
import { type Described, Parameters, Request, type Schemas, SchemaTable } from "./schemas.tsx";

interface Operation {
  id: string;
  method: string;
  path: string;
  tag: string;
  scope: string | null;
  described: Described;
}

interface Props {
  view: View;
  address: string;
  operations: readonly Operation[];
  schemas: Schemas;
  parameters: Record<string, never>;
  problems: readonly { kind: string; status: number }[];
  /** Requests of a token in a minute. */
  most: number;
}

const chapters = [
  "access",
  "lists",
  "changes",
  "twice",
  "records",
  "limits",
  "faults",
] as const;

export const ApiManual = (props: Props) => {
  const { view, address, operations, schemas, problems, most } = props;
  const { t } = view;
  const tags = [...new Set(operations.map(({ tag }) => tag))];
  return (
    <div class="panel">
      <PageHeader view={view} title={t("api.manual")} />
      <p>{t("api.manual_text")}</p>
      <p>
        <code>{address}</code> · <a href="/api/openapi.json" data-hx-boost="false">OpenAPI 3.1</a>
      </p>
      <nav aria-label={t("api.contents")}>
        <p>
          {tags.map((tag) => (
            <>
              <a href={`#tag-${tag}`}>{t(`api.tag_${tag}` as MessageKey)}</a>
              {" · "}
            </>
          ))}
          <a href="#bodies">{t("api.bodies")}</a> · <a href="#problems">{t("api.problems")}</a>
        </p>
      </nav>
      {chapters.map((chapter) => (
        <section>
          <h2>{t(`api.${chapter}_title`)}</h2>
          <p>{t(`api.${chapter}_text`, { count: most })}</p>
        </section>
      ))}
      <pre><code>{example(address)}</code></pre>
      {tags.map((tag) => (
        <section>
          <h2 id={`tag-${tag}`}>{t(`api.tag_${tag}` as MessageKey)}</h2>
          {operations.filter((each) => each.tag === tag).map((each) => (
            <Entry {...props} operation={each} />
          ))}
        </section>
      ))}
      <section>
        <h2 id="bodies">{t("api.bodies")}</h2>
        {Object.entries(schemas).map(([name, schema]) => (
          <>
            <h3 id={`schema-${name}`}>{name}</h3>
            <SchemaTable view={view} name={name} schema={schema} />
          </>
        ))}
      </section>
      <section>
        <h2 id="problems">{t("api.problems")}</h2>
        <TextTable
          caption={t("api.problems")}
          head={[t("api.code"), t("api.status"), t("api.meaning")]}
          rows={problems.map(({ kind, status }) => [
            <code id={`problem-${kind}`}>{kind}</code>,
            String(status),
            `${t(`api.problem_${kind}_title` as MessageKey)}. ${
              t(`api.problem_${kind}_text` as MessageKey)
            }`,
          ])}
        />
      </section>
    </div>
  );
};

/** A request as it is typed, with what each needs. */
const example = (address: string) =>
  [
    `curl ${address}/contacts \\`,
    `  -H "Authorization: Bearer kcrm_…" -H "Content-Type: application/json" \\`,
    `  -H "Idempotency-Key: order-2026-0815" \\`,
    `  -d '{"lastName": "Muster", "origin": "inquiry", "legalBasis": "pre_contract"}'`,
  ].join("\n");

const Entry = ({ view, operation, parameters }: Props & { operation: Operation }) => {
  const { t } = view;
  const { id, method, path, scope, described } = operation;
  return (
    <details id={id} class="fold">
      <summary>
        <code>{method.toUpperCase()} {path}</code> {t(`api.op_${verbOf(id)}` as MessageKey)}
      </summary>
      <p>{scope === null ? t("api.any_scope") : t("api.needs_scope", { scope })}</p>
      <Parameters view={view} described={described} shared={parameters} />
      <Request view={view} described={described} />
    </details>
  );
};

/** What is done, whatever it is done to: `createContact` is `create`. */
function verbOf(id: string): string {
  if (/Files$/.test(id)) return "list_files";
  if (/^add/.test(id)) return "add_file";
  return /^[a-z]+/.exec(id)![0];
}

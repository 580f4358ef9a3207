/** Bodies and parameters of the API as tables, read from its own description. */
import type { Child } from "hono/jsx";
import { DescriptionList } from "../ui/descriptions.tsx";
import { TextTable } from "../ui/text_table.tsx";
import type { View } from "../view.ts";

/** As much of a JSON Schema as is shown. */
export interface Schema {
  $ref?: string;
  type?: string | readonly string[];
  format?: string;
  description?: string;
  enum?: readonly unknown[];
  anyOf?: readonly Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: readonly string[];
  maxLength?: number;
  maxItems?: number;
}
export type Schemas = Record<string, Schema>;

interface Parameter {
  $ref?: string;
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema: Schema;
}

interface Content {
  content?: Record<string, { schema: Schema }>;
}

/** As much of a described request as is shown. */
export interface Described {
  parameters: readonly Parameter[];
  requestBody?: Content;
  responses: Record<string, Content & { description: string }>;
}

const nameOf = (ref: string) => ref.split("/").at(-1)!;

/** What a field holds, in the words of the description itself. */
function kindOf(schema: Schema): Child {
  if (schema.$ref) {
    return <a href={`#schema-${nameOf(schema.$ref)}`}>{nameOf(schema.$ref)}</a>;
  }
  if (schema.enum) return <code>{schema.enum.map((each) => JSON.stringify(each)).join(" ")}</code>;
  if (schema.anyOf) {
    return <>{schema.anyOf.map((each, index) => <>{index > 0 ? " | " : ""}{kindOf(each)}</>)}</>;
  }
  if (schema.type === "array") return <>[ {kindOf(schema.items ?? {})} ]</>;
  const bound = schema.maxLength ? ` ≤ ${schema.maxLength}` : "";
  const types = [schema.type ?? "…"].flat().map((type) =>
    type === "string" ? schema.format ?? type : type
  );
  return <>{types.join(" | ")}{bound}</>;
}

const Fields = ({ view, caption, rows }: {
  view: View;
  caption: string;
  rows: readonly { name: string; needed: boolean; schema: Schema; text?: string }[];
}) => (
  <TextTable
    caption={caption}
    head={[view.t("api.field"), view.t("api.type"), view.t("api.meaning")]}
    rows={rows.map(({ name, needed, schema, text }) => [
      <>
        <code>{name}</code>
        {needed ? ` (${view.t("api.needed")})` : ""}
      </>,
      <>{kindOf(schema)}</>,
      <span lang="en">{text ?? "–"}</span>,
    ])}
  />
);

/** The fields of one body. */
export const SchemaTable = (
  { view, name, schema }: { view: View; name: string; schema: Schema },
) => {
  const needed = new Set(schema.required);
  const rows = Object.entries(schema.properties ?? {}).map(([field, each]) => ({
    name: field,
    needed: needed.has(field),
    schema: each,
    text: each.description,
  }));
  return <Fields view={view} caption={name} rows={rows} />;
};

/** What is sent beside a body. */
export const Parameters = ({ view, described, shared }: {
  view: View;
  described: Described;
  shared: Record<string, Parameter>;
}) => {
  const all = described.parameters.map((each) => each.$ref ? shared[nameOf(each.$ref)]! : each);
  if (all.length === 0) return null;
  return (
    <Fields
      view={view}
      caption={view.t("api.parameters")}
      rows={all.map(({ name, required = false, schema, description }) => ({
        name,
        needed: required,
        schema,
        text: description,
      }))}
    />
  );
};

/** The names of the bodies that go there and come back. */
export const Request = ({ view, described }: { view: View; described: Described }) => {
  const bodies = (content: Content["content"]) =>
    Object.entries(content ?? {}).map(([type, { schema }]) => (
      <>
        <code>{type}</code> {kindOf(schema)}
      </>
    ));
  const [status, response] = Object.entries(described.responses).find(([code]) => code < "300")!;
  const refusals = Object.entries(described.responses).filter(([code]) => code >= "400");
  const refused = refusals.map(([code, { description }]) => `${code} ${description}`);
  return (
    <DescriptionList
      items={[
        described.requestBody ? [view.t("api.sent"), bodies(described.requestBody.content)] : null,
        [view.t("api.answered"), <>{status} {bodies(response.content)}</>],
        [view.t("api.refused"), refused.join(" · ")],
      ]}
    />
  );
};

/** The page of tags: how often each is used, renaming, deleting. */
import type { CountedTag } from "../db/tags.ts";
import { path, query } from "./path.ts";
import { Button, PostButton } from "./ui/button.tsx";
import { EmptyState } from "./ui/empty.tsx";
import { TextField } from "./ui/field.tsx";
import { Form, type FormState } from "./ui/form.tsx";
import { PageHeader } from "./ui/page_header.tsx";
import { Progress } from "./ui/progress.tsx";
import { DataTable } from "./ui/table.tsx";
import type { View } from "./view.ts";

interface Props {
  view: View;
  tags: readonly CountedTag[];
  /** How far records are counted. */
  bound: number;
  /** The tag whose new name was refused, if one was. */
  refused: string | null;
  /** The form that renames a tag. */
  formOf: (tag: CountedTag) => FormState;
  /** Whether tags may be renamed and taken away. */
  writable: boolean;
}

/** All tags; users who may write get a form in each row. */
export const TagIndex = ({ view, tags, bound, refused, formOf, writable }: Props) => {
  const { t, format } = view;
  const often = (count: number) =>
    count > bound ? t("records.count_more", { count: bound }) : format.number(count);
  return (
    <>
      <PageHeader view={view} title={t("tags.title")} />
      <DataTable
        view={view}
        caption={t("tags.caption")}
        columns={[
          {
            key: "name",
            header: t("tags.name"),
            cell: (tag: CountedTag) =>
              tag.changing !== null
                ? <Changing view={view} tag={tag} refused={refused === tag.id} />
                : writable
                ? <Rename view={view} tag={tag} form={formOf(tag)} />
                : tag.name,
          },
          {
            key: "contacts",
            header: t("tags.contacts"),
            align: "end",
            cell: ({ id, contacts }) => (
              <a href={query("/contacts", { tag: id })}>{often(contacts)}</a>
            ),
          },
          {
            key: "companies",
            header: t("tags.companies"),
            align: "end",
            priority: 2,
            cell: ({ id, companies }) => (
              <a href={query("/companies", { tag: id })}>{often(companies)}</a>
            ),
          },
          {
            key: "deals",
            header: t("deals.title"),
            align: "end",
            priority: 2,
            cell: ({ id, deals }) => <a href={query("/deals", { tag: id })}>{often(deals)}</a>,
          },
          ...writable
            ? [{
              key: "delete",
              header: t("common.actions"),
              cell: ({ id, name, changing }: CountedTag) =>
                changing === null
                  ? (
                    <PostButton
                      view={view}
                      action={path`/tags/${id}/deletion`}
                      label={`${t("tags.delete")}: ${name}`}
                      icon="trash-2"
                      iconOnly
                      variant="quiet"
                    />
                  )
                  : null,
            }]
            : [],
        ]}
        rows={tags}
        empty={<EmptyState title={t("tags.empty_title")} text={t("tags.empty_text")} />}
      />
    </>
  );
};

/** How many of its carriers a tag's new name, or its end, has reached. */
const Changing = (
  { view, tag, refused }: { view: View; tag: CountedTag; refused: boolean },
) => {
  const { t, format } = view;
  const { name, changing, carriers, carriersDone } = tag;
  const detail = { done: format.number(carriersDone), total: format.number(carriers) };
  return (
    <div
      id={`tag-${tag.id}`}
      data-hx-get={view.path}
      data-hx-trigger="every 2s"
      data-hx-select={`#tag-${tag.id}`}
      data-hx-swap="outerHTML"
    >
      {name}
      <Progress
        label={t(`tags.${changing!}`)}
        value={carriersDone}
        max={carriers}
        detail={t("tags.reached", detail)}
      />
      {refused ? <p class="error" role="alert">{t("tags.changing")}</p> : null}
    </div>
  );
};

const Rename = (
  { view, tag, form }: { view: View; tag: CountedTag; form: FormState },
) => {
  const name = `names.${tag.id.replaceAll("-", "")}`;
  return (
    <Form view={view} form={form} action={path`/tags/${tag.id}`}>
      <div class="inline-form">
        <TextField
          view={view}
          form={form}
          name={name}
          label={view.t("tags.name")}
          hideLabel
          maxlength={60}
        />
        <Button view={view} label={view.t("tags.rename")} variant="quiet" />
      </div>
    </Form>
  );
};

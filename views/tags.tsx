/** The page of tags: how often each is used, renaming, deleting. */
import type { Page } from "../db/pages.ts";
import type { CountedTag } from "../db/tags.ts";
import { path, query } from "./path.ts";
import { Button, PostButton } from "./ui/button.tsx";
import { EmptyState } from "./ui/empty.tsx";
import { TextField } from "./ui/field.tsx";
import { Filters, FilterText } from "./ui/filters.tsx";
import { Form, type FormState } from "./ui/form.tsx";
import { PageHeader } from "./ui/page_header.tsx";
import { Pager } from "./ui/pager.tsx";
import { Progress } from "./ui/progress.tsx";
import { DataTable } from "./ui/table.tsx";
import type { View } from "./view.ts";

interface Props {
  view: View;
  page: Page<CountedTag>;
  /** What the names are to contain. */
  q: string;
  /** Where on the page of tags this is: forms lead back there. */
  place: Record<string, string | undefined>;
  /** How far records are counted. */
  bound: number;
  /** The tag whose new name was refused, if one was. */
  refused: string | null;
  /** The form that renames a tag. */
  formOf: (tag: CountedTag) => FormState;
  /** Whether tags may be renamed and taken away. */
  writable: boolean;
}

/** A page of tags; users who may write get a form in each row. */
export const TagIndex = (
  { view, page, q, place, bound, refused, formOf, writable }: Props,
) => {
  const { t, format } = view;
  const often = (count: number) =>
    count > bound ? t("records.count_more", { count: bound }) : format.number(count);
  return (
    <>
      <PageHeader view={view} title={t("tags.title")} />
      {q || page.next || page.previous
        ? (
          <Filters view={view} action="/tags" active={q ? 1 : 0}>
            <FilterText view={view} name="q" label={t("tags.name")} value={q} />
          </Filters>
        )
        : null}
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
                ? <Rename view={view} tag={tag} form={formOf(tag)} place={place} />
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
                      action={query(path`/tags/${id}/deletion`, place)}
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
        rows={page.rows}
        empty={q
          ? <EmptyState title={t("tags.none_found")} />
          : <EmptyState title={t("tags.empty_title")} text={t("tags.empty_text")} />}
      />
      <Pager
        view={view}
        previous={page.previous && query("/tags", { q: q || undefined, before: page.previous })}
        next={page.next && query("/tags", { q: q || undefined, after: page.next })}
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
  { view, tag, form, place }: {
    view: View;
    tag: CountedTag;
    form: FormState;
    place: Props["place"];
  },
) => {
  const name = `names.${tag.id.replaceAll("-", "")}`;
  return (
    <Form view={view} form={form} action={query(path`/tags/${tag.id}`, place)}>
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

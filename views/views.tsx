/** Saved views of the lists: the tabs above a list, and the form that saves or changes one. */
import type { Kind } from "../db/record_kinds.ts";
import type { ViewRow } from "../db/views.ts";
import { path, query } from "./path.ts";
import { type Asked, listParameters } from "./records/lists.tsx";
import { bases, nouns } from "./records/nouns.ts";
import { Button, LinkButton, PostButton } from "./ui/button.tsx";
import { Checkbox, HiddenField, TextField } from "./ui/field.tsx";
import { Form, FormActions, type FormState } from "./ui/form.tsx";
import { PageHeader } from "./ui/page_header.tsx";
import { Tabs } from "./ui/tabs.tsx";
import type { View } from "./view.ts";

/** The list's parameters as one text, the same for the same list: what a view keeps. */
export const keptQuery = (asked: Asked): string =>
  query("", listParameters({ ...asked, view: null })).slice(1);

/** The address of a kept view. */
export const viewHref = ({ kind, id, query: kept }: Pick<ViewRow, "kind" | "id" | "query">) =>
  query(`${bases[kind]}?${kept}`, { view: id });

/** The views above a list, and what can be done with the list as it is. */
export const ViewTabs = (
  { view, kind, asked, views }: {
    view: View;
    kind: Kind;
    asked: Asked;
    views: readonly ViewRow[];
  },
) => {
  const { t } = view;
  const base = bases[kind];
  const open = views.find(({ id }) => id === asked.view);
  const now = keptQuery(asked);
  const changed = open ? open.query !== now : now !== "";
  if (views.length === 0 && !changed) return null;
  const links = [
    { href: `${base}?view=all`, label: t("common.all"), current: !open },
    ...views.map((each) => ({
      href: viewHref(each),
      label: each.name,
      current: each.id === open?.id,
    })),
  ];
  return (
    <div class="views">
      {views.length > 0 ? <Tabs label={t("lists.views")} links={links} /> : null}
      {open
        ? (
          <LinkButton
            view={view}
            href={`${path`/views/${open.id}/edit`}?${now}`}
            label={t(changed ? "lists.view_changed" : "lists.view_edit")}
            variant="quiet"
            icon="pencil"
          />
        )
        : null}
      {changed
        ? (
          <LinkButton
            view={view}
            href={`/views/new?kind=${kind}&${now}`}
            label={t("lists.view_keep")}
            variant="quiet"
            icon="star"
          />
        )
        : null}
    </div>
  );
};

/** Name, who sees it, whether it opens by itself; and the way to throw it away. */
export const ViewForm = (
  { view, form, kind, old, mayWrite, differs }: {
    view: View;
    form: FormState;
    kind: Kind;
    /** The view to be changed; null for a new one. */
    old: ViewRow | null;
    /** Whether more than the default may be changed. */
    mayWrite: boolean;
    /** Whether the list now asks for something else than the view keeps. */
    differs: boolean;
  },
) => {
  const { t } = view;
  const base = bases[kind];
  return (
    <>
      <PageHeader
        view={view}
        title={old ? old.name : t("lists.view_keep")}
        crumbs={[{ href: old ? viewHref(old) : base, label: t(`${nouns[kind]}.title`) }]}
      />
      <Form view={view} form={form} labels={{ name: t("common.name") }}>
        <HiddenField name="query" value={String(form.values.query ?? "")} />
        {old ? null : <HiddenField name="kind" value={kind} />}
        {mayWrite
          ? (
            <>
              <TextField
                view={view}
                form={form}
                name="name"
                label={t("common.name")}
                required
                autofocus
                maxlength={60}
              />
              {view.can("contacts.write")
                ? (
                  <Checkbox
                    view={view}
                    form={form}
                    name="shared"
                    label={t("lists.view_shared")}
                    hint={t("lists.view_shared_hint")}
                  />
                )
                : null}
              {old && differs
                ? (
                  <Checkbox
                    view={view}
                    form={form}
                    name="renew"
                    label={t("lists.view_renew")}
                  />
                )
                : null}
            </>
          )
          : null}
        <Checkbox
          view={view}
          form={form}
          name="usual"
          label={t("lists.view_usual")}
          hint={t("lists.view_usual_hint")}
        />
        <FormActions>
          <Button view={view} label={t("common.save")} variant="primary" />
          <LinkButton
            view={view}
            href={old ? viewHref(old) : `${base}?${String(form.values.query ?? "")}`}
            label={t("common.cancel")}
            variant="quiet"
          />
        </FormActions>
      </Form>
      {old && mayWrite
        ? (
          <PostButton
            view={view}
            action={path`/views/${old.id}/deletion`}
            label={t("lists.view_delete")}
            icon="trash-2"
            variant="danger"
          />
        )
        : null}
    </>
  );
};

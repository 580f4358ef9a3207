/** Records side by side: what each of them says, and which of it to keep. */
import type { Candidate } from "../../db/merge_fields.ts";
import type { Kind } from "../../db/record_kinds.ts";
import { query } from "../path.ts";
import { labelOf as customLabel } from "../records/custom.tsx";
import { bases } from "../records/nouns.ts";
import { Button, LinkButton } from "../ui/button.tsx";
import { HiddenField } from "../ui/field.tsx";
import { Notice } from "../ui/flash.tsx";
import { Form, FormActions } from "../ui/form.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import { FieldLine, labelOf, ListRow, OwnRow, type Props } from "./lines.tsx";

/** The name a record goes by. */
const nameOf = (kind: Kind, { row }: Candidate): string =>
  (kind === "company"
    ? [row.name]
    : kind === "deal"
    ? [row.title]
    : [row.title, row.first_name, row.name_prefix, row.last_name, row.name_suffix])
    .filter(Boolean).join(" ");

/** The page: a column for each record, a line for each field. */
export const MergeForm = (props: Props) => {
  const { view, form, kind, candidates, lines, lists } = props;
  const { t } = view;
  const labels = Object.fromEntries([
    ...lines.map(({ field }) => [`choice.${field.name}`, labelOf(view, kind, field.name)]),
    ...props.own.map(({ field, name }) => [`choice.${name}`, customLabel(field, view.locale)]),
    ...lists.map(({ list }) => [`choice.${list}`, t(`merges.list_${list}`)]),
  ]);
  const oldest = candidates[0]!;
  const choosesAmount = lines.some(({ field, choices }) =>
    field.name === "amount" && choices.length > 1
  );
  return (
    <>
      <PageHeader
        view={view}
        title={t("merges.new")}
        crumbs={[{
          href: origin(kind),
          label: t(kind === "deal" ? "deals.title" : "duplicates.title"),
        }]}
        sub={t("merges.intro")}
      />
      <Form view={view} form={form} action="/merges/new" labels={labels}>
        <HiddenField name="id" value={props.id} />
        <HiddenField name="kind" value={kind} />
        {candidates.map(({ id, version }, n) => (
          <>
            <HiddenField name={`rows.${n}.id`} value={id} />
            <HiddenField name={`rows.${n}.version`} value={String(version)} />
          </>
        ))}
        <div class="merge-scroll" tabindex={0} role="region" aria-label={t("merges.caption")}>
          <table class="data merge-table">
            <caption class="visually-hidden">{t("merges.caption")}</caption>
            <thead>
              <tr>
                <th scope="col">{t("records.changed_field")}</th>
                {candidates.map((each) => (
                  <th scope="col">
                    <a href={`${bases[kind]}/${each.id}`}>{nameOf(kind, each)}</a>
                    <small>{t("merges.created", { date: view.format.date(each.createdAt) })}</small>
                    <a class="merge-take" href={takeHref(props, each.id)} data-refills>
                      {t("merges.take_all")}
                      <span class="visually-hidden">{`: ${nameOf(kind, each)}`}</span>
                    </a>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {lines.map((line) => <FieldLine {...props} line={line} />)}
              {props.own.map((line) => <OwnRow {...props} line={line} />)}
              {lists.map((line) => <ListRow {...props} line={line} />)}
            </tbody>
          </table>
        </div>
        <Notice
          view={view}
          kind="info"
          text={kind === "deal"
            ? t(choosesAmount ? "merges.consequence_deals" : "merges.consequence_deals_oldest")
            : t("merges.consequence", { name: nameOf(kind, oldest) })}
        />
        <FormActions>
          <Button
            view={view}
            label={t("merges.confirm", { count: candidates.length })}
            icon="merge"
            variant="primary"
          />
          <LinkButton
            view={view}
            href={origin(kind)}
            label={t("common.cancel")}
            variant="quiet"
          />
        </FormActions>
      </Form>
    </>
  );
};

/** Where one came from: deals are ticked in their list. */
const origin = (kind: Kind): string =>
  kind === "deal"
    ? "/deals"
    : query("/duplicates", { kind: kind === "contact" ? undefined : kind });

const takeHref = ({ kind, candidates }: Props, take: string) =>
  query("/merges/new", { kind, ids: candidates.map(({ id }) => id), take });

/** Who a request is about: contacts who may be meant, and where else the person is mentioned. */
import type { NamedCandidate } from "../../db/candidates.ts";
import type { Case } from "../../db/cases.ts";
import type { Findings, Hit } from "../../db/findings.ts";
import { isMessageKey } from "../i18n/translate.ts";
import { path } from "../path.ts";
import { Button } from "../ui/button.tsx";
import { Checkbox, CheckboxGroup, FieldRow, HiddenField, TextField } from "../ui/field.tsx";
import { Notice } from "../ui/flash.tsx";
import { Form, FormActions, type FormState } from "../ui/form.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import { Columns, Panel } from "../ui/panel.tsx";
import type { View } from "../view.ts";
import type { Desk } from "./desk.tsx";

interface Props {
  view: View;
  desk: Desk;
  found: Case;
  /** Null if no search was made. */
  findings: Findings | null;
  candidates: readonly NamedCandidate[];
  search: FormState;
  confirmation: FormState;
}

/** The page. */
export const FindingsPage = (props: Props) => {
  const { view, desk, found } = props;
  const { t } = view;
  return (
    <>
      <PageHeader
        view={view}
        title={t("findings.title")}
        sub={found.personName}
        crumbs={[
          { href: desk.base, label: t("cases.title") },
          { href: desk.base + path`/${found.id}`, label: found.number },
        ]}
      />
      <Columns aside={<SearchForm {...props} />}>
        <Confirmation {...props} />
      </Columns>
    </>
  );
};

const SearchForm = ({ view, desk, found, search }: Props) => {
  const { t } = view;
  const names = ["emails", "phones", "names", "numbers"] as const;
  const labels = Object.fromEntries(names.map((name) => [name, t(`findings.${name}`)]));
  return (
    <Panel title={t("findings.search")}>
      <Form
        view={view}
        form={search}
        action={desk.base + path`/${found.id}/findings`}
        labels={labels}
      >
        <p class="hint">{t("findings.search_hint")}</p>
        {names.map((name) => (
          <FieldRow>
            <TextField
              view={view}
              form={search}
              name={name}
              label={labels[name]!}
              size="full"
              maxlength={1_000}
            />
          </FieldRow>
        ))}
        <FormActions>
          <Button view={view} label={t("findings.search_again")} />
        </FormActions>
      </Form>
    </Panel>
  );
};

const Confirmation = ({ view, desk, found, findings, candidates, confirmation }: Props) => {
  const { t, format } = view;
  if (!findings?.searchedAt) {
    return <Notice view={view} kind="info" text={t("findings.under_way")} />;
  }
  const { hits, places, truncated, searchedAt, confirmedAt } = findings;
  const nothing = candidates.length + hits.length === 0;
  return (
    <>
      <p>
        {t("findings.searched", { at: format.dateTime(searchedAt), places })}
        {truncated ? ` ${t("findings.truncated")}` : ""}
      </p>
      {confirmedAt
        ? (
          <Notice
            view={view}
            kind="ok"
            text={t("findings.confirmed_at", { at: format.dateTime(confirmedAt) })}
          />
        )
        : null}
      <Form
        view={view}
        form={confirmation}
        action={desk.base + path`/${found.id}/findings/confirmation`}
        labels={{ ids: t("findings.candidates"), nobody: t("findings.nobody") }}
      >
        <ChoiceFields
          view={view}
          findings={findings}
          candidates={candidates}
          form={confirmation}
        />
        <FormActions>
          <Button
            view={view}
            label={t(nothing ? "findings.confirm_nobody" : "findings.confirm")}
            variant="primary"
          />
        </FormActions>
      </Form>
    </>
  );
};

/** The records that may be meant and the mentions, each to be ticked, within a form. */
export const ChoiceFields = ({ view, findings, candidates, form }: {
  view: View;
  findings: Findings;
  candidates: readonly NamedCandidate[];
  form: FormState;
}) => {
  const { t } = view;
  const { hits } = findings;
  return (
    <>
      <HiddenField name="searchedAt" value={findings.searchedAt!.toISOString()} />
      {candidates.length === 0 ? <p>{t("findings.no_candidates")}</p> : (
        <CheckboxGroup
          view={view}
          form={form}
          name="ids"
          label={t("findings.candidates")}
          options={candidates.map((each) => ({
            value: each.id,
            label: each.name,
            hint: about(view, each),
          }))}
        />
      )}
      {hits.length === 0 ? <p>{t("findings.no_hits")}</p> : (
        <CheckboxGroup
          view={view}
          form={form}
          name="hits"
          label={t("findings.hits")}
          options={hits.map((hit, place) => ({
            value: String(place),
            label: tableWord(view, hit.table),
            hint: where(view, hit),
          }))}
        />
      )}
      {candidates.length + hits.length === 0
        ? <HiddenField name="nobody" value="on" />
        : <Checkbox view={view} form={form} name="nobody" label={t("findings.nobody")} />}
      <p class="hint">{t("findings.files_hint")}</p>
    </>
  );
};

/** By what a contact was found, and what is known of it. */
const about = ({ t }: View, { by, detail, restricted, trashed }: NamedCandidate) =>
  [
    t("findings.by", { reasons: by.map((reason) => t(`findings.by_${reason}`)).join(", ") }),
    detail,
    restricted && t("findings.is_restricted"),
    trashed && t("findings.is_trashed"),
  ].filter(Boolean).join(" · ");

const tableWord = ({ t }: View, table: string) => {
  const key = `access.table_${table}`;
  if (isMessageKey(key)) return t(key);
  const own = `findings.table_${table}`;
  return isMessageKey(own) ? t(own) : table;
};

const where = ({ t }: View, { columns, key, lines }: Hit) =>
  lines === undefined
    ? columns.map((name) => {
      const word = `access.field_${name}`;
      const own = `findings.field_${name}`;
      return isMessageKey(word) ? t(word) : isMessageKey(own) ? t(own) : name;
    }).join(", ")
    : t("findings.lines", { name: String(key.name), count: lines });

/** What the page of a case says of it in a line, with the way there. */
export const FindingsSummary = ({ view, desk, found, findings }: {
  view: View;
  desk: Desk;
  found: Case;
  findings: Findings | null;
}) => {
  const { t } = view;
  const state = !findings?.searchedAt ? "under_way" : findings.confirmedAt ? "known" : "open";
  const counts = {
    candidates: findings?.confirmedAt
      ? findings.confirmedIds.length
      : findings?.candidates.length ?? 0,
    hits: findings?.confirmedAt ? findings.confirmedHits.length : findings?.hits.length ?? 0,
  };
  return (
    <Panel title={t("findings.title")}>
      <p>{t(`findings.summary_${state}`, counts)}</p>
      <p>
        <a href={desk.base + path`/${found.id}/findings`}>{t("findings.open")}</a>
      </p>
    </Panel>
  );
};

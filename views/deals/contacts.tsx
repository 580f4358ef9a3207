/** The page for choosing the people of a deal, giving them roles and removing them. */
import type { DealContact } from "../../db/deal_contacts.ts";
import type { Candidate } from "../../db/deal_persons.ts";
import { errorText } from "../i18n/translate.ts";
import { path } from "../path.ts";
import { Button, LinkButton, PostButton } from "../ui/button.tsx";
import { FilterText } from "../ui/filters.tsx";
import { ErrorSummary, fieldId, type FormState, valueOf } from "../ui/form.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import { Panel } from "../ui/panel.tsx";
import type { View } from "../view.ts";

interface Props {
  view: View;
  deal: { id: string; title: string };
  members: readonly DealContact[];
  /** What was looked for, and who fits; without a question the persons of the deal's company. */
  q: string;
  found: readonly Candidate[];
  /** What was sent and refused; empty where nothing was. */
  form: FormState;
}

/** The field for a person's role; each has a form of its own. */
export const roleName = (contactId: string): string => `role.${contactId}`;

/** The contacts in the deal, and below them contacts that can be added. */
export const DealContacts = ({ view, deal, members, q, found, form }: Props) => {
  const { t } = view;
  const back = path`/deals/${deal.id}`;
  return (
    <>
      <PageHeader
        view={view}
        title={t("deals.persons_edit")}
        crumbs={[
          { href: "/deals", label: t("deals.title") },
          { href: back, label: deal.title },
        ]}
      >
        <LinkButton view={view} href={back} label={t("deals.persons_done")} />
      </PageHeader>
      <ErrorSummary
        view={view}
        form={form}
        labels={Object.fromEntries(
          [...members, ...found].map(({ id, name }) => [roleName(id), roleOf(view, name)]),
        )}
      />
      <Panel title={t("deals.persons")} id="persons">
        {members.length === 0 ? <p>{t("deals.persons_none")}</p> : (
          <ul class="deal-persons">
            {members.map((member) => (
              <li>
                <Person {...{ view, deal, form, q }} person={member} role={member.role} />
                <PostButton
                  view={view}
                  action={path`/deals/${deal.id}/contacts/removal`}
                  fields={{ contactId: member.id }}
                  label={`${t("deals.person_remove")}: ${member.name}`}
                  icon="x"
                  iconOnly
                  variant="quiet"
                />
              </li>
            ))}
          </ul>
        )}
      </Panel>
      <Panel title={t("deals.persons_add")} id="add">
        <form
          class="toolbar"
          method="get"
          action={path`/deals/${deal.id}/contacts`}
          role="search"
          aria-label={t("deals.persons_search")}
        >
          <FilterText view={view} name="q" label={t("deals.persons_search")} value={q} />
          <Button view={view} label={t("layout.search_hint")} icon="search" />
        </form>
        {found.length === 0
          ? <p>{t(q === "" ? "deals.persons_hint" : "deals.persons_nothing")}</p>
          : (
            <ul class="deal-persons">
              {found.map((person) => (
                <li>
                  <Person {...{ view, deal, form, q }} person={person} role={null} />
                </li>
              ))}
            </ul>
          )}
      </Panel>
    </>
  );
};

const roleOf = ({ t }: View, name: string): string => `${t("deals.role")}: ${name}`;

/** A person with the role in a field; null for one who is not in the deal yet. */
const Person = ({ view, deal, form, person, role, q }: {
  view: View;
  deal: { id: string };
  form: FormState;
  person: Candidate;
  role: string | null;
  q: string;
}) => {
  const { t } = view;
  const fresh = role === null;
  const more = [person.company, person.email].filter(Boolean).join(" · ");
  const name = roleName(person.id);
  const error = form.errors[name];
  return (
    <form class="deal-person" method="post" action={path`/deals/${deal.id}/contacts`}>
      <input type="hidden" name="contactId" value={person.id} />
      {fresh && q ? <input type="hidden" name="q" value={q} /> : null}
      <span class="deal-person-name">
        <a href={path`/contacts/${person.id}`}>{person.name}</a>
        {more ? <small>{more}</small> : null}
      </span>
      <input
        type="text"
        name="role"
        id={fieldId(name)}
        value={form.values[name] === undefined ? role ?? "" : valueOf(form, name)}
        maxlength={100}
        placeholder={t("deals.role")}
        aria-label={roleOf(view, person.name)}
        aria-invalid={error ? "true" : undefined}
        aria-describedby={error ? `${fieldId(name)}-error` : undefined}
        autocomplete="off"
      />
      <Button
        view={view}
        label={t(fresh ? "deals.person_add" : "deals.person_role")}
        icon={fresh ? "plus" : undefined}
        variant={fresh ? "plain" : "quiet"}
      />
      {error ? <p class="error" id={`${fieldId(name)}-error`}>{errorText(t, error)}</p> : null}
    </form>
  );
};

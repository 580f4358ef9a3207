/** One breach: its countdown, its form, the customers affected. */
import type { Authority } from "../../db/authorities.ts";
import type { Delivery } from "../../db/incident_deliveries.ts";
import type { Customer, Incident } from "../../db/incidents.ts";
import type { IncidentContent, Versions } from "../../db/register_versions.ts";
import { path } from "../path.ts";
import { Badge } from "../ui/badge.tsx";
import { Button, LinkButton, PostButton } from "../ui/button.tsx";
import { DescriptionList } from "../ui/descriptions.tsx";
import { Checkbox, TextArea } from "../ui/field.tsx";
import { Form, FormActions, type FormState } from "../ui/form.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import { Panel } from "../ui/panel.tsx";
import { DataTable } from "../ui/table.tsx";
import type { View } from "../view.ts";
import { Fields } from "./form.tsx";
import { home, State } from "./state.tsx";
import { IncidentVersions } from "./versions.tsx";

/** How much of the 72 hours is left, in whole hours; negative when they are over. */
const hoursLeft = (view: View, deadline: Date) =>
  Math.floor((deadline.getTime() - view.now.getTime()) / 3_600_000);

interface PageProps {
  view: View;
  incident: Incident;
  deadline: Date;
  customers: readonly Customer[];
  /** The letters to persons, by what became of them. */
  letters: Readonly<Record<Delivery, number>>;
  versions: Versions<IncidentContent>;
  authority: Authority | null;
  form: FormState;
  customersForm: FormState;
}

export const IncidentPage = (props: PageProps) => {
  const { view, incident, deadline, authority, form, letters } = props;
  const { t, format } = view;
  const base = path`/operator/incidents/${incident.id}`;
  const left = hoursLeft(view, deadline);
  const running = incident.toldAt === null && incident.closedAt === null;
  return (
    <>
      <PageHeader
        view={view}
        title={incident.title}
        crumbs={[{ href: home, label: t("operator.incidents") }]}
        marks={<State view={view} incident={incident} />}
      >
        <LinkButton
          view={view}
          href={`${base}/notification.pdf`}
          label={t("incidents.draft")}
          icon="download"
          download
        />
        {incident.toldAt === null
          ? <PostButton view={view} action={`${base}/notification`} label={t("incidents.mark")} />
          : null}
        {incident.closedAt === null
          ? <PostButton view={view} action={`${base}/closing`} label={t("incidents.close")} />
          : null}
      </PageHeader>
      <DescriptionList
        items={[
          [
            t("incidents.deadline"),
            <>
              {format.dateTime(deadline)} {running
                ? Badge({
                  label: left < 0
                    ? t("incidents.over")
                    : t("incidents.hours_left", { count: left }),
                  tone: left < 12 ? "danger" : "warn",
                })
                : null}
            </>,
          ],
          [
            t("incidents.letters_told"),
            incident.notifiedPersons > 0 && lettersText(view, letters),
          ],
          [t("incidents.told"), incident.toldAt && format.dateTime(incident.toldAt)],
          [
            t("incidents.authority"),
            authority
              ? [authority.name, authority.email, authority.phone].filter(Boolean).join(", ")
              : t("incidents.authority_unknown"),
          ],
        ]}
      />
      {incident.closedAt === null
        ? <Fields view={view} form={form} action={base} />
        : <Facts view={view} incident={incident} />}
      <Customers {...props} />
      <IncidentVersions view={view} id={incident.id} versions={props.versions} />
    </>
  );
};

/** What is kept of a breach that is closed. */
const Facts = ({ view, incident }: Pick<PageProps, "view" | "incident">) => {
  const { t, format } = view;
  return (
    <DescriptionList
      items={[
        [t("incidents.noticed"), format.dateTime(incident.noticedAt)],
        [t("incidents.persons"), format.number(incident.persons)],
        [t("incidents.dataRecords"), format.number(incident.dataRecords)],
        [t("incidents.nature"), <p>{incident.nature}</p>],
        [t("incidents.consequences"), incident.consequences && <p>{incident.consequences}</p>],
        [t("incidents.measures"), incident.measures && <p>{incident.measures}</p>],
        [t("incidents.risk"), t(`incidents.risk_${incident.risk}`)],
        [t("incidents.reason"), incident.reason && <p>{incident.reason}</p>],
      ]}
    />
  );
};

/** How many letters to persons have left, are on their way, or failed. */
function lettersText({ t, format }: View, letters: PageProps["letters"]): string {
  const said = (["sent", "queued", "failed"] as const).filter((state) => letters[state] > 0)
    .map((state) => `${format.number(letters[state])} ${t(`incidents.delivery_${state}`)}`);
  return said.join(" · ");
}

const tones = { queued: "neutral", sent: "ok", failed: "danger" } as const;

/** Told is a customer once a letter has left. */
const Told = ({ view, customer }: { view: View; customer: Customer }) => {
  const { t, format } = view;
  const { delivery, sentAt, toldAt, failed } = customer;
  if (delivery === null) return null;
  const at = delivery === "sent" ? sentAt ?? toldAt : null;
  return (
    <>
      <Badge label={t(`incidents.delivery_${delivery}`)} tone={tones[delivery]} />
      {at ? ` ${format.dateTime(at)}` : null}
      {delivery === "sent" && failed > 0
        ? ` · ${t("incidents.failed_some", { count: failed })}`
        : null}
    </>
  );
};

const Customers = ({ view, incident, customers, letters, customersForm: form }: PageProps) => {
  const { t } = view;
  const base = path`/operator/incidents/${incident.id}`;
  const { failedCustomers: failed } = incident;
  const open = incident.untoldCustomers + failed > 0;
  return (
    <Panel title={t("incidents.customers")} id="customers" count={String(incident.customers)}>
      <DataTable<Customer>
        view={view}
        caption={t("incidents.customers")}
        rows={customers}
        empty={<p>{t("incidents.customers_empty")}</p>}
        columns={[
          { key: "name", header: t("operator.tenant"), heading: true, cell: ({ name }) => name },
          { key: "slug", header: t("incidents.slug"), priority: 2, cell: ({ slug }) => slug },
          {
            key: "told",
            header: t("incidents.told"),
            cell: (customer) => <Told view={view} customer={customer} />,
          },
        ]}
      />
      {failed + letters.failed > 0
        ? (
          <p>
            {t("incidents.failed_hint")} <a href="/operator/mails">{t("incidents.failed_mails")}</a>
          </p>
        )
        : null}
      {open
        ? <PostButton view={view} action={`${base}/notices`} label={t("incidents.tell")} />
        : null}
      {!open && incident.changedSince
        ? (
          <>
            <p>{t("incidents.supplement_hint")}</p>
            <PostButton
              view={view}
              action={`${base}/supplements`}
              label={t("incidents.supplement")}
            />
          </>
        )
        : null}
      {incident.risk === "high" && incident.customers > 0 &&
          (incident.closedAt === null || incident.measures && incident.consequences)
        ? (
          <>
            <p>{t("incidents.letters_hint")}</p>
            <PostButton view={view} action={`${base}/letters`} label={t("incidents.letters")} />
          </>
        )
        : null}
      <Form
        view={view}
        form={form}
        labels={{ slugs: t("incidents.slugs") }}
        action={`${base}/customers`}
      >
        <TextArea
          view={view}
          form={form}
          name="slugs"
          label={t("incidents.slugs")}
          hint={t("incidents.slugs_hint")}
          rows={2}
        />
        <Checkbox view={view} form={form} name="all" label={t("incidents.all")} />
        <FormActions>
          <Button view={view} label={t("incidents.add_customers")} />
        </FormActions>
      </Form>
    </Panel>
  );
};

/** The register of breaches: the list with signs of the last day, one breach, its draft and deeds. */
import type { Authority } from "../db/authorities.ts";
import type { Signs } from "../db/incident_signs.ts";
import type { Customer, Incident, Risk } from "../db/incidents.ts";
import type { Provider } from "../db/provider.ts";
import { OperatorHead } from "./operator.tsx";
import { path, query } from "./path.ts";
import { Badge } from "./ui/badge.tsx";
import { Button, LinkButton, PostButton } from "./ui/button.tsx";
import { DescriptionList } from "./ui/descriptions.tsx";
import {
  Checkbox,
  DateField,
  FieldRow,
  HiddenField,
  NumberField,
  RadioGroup,
  TextArea,
  TextField,
  TimeField,
} from "./ui/field.tsx";
import { Form, FormActions, type FormState, valueOf } from "./ui/form.tsx";
import { PageHeader } from "./ui/page_header.tsx";
import { Pager } from "./ui/pager.tsx";
import { Panel } from "./ui/panel.tsx";
import { DataTable } from "./ui/table.tsx";
import type { View } from "./view.ts";

const home = "/operator/incidents";
const risks: readonly Risk[] = ["none", "risk", "high"];

/** How much of the 72 hours is left, in whole hours; below nought when they are over. */
const hoursLeft = (view: View, deadline: Date) =>
  Math.floor((deadline.getTime() - view.now.getTime()) / 3_600_000);

const State = ({ view, incident }: { view: View; incident: Incident }) => {
  const state = incident.closedAt ? "closed" : incident.toldAt ? "reported" : "open";
  const tone = state === "open" ? "danger" : state === "reported" ? "warn" : "neutral";
  return Badge({ label: view.t(`incidents.state_${state}`), tone });
};

export const IncidentIndex = (
  { view, incidents, next, signs }: {
    view: View;
    incidents: readonly Incident[];
    next: string | null;
    signs: Signs;
  },
) => {
  const { t, format } = view;
  return (
    <>
      <OperatorHead view={view} current="incidents" />
      <div class="form-actions">
        <LinkButton view={view} href={`${home}/new`} label={t("incidents.new")} icon="plus" />
      </div>
      <DataTable<Incident>
        view={view}
        caption={t("operator.incidents")}
        rows={incidents}
        empty={<p>{t("incidents.empty")}</p>}
        columns={[
          {
            key: "title",
            header: t("incidents.title"),
            heading: true,
            cell: ({ id, title }) => <a href={path`/operator/incidents/${id}`}>{title}</a>,
          },
          {
            key: "noticed",
            header: t("incidents.noticed"),
            cell: ({ noticedAt }) => format.dateTime(noticedAt),
          },
          {
            key: "risk",
            header: t("incidents.risk"),
            priority: 2,
            cell: ({ risk }) => t(`incidents.risk_${risk}`),
          },
          {
            key: "customers",
            header: t("incidents.customers"),
            align: "end",
            priority: 2,
            cell: ({ customers, toldCustomers }) => `${toldCustomers} / ${customers}`,
          },
          {
            key: "state",
            header: t("proofs.state"),
            cell: (incident) => <State view={view} incident={incident} />,
          },
        ]}
      />
      <Pager
        view={view}
        previous={view.path.includes("after=") ? home : null}
        next={next ? query(home, { after: next }) : null}
      />
      <Panel title={t("incidents.signs")} id="signs">
        <DescriptionList
          items={[
            [t("incidents.sign_guessed"), format.number(signs.guessed)],
            [t("incidents.sign_scattered"), format.number(signs.scattered)],
          ]}
        />
        <DataTable<Signs["exports"][number]>
          view={view}
          caption={t("incidents.sign_exports")}
          rows={signs.exports}
          empty={<p>{t("incidents.signs_empty")}</p>}
          columns={[
            {
              key: "customer",
              header: t("operator.tenant"),
              heading: true,
              cell: ({ tenantName }) => tenantName,
            },
            {
              key: "user",
              header: t("incidents.user"),
              priority: 2,
              cell: ({ userId }) => <code>{userId ?? ""}</code>,
            },
            {
              key: "exports",
              header: t("incidents.exports"),
              align: "end",
              cell: ({ exports }) => format.number(exports),
            },
            {
              key: "rows",
              header: t("incidents.rows"),
              align: "end",
              cell: ({ rowSum }) => format.number(rowSum),
            },
          ]}
        />
      </Panel>
    </>
  );
};

/** A new breach. */
export const IncidentForm = ({ view, form }: { view: View; form: FormState }) => (
  <>
    <PageHeader
      view={view}
      title={view.t("incidents.new")}
      crumbs={[{ href: home, label: view.t("operator.incidents") }]}
    />
    <Fields view={view} form={form} action={`${home}/new`} />
  </>
);

const Fields = ({ view, form, action }: { view: View; form: FormState; action: string }) => {
  const { t } = view;
  const names = [
    "title",
    "noticedOn",
    "noticedTime",
    "nature",
    "persons",
    "dataRecords",
    "consequences",
    "measures",
    "risk",
    "reason",
  ] as const;
  const labels = Object.fromEntries(names.map((name) => [name, t(`incidents.${name}`)]));
  const field = (name: typeof names[number]) => ({ view, form, name, label: labels[name]! });
  return (
    <Form view={view} form={form} labels={labels} action={action}>
      <HiddenField name="id" value={valueOf(form, "id")} />
      <TextField
        {...field("title")}
        hint={t("incidents.title_hint")}
        size="full"
        maxlength={200}
        required
      />
      <FieldRow>
        <DateField {...field("noticedOn")} hint={t("incidents.noticed_hint")} required />
        <TimeField {...field("noticedTime")} required />
        <NumberField {...field("persons")} inputmode="numeric" />
        <NumberField {...field("dataRecords")} inputmode="numeric" />
      </FieldRow>
      <TextArea {...field("nature")} hint={t("incidents.nature_hint")} maxlength={5000} required />
      <TextArea {...field("consequences")} maxlength={5000} />
      <TextArea {...field("measures")} maxlength={5000} />
      <RadioGroup
        {...field("risk")}
        hint={t("incidents.risk_hint")}
        options={risks.map((value) => ({ value, label: t(`incidents.risk_${value}`) }))}
        required
      />
      <TextArea {...field("reason")} hint={t("incidents.reason_hint")} rows={2} maxlength={5000} />
      <FormActions>
        <Button view={view} label={t("common.save")} variant="primary" />
      </FormActions>
    </Form>
  );
};

interface PageProps {
  view: View;
  incident: Incident;
  deadline: Date;
  customers: readonly Customer[];
  authority: Authority | null;
  form: FormState;
  customersForm: FormState;
}

export const IncidentPage = (props: PageProps) => {
  const { view, incident, deadline, authority, form } = props;
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
          [t("incidents.told"), incident.toldAt && format.dateTime(incident.toldAt)],
          [
            t("incidents.authority"),
            authority
              ? [authority.name, authority.email, authority.phone].filter(Boolean).join(", ")
              : t("incidents.authority_unknown"),
          ],
        ]}
      />
      {incident.closedAt === null ? <Fields view={view} form={form} action={base} /> : null}
      <Customers {...props} />
    </>
  );
};

const Customers = ({ view, incident, customers, customersForm: form }: PageProps) => {
  const { t, format } = view;
  const base = path`/operator/incidents/${incident.id}`;
  const open = incident.customers > incident.toldCustomers;
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
            cell: ({ toldAt }) => toldAt && format.dateTime(toldAt),
          },
        ]}
      />
      {open
        ? <PostButton view={view} action={`${base}/notices`} label={t("incidents.tell")} />
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

/** The draft's parts, in the order of Art. 33(3) GDPR. */
export function draftOf(
  { t, format }: View,
  { incident, provider, authority, deadline }: {
    incident: Incident;
    provider: Provider | null;
    authority: Authority | null;
    deadline: Date;
  },
) {
  const part = (title: string, ...paragraphs: string[]) => ({
    title,
    paragraphs: paragraphs.filter(Boolean),
  });
  return [
    part(
      t("incidents.authority"),
      authority ? `${authority.name}, ${authority.address}` : t("incidents.authority_unknown"),
    ),
    part(
      t("incidents.draft_controller"),
      provider
        ? `${provider.name} ${provider.legalForm}, ${provider.street}, ${provider.postalCode} ${provider.city}`
        : "",
      provider ? `${provider.dpoName}, ${provider.dpoEmail}` : "",
    ),
    part(
      t("incidents.noticed"),
      format.dateTime(incident.noticedAt),
      `${t("incidents.deadline")}: ${format.dateTime(deadline)}`,
    ),
    part(
      t("incidents.nature"),
      incident.nature,
      `${t("incidents.persons")}: ${format.number(incident.persons)}`,
      `${t("incidents.dataRecords")}: ${format.number(incident.dataRecords)}`,
    ),
    part(t("incidents.consequences"), incident.consequences || "–"),
    part(t("incidents.measures"), incident.measures || "–"),
    part(t("incidents.reason"), incident.reason || "–"),
  ];
}

/** Pages for the tests of looks: every piece of views/ui at work on believable, invented data. */

import { actions } from "../../db/roles.ts";
import { formatter } from "../../views/format.ts";
import { type Locale, translator } from "../../views/i18n/translate.ts";
import { path, query } from "../../views/path.ts";
import { Badge, Tags } from "../../views/ui/badge.tsx";
import { Button, LinkButton, PostButton } from "../../views/ui/button.tsx";
import { DescriptionList } from "../../views/ui/descriptions.tsx";
import { EmptyState } from "../../views/ui/empty.tsx";
import * as field from "../../views/ui/field.tsx";
import { Filters, FilterSelect, FilterText } from "../../views/ui/filters.tsx";
import { Notice } from "../../views/ui/flash.tsx";
import { emptyForm, Form, FormActions, type FormState } from "../../views/ui/form.tsx";
import { HistoryList } from "../../views/ui/history.tsx";
import { Menu, MenuLink, MenuPost } from "../../views/ui/menu.tsx";
import { PageHeader } from "../../views/ui/page_header.tsx";
import { Pager } from "../../views/ui/pager.tsx";
import { Columns, Panel } from "../../views/ui/panel.tsx";
import { Progress, StepList } from "../../views/ui/progress.tsx";
import { Rows } from "../../views/ui/rows.tsx";
import { DataTable } from "../../views/ui/table.tsx";
import { Tabs } from "../../views/ui/tabs.tsx";
import { Money, Time } from "../../views/ui/values.tsx";
import type { Theme, View } from "../../views/view.ts";

export const fixedNow = new Date(Date.UTC(2026, 10, 23, 9, 30));
const hoursAgo = (hours: number) => new Date(fixedNow.getTime() - hours * 3_600_000);

interface ViewChoice {
  asset: (name: string) => string;
  path: string;
  theme?: Theme;
  locale?: Locale;
  signedIn?: boolean;
}

/** A view as a request would make it, for an owner with every right. */
export function viewOf({ asset, path, theme = "auto", locale = "de", signedIn }: ViewChoice): View {
  return {
    t: translator(locale),
    locale,
    format: formatter(locale, fixedNow),
    can: (action) => signedIn !== false && actions.includes(action),
    shows: () => true,
    edits: () => true,
    hides: false,
    fixed: () => [],
    now: fixedNow,
    path,
    theme,
    asset,
    flash: null,
    policy: null,
    user: signedIn === false ? null : {
      operator: false,
      name: "Annegret Petersen",
      email: "annegret.petersen@nordwerk.example",
      role: "owner",
      tenantName: "Nordwerk Handel GmbH",
      tenantSlug: "nordwerk",
      tenants: 2,
      unread: 3,
    },
  };
}

const first = ["Sabine", "Jörg", "Marie-Luise", "Çağla", "Holger", "Brigitte", "Søren", "Wojciech"];
const last = [
  "Röder",
  "Schmidt-Wagenknecht",
  "Groß",
  "von der Heide",
  "Öztürk",
  "Meyer",
  "Łukaszewska",
];
const companies = [
  "Hansen & Söhne Maschinenbau GmbH",
  "Bäckerei Krüger e.K.",
  "Rheintal Logistik AG",
  "Stadtwerke Müggelheim",
  "Fischer Elektrotechnik GmbH & Co. KG",
];
const places = ["20457 Hamburg", "04109 Leipzig", "79098 Freiburg im Breisgau", "10115 Berlin"];
const tags = [["Messe 2026", "Einkauf"], ["Stammkunde"], [], ["Newsletter", "Bauwesen", "A-Kunde"]];
const nth = <T,>(list: readonly T[], i: number) => list[i % list.length]!;

/** Fifty persons nobody is. */
const people = Array.from({ length: 50 }, (_, i) => ({
  id: `c${i}`,
  name: `${nth(last, i * 3)}, ${nth(first, i)}`,
  company: nth(companies, i * 2),
  position: nth(["Einkaufsleitung", "Geschäftsführung", "Buchhaltung"], i),
  email: `${["s.roeder", "info", "einkauf", "m.l.gross"][i % 4]}@${
    ["hansen-soehne", "krueger", "rheintal"][i % 3]
  }.example`,
  phone: `+49${["4030208811", "34199887766", "7614556677"][i % 3]}`,
  place: nth(places, i),
  tags: nth(tags, i),
  touched: hoursAgo(2 + i * 31),
  lead: i % 6 === 1,
}));

const options = (...labels: string[]) => labels.map((label) => ({ value: label, label }));

export const ListPage = ({ view }: { view: View }) => (
  <>
    <PageHeader view={view} title="Kontakte" sub="1.987 Einträge">
      <LinkButton view={view} href="/imports/new" label="Importieren" icon="upload" />
      <Menu view={view} label="Exportieren" icon="download">
        <MenuLink href="/contacts.csv" label="CSV" download />
        <MenuLink href="/contacts.vcf" label="vCard" download />
      </Menu>
      <LinkButton
        view={view}
        href="/contacts/new"
        label="Neuer Kontakt"
        icon="plus"
        variant="primary"
      />
    </PageHeader>
    <Filters view={view} action="/contacts" active={1}>
      <FilterText view={view} name="text" label="Name, Firma, Ort …" value="" />
      <FilterSelect
        view={view}
        name="tag"
        label="Schlagwort"
        value="Messe 2026"
        options={options("Messe 2026", "Stammkunde")}
      />
      <FilterSelect view={view} name="owner" label="Zuständig" value="" options={options("Vera")} />
      <FilterSelect view={view} name="status" label="Status" value="" options={options("Lead")} />
    </Filters>
    <form id="bulk" method="post" action="/bulk" class="toolbar">
      <Button view={view} label="Schlagwort zuweisen" icon="tag" />
      <Button view={view} label="In den Papierkorb" icon="trash-2" variant="danger" />
    </form>
    <div>
      <DataTable
        view={view}
        caption="Kontakte, nach Namen"
        rows={people}
        rowId={(row) => `contact-${row.id}`}
        href={(row) => path`/contacts/${row.id}`}
        phoneLine={(row) => `${row.company} · ${row.place}`}
        selection={{
          form: "bulk",
          name: "ids",
          value: (row) => row.id,
          label: (row) => row.name,
        }}
        sorting={{
          by: "name",
          direction: "asc",
          href: (sort, direction) => query("/contacts", { sort, direction }),
        }}
        columns={[
          {
            key: "name",
            header: "Name",
            sort: "name",
            cell: (row) => row.name,
          },
          { key: "company", header: "Firma", priority: 2, cell: (row) => row.company },
          {
            key: "email",
            header: "E-Mail",
            priority: 3,
            cell: (row) => <a href={`mailto:${row.email}`}>{row.email}</a>,
          },
          {
            key: "phone",
            header: "Telefon",
            priority: 2,
            cell: (row) => <a href={`tel:${row.phone}`}>{view.format.phone(row.phone)}</a>,
          },
          { key: "place", header: "Ort", priority: 3, cell: (row) => row.place },
          {
            key: "tags",
            header: "Schlagwörter",
            priority: 3,
            cell: (row) => (
              <>
                {row.lead ? <Badge label="Lead" tone="accent" /> : null} <Tags tags={row.tags} />
              </>
            ),
          },
          {
            key: "touched",
            header: "Letzter Kontakt",
            sort: "touched",
            align: "end",
            cell: (row) => <Time view={view} moment={row.touched} as="relative" />,
          },
        ]}
      />
      <Pager view={view} previous={null} next="/contacts?after=x" shown="50 Einträge" />
    </div>
  </>
);

export const RecordPage = ({ view }: { view: View }) => (
  <>
    <PageHeader
      view={view}
      title="Dr. Sabine von der Heide"
      crumbs={[{ href: "/contacts", label: "Kontakte" }]}
      marks={
        <>
          <Badge label="Stammkunde" /> <Badge label="Widerspruch Telefon" tone="warn" />
        </>
      }
      sub="Einkaufsleitung, Hansen & Söhne Maschinenbau GmbH"
    >
      <LinkButton
        view={view}
        href="/contacts/new"
        label="Bearbeiten"
        icon="pencil"
        variant="primary"
      />
      <Menu view={view} label="Weitere Aktionen" iconOnly>
        <MenuLink href="/contacts/c1.vcf" label="Als vCard herunterladen" download />
        <MenuPost action="/contacts/c1/trash" label="In den Papierkorb" danger />
      </Menu>
    </PageHeader>
    <Columns
      aside={
        <>
          <Panel title="Datenschutz">
            <DescriptionList
              items={[
                ["Herkunft", "Messekontakt, Hannover Messe 2026"],
                ["Rechtsgrundlage", "Vertragsanbahnung"],
                ["Zweck", "Angebot und Belieferung"],
                ["Informiert am", <Time view={view} moment="2026-05-04" />],
                ["Aufbewahren bis", <Time view={view} moment="2034-12-31" />],
                ["Telefonwerbung", <Badge label="widersprochen" tone="danger" />],
              ]}
            />
          </Panel>
          <Panel title="Verlauf" count="4">
            <HistoryList
              view={view}
              entries={[
                {
                  at: hoursAgo(3),
                  who: "Annegret Petersen",
                  what: "Telefonnummer geändert",
                  detail: "040 302088-10 → 040 302088-11",
                },
                { at: hoursAgo(30), who: "Bob Winter", what: "Schlagwort „Einkauf“ vergeben" },
                { at: hoursAgo(800), who: "Import", what: "Aus „messe-hannover.csv“ angelegt" },
              ]}
            />
          </Panel>
        </>
      }
    >
      <Panel title="Erreichbar">
        <DescriptionList
          columns={2}
          items={[
            ["E-Mail", <a href="mailto:s@hansen.example">sabine.vonderheide@hansen.example</a>],
            [
              "Telefon (Büro)",
              <a href="tel:+494030208811">{view.format.phone("+494030208811")}</a>,
            ],
            ["Mobil", <a href="tel:+491711234567">{view.format.phone("+491711234567")}</a>],
            ["Besuchsadresse", "Am Sandtorkai 41, 20457 Hamburg"],
            ["Rechnungsadresse", "Postfach 11 08 20, 20408 Hamburg"],
            ["Website", <a href="https://hansen.example">hansen.example</a>],
          ]}
        />
      </Panel>
      <Panel title="Person">
        <DescriptionList
          columns={2}
          items={[
            ["Briefanrede", "Sehr geehrte Frau Dr. von der Heide,"],
            ["Anredeform", "Sie"],
            ["Sprache", "Deutsch"],
            ["Zuständig", "Bob Winter"],
            ["Umsatz 2026", <Money view={view} cents={1_284_990} />],
            [
              "Schlagwörter",
              <Tags tags={["Messe 2026", "A-Kunde"]} href={(tag) => query("/contacts", { tag })} />,
            ],
            null,
          ]}
        />
      </Panel>
      <Panel
        title="Firmen"
        count="2"
        actions={
          <LinkButton view={view} href="/link" label="Verknüpfen" icon="plus" variant="quiet" />
        }
      >
        <DataTable
          view={view}
          caption="Firmen dieser Person"
          rows={companies.slice(0, 2)}
          href={() => "/companies/1"}
          columns={[
            { key: "name", header: "Firma", cell: (name) => name },
            { key: "role", header: "Rolle", cell: () => "Einkaufsleitung" },
            { key: "since", header: "Seit", priority: 2, cell: () => "2019" },
          ]}
        />
      </Panel>
      <Panel title="Notizen">
        <p>Bevorzugt Anrufe vormittags. Lieferungen nur über Tor 3, Anmeldung bei der Pforte.</p>
      </Panel>
    </Columns>
  </>
);

/** A form that came back with faults. */
export const faulty: FormState = {
  values: {
    first: "Sabine",
    last: "",
    language: "de",
    "emails.0.address": "sabine@hansen",
    "emails.0.kind": "work",
    "emails.1.": "",
    "phones.0.number": "040 302088-11",
    note: "Bevorzugt Anrufe vormittags.",
    channels: ["mail"],
  },
  errors: { last: "required", "emails.0.address": "email", legal_basis: "required" },
};

export const FormPage = ({ view, form = faulty }: { view: View; form?: FormState }) => {
  const common = { view, form };
  return (
    <>
      <PageHeader
        view={view}
        title="Kontakt bearbeiten"
        crumbs={[{ href: "/contacts", label: "Kontakte" }, {
          href: "/c/1",
          label: "von der Heide",
        }]}
      />
      <Form
        {...common}
        labels={{ last: "Nachname", "emails.address": "E-Mail", legal_basis: "Rechtsgrundlage" }}
      >
        <field.Fieldset legend="Person">
          <field.FieldRow>
            <field.Select
              {...common}
              name="salutation"
              label="Anrede"
              size="s"
              empty="Keine Angabe"
              options={options("Frau", "Herr")}
            />
            <field.TextField {...common} name="title" label="Titel" size="xs" />
            <field.TextField {...common} name="first" label="Vorname" />
            <field.TextField {...common} name="last" label="Nachname" required />
          </field.FieldRow>
          <field.FieldRow>
            <field.DateField {...common} name="birthday" label="Geburtstag" />
            <field.NumberField {...common} name="discount" label="Rabatt in %" size="xs" />
            <field.UrlField
              {...common}
              name="website"
              label="Website"
              hint="Ohne https:// genügt."
            />
          </field.FieldRow>
          <field.RadioGroup
            {...common}
            name="language"
            label="Sprache"
            inline
            options={[{ value: "de", label: "Deutsch" }, { value: "en", label: "Englisch" }]}
          />
        </field.Fieldset>
        <Rows
          {...common}
          group="emails"
          legend="E-Mail"
          addLabel="Weitere E-Mail"
          removeLabel="E-Mail entfernen"
          row={(prefix, fresh) => (
            <>
              <field.EmailField
                {...common}
                name={`${prefix}.address`}
                label="Adresse"
                autofocus={fresh}
              />
              <field.Select
                {...common}
                name={`${prefix}.kind`}
                label="Art"
                size="s"
                options={[{ value: "work", label: "Büro" }, { value: "home", label: "Privat" }]}
              />
            </>
          )}
        />
        <field.Fieldset legend="Datenschutz">
          <field.RadioGroup
            {...common}
            name="legal_basis"
            label="Rechtsgrundlage"
            required
            options={[
              { value: "contract", label: "Vertrag", hint: "Kundin oder Kunde, Lieferant" },
              { value: "pre_contract", label: "Vertragsanbahnung", hint: "Anfrage, Angebot" },
              { value: "consent", label: "Einwilligung" },
            ]}
          />
          <field.CheckboxGroup
            {...common}
            name="channels"
            label="Werbung erlaubt per"
            inline
            options={[{ value: "mail", label: "E-Mail" }, { value: "phone", label: "Telefon" }]}
          />
          <field.Checkbox
            {...common}
            name="informed"
            label="Nach Art. 13 DSGVO informiert"
            hint="Sonst legt kompaktCRM eine Aufgabe mit Frist an."
          />
          <field.TextArea {...common} name="note" label="Notiz" />
          <field.FileField {...common} name="file" label="Beleg" accept=".pdf" />
          <field.PhoneField {...common} name="phones.0.number" label="Telefon" />
        </field.Fieldset>
        <field.HiddenField name="version" value="7" />
        <FormActions>
          <Button view={view} label="Speichern" variant="primary" />
          <LinkButton view={view} href="/c/1" label="Abbrechen" />
        </FormActions>
      </Form>
    </>
  );
};

export const LoginPage = ({ view }: { view: View }) => (
  <>
    <PageHeader view={view} title="Anmelden" />
    <Form view={view} form={emptyForm}>
      <field.EmailField
        view={view}
        form={emptyForm}
        name="email"
        label="E-Mail"
        autocomplete="username"
        required
      />
      <field.PasswordField
        view={view}
        form={emptyForm}
        name="password"
        label="Passwort"
        autocomplete="current-password"
        required
      />
      <FormActions>
        <Button view={view} label="Anmelden" variant="primary" />
      </FormActions>
    </Form>
    <p>
      <a href="/password/reset">Passwort vergessen?</a>
    </p>
  </>
);

export const ImportPage = ({ view }: { view: View }) => (
  <>
    <PageHeader view={view} title="Import: messe-hannover.csv" />
    <StepList
      view={view}
      label="Schritte"
      steps={["Datei", "Spalten", "Probelauf", "Import", "Ergebnis"]}
      current={2}
    />
    <Tabs
      label="Ergebnis"
      links={[
        { href: "#neu", label: "Neu", current: true, count: "1.204" },
        { href: "#doppelt", label: "Doppelt", current: false, count: "31" },
        { href: "#abgelehnt", label: "Abgelehnt", current: false, count: "7" },
      ]}
    />
    <Notice view={view} kind="warn" text="31 Zeilen gibt es schon. Sie werden übersprungen." />
    <Notice view={view} kind="error" text="7 Zeilen lassen sich nicht übernehmen." />
    <Notice view={view} kind="ok" text="Alle Umlaute wurden richtig gelesen (Windows-1252)." />
    <Progress label="Import läuft" value={620} max={1204} detail="620 von 1.204 Zeilen" />
    <Progress label="Datei wird gelesen" value={0} />
    <Panel title="Frühere Importe">
      <DataTable
        view={view}
        caption="Frühere Importe"
        rows={[]}
        columns={[{ key: "name", header: "Datei", cell: () => "" }]}
        empty={
          <EmptyState
            title="Noch keine Importe"
            text="Laden Sie die Kontaktliste aus Ihrem bisherigen System hoch."
          >
            <LinkButton view={view} href="/imports/new" label="Datei auswählen" icon="upload" />
            <PostButton view={view} action="/samples" label="Beispieldaten anlegen" />
          </EmptyState>
        }
      />
    </Panel>
  </>
);

/** What the components promise in their markup, to screen readers and against injected markup. */
import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import { dayWords } from "../../views/activities/marks.tsx";
import { formatter } from "../../views/format.ts";
import { translator } from "../../views/i18n/translate.ts";
import { EmailField, Fieldset, PasswordField, TextArea, TextField } from "../../views/ui/field.tsx";
import { Form, type FormState } from "../../views/ui/form.tsx";
import { PageHeader } from "../../views/ui/page_header.tsx";
import { Pager } from "../../views/ui/pager.tsx";
import { DataTable } from "../../views/ui/table.tsx";
import { Shell } from "../../views/shell.tsx";
import { Time } from "../../views/ui/values.tsx";
import { viewOf } from "./gallery.tsx";

const view = viewOf({ asset: (name) => `/static/${name}`, path: "/contacts" });
const nasty = `"><img src=x onerror=alert(1)>`;

Deno.test("no piece lets markup through, in text or attributes", () => {
  const form: FormState = { values: { a: nasty }, errors: { a: nasty, [nasty]: "required" } };
  const page = String(
    <Shell view={{ ...view, path: `/contacts?q=${nasty}` }} title={nasty}>
      <Form view={view} form={form} labels={{ a: nasty }}>
        <TextField view={view} form={form} name="a" label={nasty} hint={nasty} />
      </Form>
      <DataTable
        view={view}
        caption={nasty}
        rows={[nasty]}
        href={(row) => row}
        columns={[{ key: "a", header: nasty, cell: (row) => row }]}
      />
    </Shell>,
  );
  equal(page.includes("<img"), false);
  ok(page.includes("&lt;img"));
});

Deno.test("no browser cuts off a pasted letter or password: the refusal says so instead", () => {
  const props = { view, form: { values: {}, errors: {} }, name: "a", label: "A" };
  for (
    const field of [
      <TextArea {...props} />,
      <PasswordField {...props} autocomplete="new-password" />,
    ]
  ) {
    doesNotMatch(String(field), /maxlength/);
  }
});

Deno.test("what is no use in part is not cut in lists", () => {
  const columns = [
    { key: "name", header: "Name", cell: () => "x" },
    {
      key: "phone",
      header: "Telefon",
      priority: 3 as const,
      whole: true as const,
      cell: () => "1",
    },
  ];
  const html = String(<DataTable view={view} caption="Kontakte" rows={[1]} columns={columns} />);
  match(html, /<td class="priority-3 whole">1/);
});

Deno.test("hint and error are tied to their control, which says that it is wrong", () => {
  const form: FormState = { values: { email: "x" }, errors: { email: "email" } };
  const html = String(
    <EmailField view={view} form={form} name="email" label="E-Mail" hint="Dienstlich" required />,
  );
  match(html, /<label for="f-email"/);
  match(html, /aria-describedby="f-email-hint f-email-error"/);
  match(html, /aria-invalid="true"/);
  match(html, /id="f-email-error"[^>]*>Keine gültige E-Mail-Adresse/);
  const fine = String(
    <EmailField view={view} form={{ values: {}, errors: {} }} name="email" label="E-Mail" />,
  );
  equal(/aria-invalid|aria-describedby|required/.test(fine), false);
});

Deno.test("the hint of fields that belong together is tied to their group", () => {
  const hinted = String(<Fieldset legend="Firma & Anschrift" hint="Wie im Register." />);
  match(hinted, /<fieldset +aria-describedby="of-Firma-Anschrift">/);
  match(hinted, /<p class="hint" id="of-Firma-Anschrift">Wie im Register\.<\/p>/);
  doesNotMatch(String(<Fieldset legend="Firma" />), /describedby|hint/);
});

Deno.test("the sorted column says so, and its link turns the order round", () => {
  const html = String(
    <DataTable
      view={view}
      caption="Kontakte"
      rows={[1]}
      sorting={{ by: "name", direction: "asc", href: (by, way) => `?sort=${by}&way=${way}` }}
      columns={[
        { key: "name", header: "Name", sort: "name", cell: () => "x" },
        { key: "seen", header: "Gesehen", sort: "seen", cell: () => "x" },
      ]}
    />,
  );
  match(html, /aria-sort="ascending"[^]*?href="\?sort=name&amp;way=desc"/);
  match(html, /href="\?sort=seen&amp;way=asc"/);
  equal(html.match(/aria-sort/g)?.length, 1);
});

Deno.test("the pager leads only where there is something", () => {
  const html = String(<Pager view={view} previous={null} next="/contacts?after=x" />);
  match(html, /<a[^>]*href="\/contacts\?after=x"[^>]*rel="next"/);
  equal(html.includes(`rel="prev"`), false);
  const nothing = (
    <div>
      <Pager view={view} previous={null} next={null} />
    </div>
  );
  equal(String(nothing), "<div></div>");
});

Deno.test("the header shows the sections one may use and marks the current one", () => {
  const shown = {
    ...view,
    path: "/companies/7?x=1",
    can: (action: string) => action !== "imports.run",
  };
  const html = String(<Shell view={shown} title="Firma">x</Shell>);
  match(html, /href="\/companies"[^>]*aria-current="true"/);
  equal(html.match(/aria-current/g)?.length, 1);
  equal(html.includes(`href="/imports"`), false);
  match(html, /^<!DOCTYPE html><html lang="de" data-theme="auto">/);
  match(html, /<title>Firma &#8211; kompaktCRM<\/title>/);
});

Deno.test("a frame that is written once keeps persons, rights, languages and places apart", () => {
  const page = (changes: Partial<typeof view>, name = "Anna", email = "anna@muster.example") =>
    String(
      <Shell
        view={{
          ...view,
          ...changes,
          user: { ...view.user!, name, email, tenantName: `${name} AG` },
        }}
        title={name}
      >
        {`Text von ${name}`}
      </Shell>,
    );
  const path = "/contacts?q=Muster";
  const anna = page({ path });
  const bert = page({ path: "/contacts" }, "Bert", "bert@muster.example");
  for (const text of ["Anna", "anna@", "Muster"]) equal(bert.includes(text), false);
  match(bert, /Bert<\/span>.*<b>Bert AG<\/b><span>bert@muster\.example<\/span>.*Text von Bert/s);
  equal(anna.match(/name="back" value="\/contacts\?q=Muster"/g)?.length, 5);
  equal(bert.match(/name="back" value="\/contacts"/g)?.length, 5);
  equal(page({ path }), anna);
  const narrowed = page({ path, can: (action: string) => action !== "imports.run" });
  equal(narrowed, anna.replace(/<li><a href="\/imports"[^>]*>[^<]*<\/a><\/li>/, ""));
  match(page({ path, theme: "dark" }), /data-theme="dark".*value="dark".*?aria-pressed="true"/s);
  match(page({ path: "/deals/board" }), /href="\/deals\/board" aria-current="page"/);
  match(anna, /href="\/contacts" aria-current="page"/);
});

Deno.test("a day is said by language and by what today is, however often it was said before", () => {
  const on = (now: string, locale: "de" | "en") => {
    const at = new Date(now);
    return { ...view, locale, t: translator(locale), format: formatter(locale, at), now: at };
  };
  for (let said = 0; said < 2; said++) {
    equal(dayWords(on("2026-05-06T10:00:00Z", "de"), "2026-05-06"), "heute");
    equal(dayWords(on("2026-05-05T10:00:00Z", "de"), "2026-05-06"), "morgen");
    equal(dayWords(on("2026-05-06T10:00:00Z", "en"), "2026-05-06"), "today");
    // A quarter to midnight in London is tomorrow in Berlin.
    equal(dayWords(on("2026-05-06T10:00:00Z", "de"), new Date("2026-05-06T22:45:00Z")), "morgen");
    equal(dayWords(on("2026-05-09T10:00:00Z", "de"), "2026-05-06"), "Mi., 06.05.");
    equal(dayWords(on("2027-05-09T10:00:00Z", "de"), "2026-05-06"), "Mi., 06.05.2026");
  }
});

Deno.test("a missing moment is a dash that is read as words", () => {
  match(String(<Time view={view} moment={null} />), /Nicht angegeben/);
  match(
    String(<Time view={view} moment="2026-05-06" />),
    /<time datetime="2026-05-06"[^>]*>06\.05\.2026/,
  );
});

Deno.test("the way through the settings begins at their first page, for those who may open it", () => {
  const wayOf = (can: boolean, href: string) =>
    String(
      <PageHeader
        view={{ ...view, can: () => can }}
        title="Neuer Webhook"
        crumbs={[{ href, label: "Hier" }]}
      />,
    ).match(/href="[^"]+"/g);
  deepEqual(wayOf(true, "/settings/webhooks"), [`href="/settings"`, `href="/settings/webhooks"`]);
  deepEqual(wayOf(false, "/settings/webhooks"), [`href="/settings/webhooks"`]);
  deepEqual(wayOf(true, "/settings"), [`href="/settings"`]);
  deepEqual(wayOf(true, "/contacts"), [`href="/contacts"`]);
});

/** Documents that anybody with an address may send: refused or cleaned before they become records. */
import { deepEqual, equal, throws } from "node:assert/strict";
import * as incoming from "../../db/incoming_transfers.ts";
import { cleaned, type Field } from "../../db/rectification_fields.ts";

const eva = {
  salutation: "",
  title: "",
  first_name: "Eva",
  name_prefix: "",
  last_name: "Zorn",
  name_suffix: "",
  address_form: "formal",
  language: "de",
  birthday: null,
  position: "",
  customer_number: "",
  website: "",
  emails: [],
  phones: [],
  addresses: [],
  companies: [],
};
const address = {
  ...{ kind: "work", street: "Weg 1", extra: "", po_box: "", postal_code: "", city: "" },
  ...{ region: "", country: "DE" },
};
const company = { name: "Kunde GmbH", role: "", department: "", since_on: null, until_on: null };

const documentWith = (part: Record<string, unknown>) =>
  JSON.stringify({
    $schema: "https://controller.example/.well-known/portability.schema.json",
    format: "kompaktcrm-portability-1",
    issuedAt: "2026-01-01T00:00:00Z",
    controller: { name: "Absender", email: "post@controller.example", country: "DE" },
    persons: [{ ...eva, ...part }],
  });

Deno.test("what no record can hold is refused when it arrives, not when it is imported", () => {
  const faults: Record<string, unknown>[] = [
    ...["2026-99-99", "0000-00-00", "--02-30", "2999-01-01"].map((birthday) => ({ birthday })),
    ...["", "x\r\nBcc: y@z.example", "nobody"].map((mail) => ({
      emails: [{ kind: "work", address: mail }],
    })),
    ...["", " \u200b"].map((number) => ({ phones: [{ kind: "work", number }] })),
    ...["xx", "D"].map((country) => ({ addresses: [{ ...address, country }] })),
    ...[
      { name: " " },
      { since_on: "0000-01-01" },
      { since_on: "2020-01-02", until_on: "2019-01-01" },
    ].map((part) => ({ companies: [{ ...company, ...part }] })),
    { first_name: " ", last_name: "\u200b" },
  ];
  for (const part of faults) {
    throws(() => incoming.read(documentWith(part)), /transfers\.document/, JSON.stringify(part));
  }
});

Deno.test("texts of a document are read as a form reads them", () => {
  const text = documentWith({
    last_name: "Zorn\r\nBcc: x\u202e",
    position: "NUL",
    birthday: "--02-29",
    emails: [{ kind: "work", address: "Eva@Zorn.Example" }],
    addresses: [address],
    companies: [{ ...company, since_on: "2019-01-01", until_on: "2019-01-01" }],
    custom: [{ name: "remark", label: "Be\nmerkung", value: "one\r\ntwo\u0000" }],
  }).replace("NUL", "\\u0\\u0000000");
  throws(() => incoming.read(text), /transfers\.document/, "no JSON");
  const [person] = incoming.read(text.replace("\\u0\\u0000000", "\\u0000")).persons;
  equal(person!.last_name, "Zorn Bcc: x");
  equal(person!.position, "");
  equal(person!.birthday, "--02-29");
  deepEqual(person!.emails, [{ kind: "work", address: "Eva@zorn.example" }]);
  deepEqual(person!.custom, [{ name: "remark", label: "Be merkung", value: "one\ntwo" }]);
});

Deno.test("a correction is read as a form reads it", () => {
  const tried = (field: Field, value: string) => cleaned(field, value, "DE");
  for (const day of ["2026-99-99", "0000-00-00", "--02-30"]) {
    throws(() => tried("contacts.birthday", day), /date/, day);
  }
  equal(tried("contacts.birthday", "1980-02-29"), "1980-02-29");
  equal(tried("contacts.birthday", ""), "");
  throws(() => tried("contacts.last_name", "\u200b"), /required/);
  equal(tried("contacts.last_name", "Zorn\r\nBcc: x\u202e"), "Zorn Bcc: x");
  equal(tried("supplement", "one\r\ntwo\u0000"), "one\ntwo");
});

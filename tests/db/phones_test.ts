/** Telephone numbers as people write them. */

import { equal } from "node:assert/strict";
import * as phones from "../../db/phones.ts";

const samples = new URL("../data/samples/edge/phone_examples_libphonenumber.csv", import.meta.url);

Deno.test("every example number of eight countries is read, at home and from abroad", () => {
  const [, ...lines] = Deno.readTextFileSync(samples).trim().split("\n");
  equal(lines.length, 60);
  for (const line of lines) {
    const [region = "", , national = "", e164 = ""] = line.split(",");
    equal(phones.toE164(national, region), e164);
    equal(phones.toE164(e164, "DE"), e164);
  }
});

Deno.test("the same digits are another number in another country, however often they are read", () => {
  for (let read = 0; read < 2; read++) {
    equal(phones.toE164("044 6681800", "CH"), "+41446681800");
    equal(phones.toE164("044 6681800", "DE"), "+49446681800");
  }
});

Deno.test("German ways of writing a number mean the same number", () => {
  for (
    const text of [
      "030/1234567",
      "030 - 123 45 67",
      "(030) 1234567",
      "+49 30 1234567",
      "+49 (0) 30 1234567",
      "0049 (0)30 1234567",
      "++49 30 1234567",
      "tel:+49-30-1234567",
      "＋４９ ３０ １２３４５６７",
    ]
  ) equal(phones.toE164(text, "DE"), "+49301234567", text);
  equal(phones.toE164("01 234567", "AT"), "+431234567");
});

Deno.test("an extension is kept and shown", () => {
  equal(phones.toE164("+1-418-656-9254 ext. 102", "DE"), "+14186569254;ext=102");
  equal(phones.toE164("030 123456 App. 12", "DE"), "+4930123456;ext=12");
  equal(phones.national("+14186569254;ext=102"), "+1 418 656 9254 ext. 102");
});

Deno.test("an American number is not taken for a German one, nor is text for a number", () => {
  for (
    const text of ["659-980-2015", "(446) 758-2122", "740.645.3807", "nur per Mail", "1", "", "+49"]
  ) {
    equal(phones.toE164(text, "DE"), null, text);
  }
  equal(phones.toE164("(418) 656-9254", "CA"), "+14186569254");
  equal(phones.toE164("(876) 210-1234", "JM"), "+18762101234");
  equal(phones.toE164("312 345 6789", "IT"), "+393123456789");
  equal(phones.toE164("691 234 5678", "GR"), "+306912345678");
});

Deno.test("a number is shown nationally at home and internationally abroad", () => {
  equal(phones.national("+4930123456"), "030 123456");
  equal(phones.national("+4930123456", "AT"), "+49 30 123456");
  equal(phones.national("Zentrale"), "Zentrale");
});

/** British addresses, whose town stands between the street and the postcode. */

import { deepEqual, equal } from "node:assert/strict";
import { only } from "./sources.ts";

const placed = async (row: Record<string, string>) => {
  const { contact } = await only({ "First Name": "Ann", "Last Name": "Lee", ...row });
  const { street, extra, city, region, postalCode, country } = contact.addresses[0]!;
  return [street, extra, city, region, postalCode, country];
};

Deno.test("the last line above a British postcode is the town, or the county below it", async () => {
  deepEqual(
    await placed({ Address: "12 High Street, Leeds", Postcode: "LS1 4AP" }),
    ["12 High Street", "", "Leeds", "", "LS1 4AP", "GB"],
  );
  deepEqual(
    await placed({
      "Address 1": "The Old Mill",
      "Address 2": "Church Lane",
      "Address 3": "Ely",
      "Address 4": "Cambridgeshire",
      Postcode: "CB7 4AB",
    }),
    ["The Old Mill", "Church Lane", "Ely", "Cambridgeshire", "CB7 4AB", "GB"],
  );
  deepEqual(
    await placed({ Address: "Unit 3, Park Road, Slough, Berkshire SL1 4AB, United Kingdom" }),
    ["Park Road", "Unit 3", "Slough", "Berkshire", "SL1 4AB", "GB"],
  );
  deepEqual(
    await placed({ Address: "12 High Street, Leeds LS1 4AP" }),
    ["12 High Street", "", "Leeds", "", "LS1 4AP", "GB"],
  );
});

Deno.test("where nothing shows the town, no part of the street becomes one", async () => {
  deepEqual(
    await placed({ Address: "5 Low Road Manchester M1 2AB" }),
    ["5 Low Road Manchester", "", "", "", "M1 2AB", "GB"],
  );
  deepEqual(
    await placed({ "Address 1": "The Old Mill", "Address 2": "Church Lane", Postcode: "CB7 4AB" }),
    ["The Old Mill", "Church Lane", "", "", "CB7 4AB", "GB"],
  );
  const [street, , city] = await placed({ Street: "Haus Sonne, Ulm", Ort: "", Postcode: "89073" });
  deepEqual([street, city], ["Haus Sonne, Ulm", ""]);
});

Deno.test("a British postcode tells the country, one of the islands as well", async () => {
  const country = async (Postcode: string) =>
    (await placed({ Street: "5 Low Road", City: "Town", Postcode })).at(-1);
  equal(await country("M1 2AB"), "GB");
  equal(await country("JE2 3AB"), "JE");
  equal(await country("1012 LG"), "");
});

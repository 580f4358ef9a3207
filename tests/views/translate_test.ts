/** Texts by key, with gaps and plurals, and the language a browser asks for. */
import { equal } from "node:assert/strict";
import {
  errorText,
  isMessageKey,
  preferredLocale,
  translator,
} from "../../views/i18n/translate.ts";

const t = translator("de");

Deno.test("gaps are filled, numbers as the language writes them", () => {
  equal(t("errors.too_long", { max: 1000 }), "Höchstens 1.000 Zeichen.");
  equal(t("errors.too_long"), "Höchstens {max} Zeichen.");
});

Deno.test("the number chooses between singular and plural", () => {
  equal(t("errors.summary", { count: 1 }), "Eine Angabe fehlt oder stimmt noch nicht");
  equal(t("errors.summary", { count: 0 }), "0 Angaben fehlen oder stimmen noch nicht");
  equal(translator("en")("errors.summary", { count: 2 }), "2 entries are missing or not right yet");
});

Deno.test("a code of a fault becomes a sentence, an unknown one a general sentence", () => {
  equal(errorText(t, "required"), "Diese Angabe fehlt.");
  equal(errorText(t, "too_long?max=200"), "Höchstens 200 Zeichen.");
  equal(errorText(t, "too_long?max=20000"), "Höchstens 20.000 Zeichen.");
  equal(errorText(t, "layout.privacy"), t("layout.privacy"));
  equal(errorText(t, "no_such_code"), "Diese Angabe ist nicht gültig.");
  equal(errorText(t, "constructor"), "Diese Angabe ist nicht gültig.");
});

Deno.test("a key is known by its own name only", () => {
  equal(isMessageKey("common.save"), true);
  for (const text of ["common.toString", "common", "__proto__.x", ".", ""]) {
    equal(isMessageKey(text), false, text);
  }
});

Deno.test("the browser's languages count by weight; German where none fits", () => {
  equal(preferredLocale("en-GB,en;q=0.9,de;q=0.8"), "en");
  equal(preferredLocale("fr-FR, de;q=0.3, en;q=0.7"), "en");
  equal(preferredLocale("en;q=0, de;q=0.1"), "de");
  for (const header of [null, "", "fr", ";;;q", "*"]) equal(preferredLocale(header), "de");
});

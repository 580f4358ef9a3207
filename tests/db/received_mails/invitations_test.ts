/** Mails that are nothing but an entry of a calendar: what, when and where are in their text. */

import { deepEqual, equal } from "node:assert/strict";
import { read } from "../../../db/received_mails/contents.ts";

const calendar = (...lines: string[]) =>
  ["BEGIN:VCALENDAR", "VERSION:2.0", "METHOD:REQUEST", ...lines, "END:VCALENDAR"].join("\r\n");
const event = (...lines: string[]) => calendar("BEGIN:VEVENT", "UID:1", ...lines, "END:VEVENT");
const mail = (body: string, type = "text/calendar; method=REQUEST; charset=utf-8") =>
  new TextEncoder().encode(
    `From: Jürgen <j@x.example>\r\nSubject: Jour fixe\r\nContent-Type: ${type}\r\n\r\n${body}\r\n`,
  );

Deno.test("an invitation without a text says what it is to, when, where and by whom", async () => {
  const { text, files } = await read(mail(event(
    "DTSTART;TZID=Europe/Berlin:20261203T140000",
    "DTEND;TZID=Europe/Berlin:20261203T150000",
    "SUMMARY:Jour fixe\\, Gießerei",
    "LOCATION:Raum 2",
    "ORGANIZER;CN=Jürgen:mailto:j@x.example",
    "DESCRIPTION:Bitte die Muster\\nmitbringen.",
  )));
  equal(
    text,
    "Jour fixe, Gießerei\n2026-12-03 14:00–15:00 (Europe/Berlin)\nRaum 2\nj@x.example\n\n" +
      "Bitte die Muster\nmitbringen.",
  );
  deepEqual(files.map(({ name }) => name), ["invite-1.ics"]);
});

Deno.test("times are shown as the invitation has them: by day, across midnight, in UTC", async () => {
  for (
    const [lines, said] of [
      [["DTSTART;VALUE=DATE:20261224"], "2026-12-24"],
      [["DTSTART;VALUE=DATE:20261224", "DTEND;VALUE=DATE:20261225"], "2026-12-24"],
      [["DTSTART;VALUE=DATE:20261224", "DTEND;VALUE=DATE:20261224"], "2026-12-24"],
      [["DTSTART;VALUE=DATE:20261230", "DTEND;VALUE=DATE:20270102"], "2026-12-30–2027-01-01"],
      [
        ["DTSTART:20261224T220000Z", "DTEND:20261225T010000Z"],
        "2026-12-24 22:00–2026-12-25 01:00 (UTC)",
      ],
      [["DTSTART:20261224T220000"], "2026-12-24 22:00"],
      [["DTSTART:20261224T220000", "DTEND:bald"], "2026-12-24 22:00"],
      [["SUMMARY:Besuch", "DTSTART:bald"], "Besuch"],
    ] as const
  ) equal((await read(mail(event(...lines)))).text, said);
});

Deno.test("a text of its own stays alone, and what is no calendar breaks nothing", async () => {
  const both = await read(mail(
    "--b\r\nContent-Type: text/plain\r\n\r\nKommen Sie?\r\n--b\r\nContent-Type: text/calendar\r\n\r\n" +
      `${event("SUMMARY:Jour fixe", "DTSTART:20261224T220000")}\r\n--b--\r\n`,
    "multipart/alternative; boundary=b",
  ));
  equal(both.text.trim(), "Kommen Sie?");
  for (const body of ["", "BEGIN:VCALENDAR", event("DTSTART:x"), calendar(), "BEGIN:VEVENT\r\n"]) {
    const { text, files } = await read(mail(body));
    deepEqual([text, files.length], ["", 1], body);
  }
});

/** An invitation of a calendar as text, for mails that say nothing besides. */
import type ICAL from "ical.js";
import { line, paragraphs } from "./headers.ts";

const largest = 256 * 1024;
const longestText = 20_000;
const mostEvents = 20;

/** Whether a part is an entry of a calendar. */
export const isInvitation = (contentType: string): boolean =>
  /^text\/calendar$|^application\/ics$/i.test(contentType);

/** What the entries are about, when, where, and what they say; empty where nobody can read them. */
export async function wordsOf(bytes: Uint8Array): Promise<string> {
  if (bytes.length > largest) return "";
  const { default: ical } = await import("ical.js");
  try {
    const calendar = new ical.Component(ical.parse(new TextDecoder().decode(bytes)));
    const events = calendar.getAllSubcomponents("vevent").slice(0, mostEvents);
    return paragraphs(events.map(eventOf).join("\n\n"), longestText).trim();
  } catch {
    return "";
  }
}

function eventOf(event: ICAL.Component): string {
  const said = (name: string) => String(event.getFirstPropertyValue(name) ?? "");
  const organizer = line(said("organizer").replace(/^mailto:/i, ""), 300);
  const head = [line(said("summary"), 500), timeOf(event), line(said("location"), 500), organizer];
  const words = said("description").trim();
  return [head.filter(Boolean).join("\n"), words].filter(Boolean).join("\n\n");
}

/** `2026-12-03 14:00–15:00 (Europe/Berlin)`, by the clock that the invitation names. */
function timeOf(event: ICAL.Component): string {
  const start = event.getFirstProperty("dtstart");
  const [from, to] = ["dtstart", "dtend"].map((name) => String(event.getFirstPropertyValue(name)));
  const [, day, hour] = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d))?/.exec(from!) ?? [];
  if (!start || !day) return "";
  if (!hour) return day;
  const [, lastDay, end] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)/.exec(to!) ?? [];
  const until = end ? `–${lastDay === day ? "" : `${lastDay} `}${end}` : "";
  const zone = from!.endsWith("Z") ? "UTC" : line(String(start.getParameter("tzid") ?? ""), 100);
  return `${day} ${hour}${until}${zone ? ` (${zone})` : ""}`;
}

/** Turns a calendar invitation into text, for mails that contain nothing else. */
import type ICAL from "ical.js";
import { addDays } from "../local_times.ts";
import { line, paragraphs } from "./headers.ts";

const largest = 256 * 1024;
const longestText = 20_000;
const mostEvents = 20;

/** Whether a part is a calendar entry. */
export const isInvitation = (contentType: string): boolean =>
  /^text\/calendar$|^application\/ics$/i.test(contentType);

/** The entries' subjects, times, places and descriptions; empty if they cannot be read. */
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
  const said = (name: string, most: number) => line(saidOf(event, name), most);
  const organizer = line(saidOf(event, "organizer").replace(/^mailto:/i, ""), 300);
  const head = [said("summary", 500), timeOf(event), said("location", 500), organizer];
  const words = saidOf(event, "description").trim();
  return [head.filter(Boolean).join("\n"), words].filter(Boolean).join("\n\n");
}

/** An entry's property as text; empty if its value is invalid. */
function saidOf(event: ICAL.Component, name: string): string {
  try {
    return String(event.getFirstPropertyValue(name) ?? "");
  } catch {
    return "";
  }
}

/** `2026-12-03 14:00–15:00 (Europe/Berlin)`, in the time zone that the invitation names. */
function timeOf(event: ICAL.Component): string {
  const start = event.getFirstProperty("dtstart");
  const [from, to] = ["dtstart", "dtend"].map((name) => saidOf(event, name));
  const [, day, hour] = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d))?/.exec(from!) ?? [];
  if (!start || !day) return "";
  if (!hour) return wholeDays(day, to!);
  const [, lastDay, end] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)/.exec(to!) ?? [];
  const until = end ? `–${lastDay === day ? "" : `${lastDay} `}${end}` : "";
  const zone = from!.endsWith("Z") ? "UTC" : line(String(start.getParameter("tzid") ?? ""), 100);
  return `${day} ${hour}${until}${zone ? ` (${zone})` : ""}`;
}

/** `2026-12-24–2026-12-26`: an end date is the first day after the event (RFC 5545, 3.6.1). */
function wholeDays(first: string, end: string): string {
  const last = /^\d{4}-\d\d-\d\d$/.test(end) ? addDays(end, -1) : first;
  return last > first ? `${first}–${last}` : first;
}

/** Web addresses of people and companies. */

/** The address with its scheme, which may be left out; null unless it is one of http or https. */
export function addressOf(text: string): string | null {
  const whole = /^https?:\/\//i.test(text) ? text : `https://${text}`;
  const host = URL.canParse(whole) ? new URL(whole).hostname : "";
  return host.includes(".") && !/\s/.test(text) ? whole : null;
}

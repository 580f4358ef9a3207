/** Domains of public mail providers: they say nothing about a company. */
export const mailProviders: ReadonlySet<string> = new Set([
  ...["gmail.com", "googlemail.com", "gmx.de", "gmx.net", "gmx.at", "gmx.ch", "web.de"],
  ...["t-online.de", "freenet.de", "arcor.de", "1und1.de", "online.de", "posteo.de", "mailbox.org"],
  ...["outlook.com", "outlook.de", "hotmail.com", "hotmail.de", "live.com", "live.de", "msn.com"],
  ...["yahoo.com", "yahoo.de", "icloud.com", "me.com", "mac.com", "aol.com", "proton.me"],
  ...["protonmail.com", "bluewin.ch", "a1.net", "chello.at", "aon.at"],
]);

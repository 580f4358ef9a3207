/** Who may ask what on the way in, and of one's own account. */
import { people, type Row } from "./route_rows.ts";

const open: Row = { access: "public" };
const self: Row = { access: "signed in" };
const nobodys: Row = {
  access: "public",
  except: Object.fromEntries(people.map((name) => [name, "missing"])),
};
const row = (access: Row["access"], id?: Row["id"]): Row => id ? { access, id } : { access };

export const signInRoutes: Readonly<Record<string, Row>> = {
  "GET /setup": open,
  "GET /setup/:token": open,
  "POST /setup/:token": open,
  "GET /login": open,
  "POST /login": open,
  "POST /login/passkeys": open,
  "POST /login/passkeys/challenges": open,
  "GET /login/factor": open,
  "POST /login/factor": open,
  // Nobody here is halfway in.
  "POST /login/factor/challenges": nobodys,
  "POST /logout": open,
  "GET /passwords/new": open,
  "POST /passwords/new": open,
  "GET /passwords/:token": open,
  "POST /passwords/:token": open,
  "GET /invitations/:token": open,
  "POST /invitations/:token": open,
  "GET /email-changes/:token": open,
  "POST /email-changes/:token": open,

  "GET /account": self,
  "GET /account/factors": self,
  "GET /account/factors/app": self,
  "POST /account/factors/app": self,
  "POST /account/factors/app/removal": self,
  "GET /account/factors/passkeys": self,
  "POST /account/factors/passkeys": self,
  "POST /account/factors/passkeys/challenges": self,
  "POST /account/factors/passkeys/:id/removal": {
    access: "signed in",
    id: "passkey",
    own: true,
  },
  "GET /account/factors/codes": self,
  "POST /account/factors/codes": self,
  "GET /confirmation": self,
  "POST /confirmation": self,
  "POST /confirmation/challenges": self,
  "GET /settings/sign-in": row("admin"),
  "POST /settings/sign-in": row("admin"),
  "GET /account/:part": self,
  "POST /account/name": self,
  "POST /account/email": self,
  "POST /account/password": self,
  "POST /account/display": self,
  "POST /account/theme": self,
  "POST /account/policy": self,
  "POST /account/language": self,
  "GET /account/calendar-feed": row("reader"),
  "POST /account/calendar-feed": row("reader"),
  "POST /account/calendar-feed/removal": row("reader"),
  "POST /account/notifications": row("reader"),
  "POST /account/sessions/end": self,
  "POST /account/sessions/:id/end": { access: "signed in", id: "session", own: true },
  "GET /account/address": row("writer"),
  "POST /account/address": row("writer"),
  "POST /account/address/removal": row("writer"),
  "POST /settings/team/:id/factors/removal": row("admin", "user"),
};

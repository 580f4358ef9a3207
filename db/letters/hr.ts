/** How requests are worded in Croatian. */
import type { Rules } from "./rules.ts";

export const hr: Rules = {
  common:
    "i u na je se da za sam mi mene moje mojih moji o od koji koje ste vas ili kako su ne to osobnih podataka postovani molim sve po",
  ask:
    /\bmolim\b|\bovime\b|\bovim\b|\b(?:zahtijevam|trazim|zelim|zatrazujem|podnosim|ulazem|ostvarujem|pozivam|htio bih|htjela bih)\b|\bzahtjev za\b|\b(?:mozete|mozes|biste|mogli) (?:li|mi)\b|\b(?:posaljite|recite|dostavite|javite) mi\b/,
  not: /\bne(?! samo)\b|\bniti\b|\bnemojte\b|\bumjesto\b/,
  when: /^\W*(?:ako|ukoliko|u slucaju|kad|kada)\b/,
  polite: /\b(?:zahvalan|zahvalna|drago)\b.{0,20}\b(?:ako|kad)/,
  aside:
    /\bzadrzavam\b.{0,20}\bpravo\b|\bmozete se (?:odjaviti|predomisliti)|\bimate pravo\b|\bpostojanj\w+ prava\b|\bkliknite\b|\bduzni ste\b|\bmorat cete\b|\bmorate\b/,
  data:
    /podat|podac|osobn|gdpr|informacij\w* .{0,20}o meni|\bo meni\b|odnos\w* na mene|ticu mene|racun|profil|newsletter|reklam|oglas|marketin|privol|pristan|suglasnost|obrad|adres|\bime\b|prezime|rodenja/,
  joints: "i|te|ili|ali|nego|vec",
  said: {
    access: /\bkoje (?:osobne )?(?:podatke|informacije)\b.{0,60}\bo meni\b|\bsto znate o meni\b/,
    erasure:
      /^\W*(?:molim ?,? ?)?(?:izbrisite|obrisite|uklonite)\b.{0,100}\b(?:me|mene|moje|moj|podatke)\b/,
    objection: /\bprotivim se\b|\b(?:ulazem|podnosim|izjavljujem) .{0,30}prigovor/,
    withdrawal: /\b(?:povlacim|opozivam)\b/,
    rectification: /\bmoj[ae]? (?:\w+ ){0,3}(?:je|su) .{0,30}\b(?:pogresn|netocn|krivo|zastarj)/,
  },
  named: {
    access: /\bpristup|\bkopij\w+ .{0,60}podat|\bpotvrd\w* .{0,60}obrad|\buvid\b/,
    rectification: /\bisprav|\bdopun|\bazurir/,
    erasure: /\bbrisanj|\bizbris|\bobris|\buklon|biti zaboravljen/,
    restriction: /\bogranic/,
    portability: /prenosiv|strojno citljiv|\bprijenos/,
    objection: /\bprigovor|\bprotiv\w* se\b|\bodjav/,
    withdrawal: /\bpovuc|\bpovlac|\bopoz/,
    complaint: /\bprituzb|\bzalb/,
  },
  held: /\bpodatke\b.{0,40}\bobradujete/,
  stop: /\bne .{0,40}(?:reklam|oglas|newsletter|marketin|promidzb)|\bprestanite\b/,
  until: /\b(?:dok|sve dok)\b.{0,80}(?:provjer|razjasn|tocn|odluc)/,
};

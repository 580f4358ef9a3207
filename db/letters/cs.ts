/** How requests are worded in Czech. */
import type { Rules } from "./rules.ts";

export const cs: Rules = {
  common:
    "a se na je v o ze pro jsem me mne moje mych mi si by jak do podle tykajici osobnich udaju dobry den prosim ktere jste vas za nebo",
  ask:
    /\bprosim\b|\btimto\b|\b(?:zadam|pozaduji|chci|chtel|chtela|preji|uplatnuji|vyzyvam|vznasim|rad bych|rada bych)\b|\bzadost o\b|\b(?:muzete|mohli|mohl|mohla) (?:byste|jste|mi)\b|\b(?:poslete|sdelte|dejte|zaslete) mi\b/,
  not:
    /\bne(?:zadam|chci|pozaduji|prosim|mazte|vymazavejte|preji)\b|\bnikoli\b|\bne\b|\bani\b|\bnamisto\b|\bmisto\b/,
  when: /^\W*(?:pokud|jestlize|kdyz|v pripade|zda)\b/,
  polite: /\b(?:rad|rada|vdecny|vdecna)\b.{0,20}\b(?:kdyby|pokud)/,
  aside:
    /\bvyhrazuji\b|\bmuzete (?:se )?(?:odhlasit|odvolat)|\bmate pravo\b|\bexistence prava\b|\bpovede k|\bkliknete\b|\b(?:jste povinni|mate povinnost)\b/,
  data:
    /udaj|osobni|gdpr|informac\w+ .{0,20}o mne|\bo mne\b|tykajici|ucet|uctu|profil|newsletter|reklam|marketing|souhlas|zpracovan|adres|jmeno|prijmeni|narozeni/,
  joints: "a|i|nebo|ale|avsak",
  said: {
    access: /\bjake (?:osobni )?(?:udaje|informace)\b.{0,60}\bo mne\b|\bco o mne vite\b/,
    erasure:
      /^\W*(?:prosim ?,? ?)?(?:vymazte|smazte|odstrante)\b.{0,100}\b(?:me|mne|moje|mych|muj|udaje)\b/,
    objection: /\bvznasim\b.{0,40}namitk/,
    withdrawal: /\bodvolavam\b|\bberu zpet\b/,
    rectification:
      /\b(?:moje|muj|me) (?:\w+ ){0,3}(?:je|jsou) .{0,30}\b(?:spatn|chybn|nespravn|neaktualn)/,
  },
  named: {
    access:
      /\bpristup|\bkopi[ie]\b.{0,60}udaj|\binformac\w+ o .{0,30}zpracov|\bpotvrz\w* .{0,60}zpracov/,
    rectification: /\boprav|\bdoplnen|\baktualiz/,
    erasure: /vymaz|\bsmaz|\bodstran|byt zapomenut/,
    restriction: /\bomez/,
    portability: /prenositeln|strojove citeln|\bprenos|\bpreneste\b/,
    objection: /\bnamitk|\bodhlas/,
    withdrawal: /\bodvol/,
    complaint: /\bstiznost/,
  },
  held: /\budaje\b.{0,40}\bzpracovavate/,
  stop:
    /\b(?:ne(?:chci|posilejte|preji)|zadn\w+) .{0,60}(?:reklam|newsletter|marketing|e-?mail)|\bprestante\b/,
  until: /\b(?:dokud|dokavad|do doby)\b.{0,80}(?:over|objasn|presn|rozhodn)/,
};

/** How requests are worded in Polish. */
import type { Rules } from "./rules.ts";

export const pl: Rules = {
  common:
    "i w na z do nie sie ze o mnie moje moich mi jest prosze ktore danych osobowych dane oraz za przez czy od po to dzien dobry jakie panstwo",
  ask:
    /\bprosze\b|\bniniejszym\b|\b(?:zadam|wnosze|wnioskuje|domagam|chce|chcialbym|chcialabym|zwracam|korzystam|skladam|wnioskowac)\b|\bwniosek o\b|\b(?:czy )?(?:mozecie|moglibyscie|mozna|moga)\b|\b(?:wyslijcie|podajcie|przeslijcie) mi\b|\buprzejmie\b|\bzycze sobie\b|\bsprzeciwiam sie\b/,
  not: /\bnie(?! tylko)\b|\bani\b|\bzamiast\b|\bbez (?=usuw)/,
  when: /^\W*(?:jesli|jezeli|gdyby|o ile|w przypadku|w razie)\b/,
  polite: /\bwdzieczn[yai]\b|\bbyloby milo\b/,
  aside:
    /\bzastrzegam\b|\b(?:mozesz|mozna|moga panstwo) (?:sie )?(?:wypisac|zrezygnowac|wycofac|cofnac)|\bprzysluguje\b|\bistnieni\w+ prawa\b|\bkliknij\b|\b(?:sa panstwo|jestescie|panstwo sa) zobowiazani|\bmaja panstwo obowiazek/,
  data:
    /\bdan(?:e|ych|ymi)\b|osobow|rodo|gdpr|informacj\w* .{0,20}o mnie|\bo mnie\b|dotycz|kont[oa]\b|profil|newsletter|reklam|marketing|zgod[ey]?|przetwarz|adres|imi[ea]|nazwisk|urodzenia/,
  joints: "i|oraz|lub|ale|lecz",
  said: {
    access:
      /\bjakie (?:moje )?(?:dane|informacje)\b.{0,60}\b(?:o mnie|mnie dotycz\w*|na moj temat|przetwarza\w*)|\bco o mnie wiecie\b/,
    erasure:
      /^\W*(?:prosze ?,? ?)?(?:usuncie|skasujcie|usun)\b.{0,100}\b(?:mnie|moje|moj|moich|dane)\b/,
    objection:
      /\b(?:sprzeciwiam sie|wnosze .{0,30}sprzeciw|skladam .{0,30}sprzeciw|zglaszam .{0,30}sprzeciw)/,
    withdrawal: /\b(?:wycofuje|cofam|odwoluje)\b/,
    rectification:
      /\bmo(?:je|j|ja) (?:\w+ ){0,3}(?:jest|sa) .{0,30}\b(?:bledn|nieprawidlow|nieaktualn|niepoprawn)/,
  },
  named: {
    access:
      /\bdostep|\bkopi[iea]\w* .{0,60}danych|\bpotwierdz\w* .{0,60}przetwarz|\budziel\w+ .{0,30}informacji/,
    rectification: /\bsprostowa|\bpopraw|\buzupeln|\baktualiz/,
    erasure: /\busun|\busuni|\bskasow|\bwymaz|bycia zapomnian/,
    restriction: /\bograniczeni|\bogranicz/,
    portability:
      /przenosz|przenies|nadajac\w+ sie do odczytu maszynow|\bprzesla\w+ .{0,60}(?:innemu|do innego)/,
    objection: /\bsprzeciw|\bwypis/,
    withdrawal: /\bwycof|\bcofn/,
    complaint: /\bskarg/,
  },
  held: /\bdane\b.{0,40}\b(?:macie|przetwarzacie|posiadacie)\b/,
  stop: /\bnie .{0,60}(?:reklam|newsletter|marketing|ofert|dzwon)|\bprzestan/,
  until: /\b(?:dopoki|do czasu|az)\b.{0,80}(?:sprawdz|zweryfik|wyjasn|prawidlow|rozstrzyg)/,
};

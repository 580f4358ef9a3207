/** How requests are worded in Swedish. */
import type { Rules } from "./rules.ts";

export const sv: Rules = {
  common:
    "och jag ni att det som min mina mig en ett av for till med inte ar om pa har den er de var hej vilka uppgifter kan alla from",
  ask:
    /\bvanligen\b|\bsnalla\b|\bharmed\b|\b(?:begar|begara|onskar|kraver|yrkar|ber|vill|ansoker|utovar|tack)\b|\bbegaran om\b|\b(?:kan|skulle|kunde) (?:ni|du)\b|\b(?:skicka|ge|beratta)\b.{0,10}\b(?:mig|till)\b/,
  not:
    /\binte(?! bara| langre)\b|\bej\b|\bvarken\b|\bingen\b|\bi stallet for\b|\butan att (?=rader)/,
  when: /^\W*(?:om|ifall|skulle|nar|i den man)\b/,
  polite: /\b(?:tacksam|glad)\b.{0,20}\bom\b/,
  aside:
    /\bforbehaller\b|\bni kan (?:nar som helst|avregistrera|avsluta)|\bdu kan (?:nar som helst|avregistrera|avsluta)|\bhar ratt att\b|\bforekomsten av ratten\b|\bklicka\b|\bar ni skyldiga\b|\bni ar skyldiga\b|\bmaste ni\b|\bska ni\b/,
  data:
    /uppgift|\bdata\b|personlig|gdpr|dataskydd|om mig|ror mig|roran\w* mig|konto|profil|e-postlista|nyhetsbrev|reklam|marknadsforing|samtyck|behandling|adress|mitt (?:namn|nummer)|fodelsedatum/,
  joints: "och|samt|eller|men|utan",
  said: {
    access:
      /\bvilka (?:person)?(?:uppgifter|data|information)\b.{0,60}\bom mig\b|\bvad vet ni om mig\b/,
    erasure:
      /^\W*(?:vanligen |snalla |och )*(?:radera|ta bort)\b.{0,100}\b(?:mig|min|mina|mitt|uppgifter)\b/,
    objection: /\b(?:jag )?(?:\w+ )?invander\b|\bmotsatter (?:jag )?mig\b/,
    withdrawal: /\b(?:aterkallar|drar (?:jag )?(?:harmed )?tillbaka)\b/,
    rectification:
      /\bmi(?:n|na|tt) (?:\w+ ){0,3}(?:ar) .{0,30}\b(?:fel|felaktig\w*|inaktuell\w*)\b/,
  },
  named: {
    access:
      /\btillgang|\bregisterutdrag|\bkopi[ao]\w* .{0,60}(?:uppgift|data)|\bbekrafta\w* .{0,60}behandla/,
    rectification:
      /\bratta\b|\brattelse|\bkorriger|\bkomplettera|\buppdatera .{0,40}(?:adress|namn)|\bandra .{0,40}(?:adress|namn)/,
    erasure: /\brader|\bta bort\b|\bborttag|bortglomd/,
    restriction: /\bbegrans/,
    portability: /portabilitet|maskinlasbar|\boverfor/,
    objection: /\binvand|\bmotsatt|\bavregistrera mig/,
    withdrawal: /\baterkall|\bdra .{0,30}tillbaka/,
    complaint: /\bklagomal/,
  },
  held: /\buppgifter\b.{0,40}\bni (?:har|behandlar|lagrar)\b/,
  stop: /\b(?:inte|ingen) .{0,40}(?:reklam|nyhetsbrev|marknadsforing|utskick)|\bsluta\b/,
  until: /\b(?:tills|medan|i vantan)\b.{0,80}(?:kontroller|utred|korrekt|beslut|verifi)/,
};

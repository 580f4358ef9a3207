/** Files in the one-byte encodings of Cyrillic, Greek, Turkish and Central European systems. */

import { deepEqual, equal } from "node:assert/strict";
import { scan, text } from "../../../db/imports/encodings.ts";
import { type Encoding, encodings } from "../../../db/imports/plans.ts";
import { importAll, only, sourceOf } from "./sources.ts";

/** The text in a one-byte encoding, by trying every byte. */
function encode(content: string, encoding: Encoding): Uint8Array {
  const table = new Map<string, number>();
  for (let byte = 255; byte >= 0; byte--) {
    table.set(new TextDecoder(encoding).decode(Uint8Array.of(byte)), byte);
  }
  return Uint8Array.from(content, (character) => table.get(character)!);
}

async function decoded(bytes: Uint8Array): Promise<[Encoding, string]> {
  const { encoding } = await scan(sourceOf(bytes));
  return [encoding, (await Array.fromAsync(text(sourceOf(bytes, 3), encoding))).join("")];
}

const russian = "Фамилия;Имя;Город;Телефон\nИванов;Пётр;Москва;+7 495 123-45-67\n" +
  "Петрова;Анна;Санкт-Петербург;\nСМИРНОВ;ОЛЕГ;КАЗАНЬ;\n";
const greek = "Επώνυμο;Όνομα;Πόλη\nΠαπαδόπουλος;Νίκος;Αθήνα\nΆγγελος;Ελένη;Θεσσαλονίκη\n";

for (
  const encoding of ["windows-1251", "koi8-u", "iso-8859-5", "ibm866", "x-mac-cyrillic"] as const
) {
  Deno.test(`Russian in ${encoding} is recognised by its letters`, async () => {
    deepEqual(await decoded(encode(russian, encoding)), [encoding, russian]);
  });
}

Deno.test("a list all in capitals is recognised too, whatever its encoding", async () => {
  const shouted = "ФАМИЛИЯ;ИМЯ;ГОРОД\nИВАНОВ;ИВАН;МОСКВА\nКУЗНЕЦОВА;МАРИЯ;НОВОСИБИРСК\n";
  for (const encoding of ["windows-1251", "koi8-u", "iso-8859-5", "ibm866"] as const) {
    deepEqual(await decoded(encode(shouted, encoding)), [encoding, shouted]);
  }
});

Deno.test("Ukrainian in KOI8 keeps its own letters", async () => {
  const content = "Прізвище;Ім'я;Місто\nШевченко;Їжакевич;Київ\nЄременко;Ганна;Чернігів\n";
  deepEqual(await decoded(encode(content, "koi8-u")), ["koi8-u", content]);
});

Deno.test("Greek of Unix systems is recognised beside that of Windows", async () => {
  deepEqual((await decoded(encode(greek, "windows-1253")))[1], greek);
  deepEqual(await decoded(encode(greek, "iso-8859-7")), ["iso-8859-7", greek]);
});

Deno.test("Polish and Czech of Unix systems are distinguished from those of Windows", async () => {
  for (
    const content of [
      "Imię;Miasto\nŁukasz Wiśniewski;Łódź\nJola Dąbrowska;Kraków\nStanisław Śliwa;Gdańsk\n",
      "Nazwa;Telefon\nŁukasz Żak;601234567\nPaweł Święty;602345678\n",
      "Nazwisko;Miasto\nŻak;Łódź\nŚwięty;Kraków\nJabłońska;Wrocław\n",
      "Jméno;Město\nJiří Dvořák;Plzeň\nTomáš Beneš;Třebíč\nMiloš Křížek;Ústí\n",
    ]
  ) {
    for (const encoding of ["iso-8859-2", "windows-1250"] as const) {
      deepEqual(await decoded(encode(content, encoding)), [encoding, content]);
    }
  }
});

Deno.test("signs of Western text are not taken for Polish, and the euro of Unix systems is one", async () => {
  const british = "Name;Notiz\nHousehold;£m 5 ± 1, 3 m³ and 20 µm\n";
  deepEqual(await decoded(encode(british, "windows-1252")), ["windows-1252", british]);
  const budget = "Project;Budget £k;Actual £k;Forecast £k\nBridge;5;6;7\n";
  deepEqual(await decoded(encode(budget, "windows-1252")), ["windows-1252", budget]);
  const bytes = encode("Straße;Preis\nWeg;5 ¤\n", "windows-1252");
  deepEqual(await decoded(bytes), ["windows-1252", "Straße;Preis\nWeg;5 €\n"]);
});

Deno.test("Turkish is distinguished from Western text", async () => {
  const turkish = "Adı;Soyadı;Şehir\nAyşe;Yıldız;İstanbul\nDoğan;Çağlar;Eskişehir\n";
  deepEqual(await decoded(encode(turkish, "windows-1254")), ["windows-1254", turkish]);
  const icelandic = "Nafn;Staður\nÞórður Ásgeirsson;Ísafjörður\nGuðrún Sæmundsdóttir;Akureyri\n";
  deepEqual(await decoded(encode(icelandic, "windows-1252")), ["windows-1252", icelandic]);
});

Deno.test("rows of non-breaking spaces are not taken for letters", async () => {
  const padded = encode(
    "Name;Ort\nMüller\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0;Köln\u00a0\u00a0\u00a0\n",
    "windows-1252",
  );
  equal((await decoded(padded))[0], "windows-1252");
});

Deno.test("every encoding on offer can be decoded", () => {
  for (const encoding of encodings) {
    if (/^(?:ibm850|utf-32)/.test(encoding)) continue;
    new TextDecoder(encoding);
  }
});

Deno.test("a list in KOI8 comes in as persons", async () => {
  const { records } = await importAll(sourceOf(encode(russian, "koi8-u")));
  deepEqual(records.map(({ contact }) => contact?.lastName), ["Иванов", "Петрова", "СМИРНОВ"]);
});

Deno.test("umlauts between capitals are capitals, in lists of DOS programs too", async () => {
  const shouted = "KDNR;NAME;ORT\n1;MÜLLER;KÖLN\n2;JÜRGENS;MÜNCHEN\n3;GRÄF;LÖHNE\n";
  const of850 = Uint8Array.from(
    shouted,
    (letter) => ({ Ä: 0x8e, Ö: 0x99, Ü: 0x9a })[letter] ?? letter.charCodeAt(0),
  );
  deepEqual(await decoded(of850), ["ibm850", shouted]);
  for (const encoding of ["windows-1252", "macintosh"] as const) {
    deepEqual(await decoded(encode(shouted, encoding)), [encoding, shouted]);
  }
});

Deno.test("a Turkish list of Outlook is read by its headings", async () => {
  const found = await only({
    "Unvan": "Bayan",
    "Ad": "İpek",
    "İkinci Ad": "Su",
    "Soyadı": "Işık",
    "Şirket": "Işık Tekstil A.Ş.",
    "İş Unvanı": "Müdür",
    "İş Adresi Cadde": "İstiklal Caddesi 12",
    "İş Adresi Şehir": "İstanbul",
    "İş Adresi Posta Kodu": "34430",
    "İş Adresi Ülke": "TÜRKİYE",
    "Ev Telefonu": "+90 212 555 12 34",
    "Cep Telefonu": "+90 532 555 11 22",
    "E-posta Adresi": "ipek@isik.example",
    "E-posta Görünen Adı": "İpek Işık",
    "Doğum Günü": "15.03.1980",
  });
  const { salutation, firstName, lastName, position, birthday, phones, addresses } = found.contact;
  deepEqual([salutation, firstName, lastName], ["ms", "İpek Su", "Işık"]);
  deepEqual([position, birthday], ["Müdür", "1980-03-15"]);
  deepEqual(phones.map(({ number, kind }) => [number, kind]), [
    ["+905325551122", "mobile"],
    ["+902125551234", "home"],
  ]);
  const [{ street, postalCode, city, country }] = addresses as [typeof addresses[0]];
  deepEqual([street, postalCode, city, country], [
    "İstiklal Caddesi 12",
    "34430",
    "İstanbul",
    "TR",
  ]);
  deepEqual([found.company!.name, found.company!.legalForm], ["Işık Tekstil A.Ş.", "A.Ş."]);
});

Deno.test("a Turkish list in capitals names persons, their companies and their country", async () => {
  const text = "AD SOYAD;FİRMA ÜNVANI;TELEFON;E-POSTA;ADRES;İL;İLÇE\n" +
    "İBRAHİM KAYA;KAYA LTD. ŞTİ.;0212 555 44 33;kaya@kaya.example;Bağdat Cad. 12;İSTANBUL;KADIKÖY\n" +
    "IŞIL ŞAHİN;ŞAHİN LİMİTED ŞİRKETİ;0232 555 22 11;s@sahin.example;Gazi Bulvarı 4;İZMİR;KONAK\n";
  const { inspection, records } = await importAll(sourceOf(text));
  equal(inspection.plan.country, "TR");
  deepEqual(records.map(({ contact }) => [contact!.firstName, contact!.lastName]), [
    ["İBRAHİM", "KAYA"],
    ["IŞIL", "ŞAHİN"],
  ]);
  deepEqual(records.map(({ companies }) => companies[0]!.legalForm), ["Ltd. Şti.", "Ltd. Şti."]);
  deepEqual(records[0]!.contact!.phones[0]!.number, "+902125554433");
  deepEqual(records[0]!.contact!.addresses[0]!.city, "İSTANBUL");
});

Deno.test("an advertisement is no first name, and Bay and Pan are names where nothing greets", async () => {
  const { inspection } = await importAll(
    sourceOf("Ad,Name,Email\nSpring,Eva Groß,eva@x.example\n"),
  );
  deepEqual(inspection.plan.columns.map(({ target }) => target), ["ignore", "fullName", "email"]);
  const { contact } = await only({ Vorname: "Bayan", Nachname: "Bay", "E-Mail": "b@bay.example" });
  deepEqual([contact.salutation, contact.firstName, contact.lastName], ["", "Bayan", "Bay"]);
  const polish = await only({
    "Tytuł": "Pani",
    "Imię": "Ewa",
    Nazwisko: "Nowak",
    Stanowisko: "Prezes",
  });
  deepEqual([polish.contact.salutation, polish.contact.position], ["ms", "Prezes"]);
});

Deno.test("headings of the Far and the Near East are read as ours are", async () => {
  const found = async (...rows: string[]) => {
    const { records } = await importAll(sourceOf(`${rows.join("\r\n")}\r\n`));
    return records.map(({ contact, companies }) => [
      ...[contact?.lastName, contact?.firstName, companies[0]?.name],
      contact?.emails[0]?.address,
    ]);
  };
  deepEqual(
    await found("姓,名,会社名,メールアドレス", "山田,太郎,山田商事株式会社,taro@yamada.example"),
    [["山田", "太郎", "山田商事株式会社", "taro@yamada.example"]],
  );
  deepEqual(await found("姓名,公司,邮箱", "王小明,北京科技有限公司,wang@bj.example"), [
    ["王小明", "", "北京科技有限公司", "wang@bj.example"],
  ]);
  deepEqual(await found("이름,회사명,이메일", "김철수,한빛,kim@hanbit.example"), [
    ["김철수", "", "한빛", "kim@hanbit.example"],
  ]);
  deepEqual(await found("الاسم,الشركة,البريد الإلكتروني", "محمد علي,النور,m@noor.example"), [
    ["علي", "محمد", "النور", "m@noor.example"],
  ]);
  deepEqual(await found('שם פרטי,שם משפחה,"דוא""ל"', "דנה,כהן,dana@or.example"), [
    ["כהן", "דנה", undefined, "dana@or.example"],
  ]);
});

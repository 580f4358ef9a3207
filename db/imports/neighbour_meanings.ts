/**
 * Column headings in other European languages, in Latin, Cyrillic and Greek letters, with their
 * meanings.
 */

import type { Meaning } from "./meanings.ts";

const latin: readonly [Meaning, string][] = [
  [
    "salutation",
    "mrms mrsmr tratamiento aanhef osloveni osloven sexe sesso sexo genre genero genere geslacht plec pohlavi civ mv zwrot",
  ],
  ["title", "titre titolo titulo tytul titul"],
  ["middleName", "deuxiemeprenom secondonome segundonombre drugieimie"],
  [
    "firstName",
    "voorletters prenoms prenomusuel prenomdusage nombredepila roepnaam voornamen imiona",
  ],
  [
    "fullName",
    "dirigeant legalerappresentante rappresentantelegale representantelegal amministratore contactpersoon personadecontacto personneacontacter personadicontatto referente osobakontaktowa kontaktniosoba kontaktperson kontaktpersoon interlocuteur nominativo contacto volledigenaam tav alattentionde alattenzionedi",
  ],
  [
    "address.houseNumber",
    "toevoeging huisnummertoevoeging nrdomu numerodomu cislopopisne numerocivico numdevoie civico ncivico huisnr numerdomu nrbudynku numerbudynku",
  ],
  ["namePrefix", "voorvoegsel tussenvoegsels tussenv"],
  [
    "address.extra",
    "complementdadresse complementadresse complement batiment adresseligne2 piso",
  ],
  ["company.name", "bpname businesspartnername"],
  ["customerNumber", "bpcode businesspartnercode geschaeftspartnercode ktonr"],
  ["name", "nazwa nazev nazov namn navn"],
  ["language", "langue lingua idioma taal jezyk sprog sprak"],
  [
    "lastName",
    "nomdenaissance nomdejeunefille segundoapellido priezvisko nomdusage nomusuel nommarital nompatronymique primerapellido familienaam familieneam",
  ],
  [
    "objection.email",
    "desabonne desabonnee desinscrit desinscrite disiscritto disiscritta dadodebaja afgemeld uitgeschreven wypisany wypisano odhlasen odhlaseno",
  ],
  ["suffix", "sufiks suffixe suffisso sufijo"],
  [
    "position",
    "titreprofessionnel posizione mansione qualifica pozice pozicia beosztas stilling funkce funkcia funkcja befattning tittel tehtaevaenimike titteli funcao functie funksjon ruolo",
  ],
  [
    "department",
    "service reparto departamento afdeling avdelning dzial oddeleni oddelenie",
  ],
  [
    "birthday",
    "datenaissance urodziny anniversaire compleanno datadinascita datanascita cumpleanos fechadenacimiento fechanacimiento aniversario datanascimento verjaardag geboortedatum dataurodzenia datumnarozeni datumnarodenia szuletesidatum fodselsdag fodelsedag nele neele natoil natail fnacimiento fechanac dataur",
  ],
  [
    "email",
    "pec adressedemessagerie adressemessagerie adressemail adresseelectronique indirizzopostaelettronica indirizzoemail direccioncorreoelectronico direccionemail sahkoposti adressecourriel adresseemail adresseducourriel mel direcciondecorreo direcciondecorreoelectronico mailadres poczta indirizzomail",
  ],
  [
    "phone",
    "telefone puhelinnumero numerotelephone numerodetelephone telephonefixe telephoneprincipal telfixe fixe telephonebureau numerditelefono telefonofisso telefonofijo vastetelefoon telefonnicislo telfisso numerodetelefono numeroditelefono recapitotelefonico tfno tlf tfnofijo telefonostandard telefoonvast vasttelefoonnummer telefonstacjonarny stacjonarny numertelefonu telkontaktowy telefonkontaktowy",
  ],
  ["company.phone", "telephonesociete telefonosocieta telefonoempresa telefoonbedrijf"],
  [
    "phone.mobile",
    "telephonevoiture mobieletelefoon mobielnummer telefonomovil telefonecelular tfnomovil mobielenummer 06nummer gsmnummer telkom telkomorkowy nrkomorkowy komorkowy numerkomorkowy",
  ],
  ["phone.fax", "telecopie telecopieur"],
  ["address.poBox", "boitepostale bp boitepostaledudomicile autreboitepostale bpprofessionnelle"],
  [
    "address.whole",
    "sedelegale siegesocial adressedusiege domiciliosocial domiciliofiscal morada cim adressepostale domicilio residenza adreszamieszkania adreskorespondencyjny",
  ],
  [
    "address.street",
    "utca gatuadress adresulica straatnaam forretningsadresseadresse adresseligne1 voie",
  ],
  ["address.postalCode", "codpostal postnr adreskodpocztowy forretningsadressepostnummer kodpoczt"],
  [
    "address.city",
    "by varos miejscowosc adresmiejscowosc localidade localite oras poststed forretningsadressepoststed commune comune localidad municipio gemeente localita lieu",
  ],
  ["address.region", "depregion judet prov regione"],
  [
    "address.country",
    "stat nazione nazion paysregion paisoregion krajregion adreskrajregion krajina tara maa panstwo",
  ],
  [
    "company.name",
    "firmanavn virksomhedsnavn bedriftsnavn yrityksennimi organizacion razonsocial nombreempresa nomedaempresa ceg cegnev spolocnost nomsociete nomentreprise raisonsociale verknuepftefirma denomination etablissement ditta sociedad organisatie firmanaam naambedrijf naamorganisatie firmanazwa przedsiebiorstwo",
  ],
  ["company.parent", "societemere"],
  [
    "company.vatId",
    "partitaiva piva nipue vatue numerotva ntva tva tvaintracommunautaire numtva btwnummer btw dic icdph ntvaintracom partiva",
  ],
  ["company.taxNumber", "codicefiscale adoszam cf codfisc codicefisc"],
  [
    "company.registerNumber",
    "orgnr organisationsnummer ytunnus siren kvk kvknummer cvr cvrnummer organisasjonsnummer regon krs",
  ],
  [
    "customerNumber",
    "kundenr nadherent numeroadherent noadherent asiakasnumero relatiecode relatienummer debiteurnummer klantcode codicecliente numerocliente codigocliente cislozakaznika numerklienta klantnummer numeroclient codeclient nclient ndadherent codcliente ncliente nocliente nosocio numerosocio tessera numerotessera ntessera klantnr lidnummer lidnr nrklienta kodklienta",
  ],
  [
    "website",
    "pageweb siteinternet sitoweb paginaweb sitioweb stronainternetowa webovastranka sito sitointernet stronawww",
  ],
  [
    "notes",
    "notatki notatka notepublique noteprivee remarques commentaires commentaire notas observaciones comentarios observacoes opmerkingen opmerking uwagi poznamka poznamky megjegyzes bemaerkninger anteckningar observatii remarque observation observations osservazioni annotazioni notitie komentarz",
  ],
];

const eastern: readonly [Meaning, string][] = [
  ["salutation", "обращение пол стать звертання обръщение προσφώνηση φύλο"],
  ["firstName", "имя имена имяконтакта ім'я име собственоиме όνομα μικρόόνομα"],
  ["middleName", "отчество побатькові презиме бащиноиме πατρώνυμο"],
  ["lastName", "фамилия прізвище фамилно фамилноиме επώνυμο επίθετο"],
  [
    "fullName",
    "фио піб полноеимя контактноелицо контакт имяфамилия фамилияимя фамилияимяотчество контактнаособа лицезаконтакт лицезаконтакти имеифамилия ответственноелицо представитель ονοματεπώνυμο πλήρεςόνομα υπεύθυνος υπεύθυνοςεπικοινωνίας άτομοεπικοινωνίας υπεύθυνοςεπαφής επαφή",
  ],
  ["position", "должность посада длъжност позиция профессия θέση θέσηεργασίας ιδιότητα επάγγελμα"],
  ["department", "отдел подразделение відділ отделение τμήμα"],
  [
    "birthday",
    "датарождения деньрождения датанародження деньнародження датанараждане рожденаден рожденадата ημερομηνίαγέννησης ημγέννησης γενέθλια",
  ],
  ["language", "язык мова език γλώσσα"],
  [
    "email",
    "электроннаяпочта эпочта элпочта почта емейл имейл мейл адресэлектроннойпочты електроннапошта електронапошта електроненадрес електроннаадреса ηλεκτρονικήδιεύθυνση ηλεκτρονικόταχυδρομείο ηλταχυδρομείο διεύθυνσηemail",
  ],
  [
    "phone",
    "телефон телефоны номертелефона телефонныйномер тел городскойтелефон номертелефону телефоненномер стационарен стационарентелефон контактныйтелефон телефонзаконтакт τηλέφωνο τηλέφωνα τηλ σταθερό σταθερότηλέφωνο τηλέφωνοεπικοινωνίας αριθμόςτηλεφώνου",
  ],
  [
    "phone.mobile",
    "мобильный мобильныйтелефон моб мобтел сотовый сотовыйтелефон мобільний мобільнийтелефон мобилен мобилентелефон gsm κινητό κινητότηλέφωνο κιν",
  ],
  ["phone.fax", "факс φαξ"],
  [
    "address.whole",
    "адрес адреса юридическийадрес почтовыйадрес фактическийадрес пощенскиадрес поштоваадреса διεύθυνση ταχυδρομικήδιεύθυνση έδρα",
  ],
  ["address.street", "улица вулиця улицадом улицаидом οδός οδόςαριθμός οδόςκαιαριθμός"],
  ["address.houseNumber", "дом номердома будинок αριθμός αρ αριθμόςοδού"],
  ["address.extra", "квартира офис κτίριο όροφος"],
  ["address.poBox", "абонентскийящик пощенскакутия θυρίδα ταχυδρομικήθυρίδα"],
  [
    "address.postalCode",
    "индекс почтовыйиндекс поштовийіндекс пощенскикод пк τκ ταχυδρομικόςκώδικας ταχκώδικας",
  ],
  ["address.city", "город населенныйпункт місто град населеномясто πόλη δήμος"],
  ["address.region", "область регион край районобластной νομός περιφέρεια"],
  ["address.country", "страна країна държава χώρα"],
  [
    "company.name",
    "компания организация фирма предприятие работодатель названиекомпании названиеорганизации наименованиекомпании наименованиеорганизации местоработы компанія організація підприємство назвакомпанії назваорганізації дружество имефирма именафирма εταιρεία εταιρία επωνυμία επωνυμίαεταιρείας επωνυμίαεπιχείρησης επιχείρηση οργανισμός όνομαεταιρείας",
  ],
  ["company.vatId", "ндсномер номерподдс ддсномер инподдс αφμvies"],
  ["company.taxNumber", "инн іпн αφμ αριθμόςφορολογικούμητρώου"],
  ["company.registerNumber", "огрн егрпоу єдрпоу еик булстат γεμη αριθμόςγεμη"],
  ["company.legalForm", "правоваяформа нормативнаформа правнаформа νομικήμορφή"],
  [
    "company.industry",
    "отрасль сферадеятельности видеятельности галузь сектор бранш дейност κλάδος δραστηριότητα αντικείμενο",
  ],
  [
    "customerNumber",
    "номерклиента кодклиента номерклієнта клиентскиномер κωδικόςπελάτη αριθμόςπελάτη",
  ],
  ["uid", "ид идентификатор ідентифікатор"],
  [
    "website",
    "сайт вебсайт сайткомпании уебсайт уебстраница страница ιστοσελίδα ιστότοπος ιστοχώρος",
  ],
  [
    "notes",
    "примечание примечания комментарий комментарии заметки заметка коментар коментарі бележки бележка забележка забележки примітки примітка нотатки σημειώσεις σημείωση σχόλια σχόλιο παρατηρήσεις",
  ],
  [
    "tags",
    "теги метки группа группы категория категории групи група етикети категорія ετικέτες ετικέτα ομάδα ομάδες κατηγορία κατηγορίες",
  ],
  ["status", "статус състояние κατάσταση"],
  ["owner", "ответственный отговорник"],
  ["name", "наименование название наименуване назва"],
  [
    "unused",
    "датасоздания создан изменен источник дата πηγή ημερομηνία δου",
  ],
];

/** Turkish, with "i" for the dotless letter; headings come with "ue", and without dots. */
const turkish: readonly [Meaning, string][] = [
  ["salutation", "hitap cinsiyet"],
  ["title", "unvan unvani ünvan ünvani"],
  ["firstName", "ad adi isim ismi"],
  ["middleName", "ikinciad ikinciadi ikinciisim göbekadi"],
  ["lastName", "soyad soyadi soyisim soyismi"],
  [
    "fullName",
    "adsoyad adsoyadi adisoyadi adisoyad adivesoyadi advesoyad advesoyadi isimsoyisim isimsoyad tamadi yetkili yetkilikisi yetkiliadi yetkiliadisoyadi yetkiliadsoyad ilgilikisi irtibatkisisi iletisimkisisi",
  ],
  ["position", "isunvani isünvani görev görevi pozisyon pozisyonu meslek meslegi"],
  ["department", "departman departmani bölüm bölümü birim birimi"],
  ["birthday", "dogumtarihi dogumgünü"],
  ["language", "dil"],
  ["email", "eposta epostaadresi epostaadres emailadresi mailadresi elektronikposta"],
  ["phone", "telefonu telefonno telefonnumarasi telno sabittelefon"],
  [
    "phone.mobile",
    "cep ceptel ceptelno ceptelefonu ceptelefonno gsmno gsmnumarasi mobiltelefon",
  ],
  ["phone.fax", "faks faksi faksno faksnumarasi"],
  ["address.whole", "adresi acikadres acikadresi"],
  ["address.street", "cadde sokak caddesokak adresicadde adresisokak adresicaddesokak"],
  ["address.houseNumber", "kapino binano"],
  ["address.extra", "ilce ilcesi semt mahalle adresiilce"],
  ["address.postalCode", "postakodu adresipostakodu"],
  ["address.city", "sehir sehri il ili kent adresisehir adresiil"],
  ["address.country", "ülke ülkesi ülkebölge adresiülke adresiülkebölge"],
  [
    "company.name",
    "sirket sirketi sirketadi sirketunvani sirketünvani firmaadi firmaunvani firmaünvani firmaunvan firmaünvan ticariunvan ticariünvan ticariunvani ticariünvani ticaretunvani ticaretünvani cariunvan cariünvan cariunvani cariünvani kurum kurumadi kurulus isyeri isyeriadi",
  ],
  ["company.taxNumber", "vergino verginumarasi vergikimlikno vkn"],
  ["company.industry", "sektör sektörü faaliyetalani"],
  ["customerNumber", "müsterino müsterikodu carikod carikodu uyeno"],
  ["website", "websitesi webadresi internetsitesi internetadresi"],
  ["notes", "notlar aciklama aciklamalar aciklamasi"],
  ["tags", "etiket etiketler grup grubu kategori kategorisi"],
  ["status", "durum durumu"],
  ["owner", "sorumlu müsteritemsilcisi satistemsilcisi"],
  ["name", "müsteri müsteriadi müsteriunvani cariadi"],
  [
    "unused",
    "vergidairesi tckimlikno tckn epostagörünenadi kayittarihi olusturmatarihi güncellemetarihi",
  ],
];

/** Columns of the Dutch, Finnish and Czech registers of companies, and of Nordic address books. */
const registers: readonly [Meaning, string][] = [
  ["company.name", "handelsnaam toiminimi obchodnifirma"],
  ["address.city", "postitoimipaikka obec miestas localitate"],
  ["website", "kotisivut hjemmeside"],
  ["birthday", "fodselsdato foedselsdato"],
];

export const neighbours: readonly [Meaning, string][] = [
  ...latin,
  ...registers,
  ...turkish.flatMap(([meaning, words]): [Meaning, string][] => [
    [meaning, words],
    [meaning, words.replaceAll("ö", "oe").replaceAll("ü", "ue")],
  ]),
  ...eastern,
];

/** The dictionary of column headings, in lower case without blanks: what each one means. */

import { far } from "./far_meanings.ts";
import { neighbours } from "./neighbour_meanings.ts";
import type { AddressPart, Target } from "./targets.ts";

export type Meaning =
  | Exclude<Target, `address.${string}` | `company.address.${string}` | `email.${string}` | "label">
  | `address.${AddressPart}`
  | "email"
  | "emaillabel"
  | "phonelabel"
  | "addresslabel"
  | "unused";

const entries: readonly [Meaning, string][] = [
  [
    "salutation",
    "sal anredetext geschl titleofcourtesy adressanrede salutationkey titrecivilite anr anred anrede salut salutation gender geschlecht anredecode anredeform sex greeting courtesytitle civility civilitaet hoeflichkeitsanrede salutationname mrmrs civilite anredeschluessel mw mwd herrfrau frauherr",
  ],
  [
    "title",
    "academicdegree prefixid individualprefix akademischergrad title titel titelakadgrad akadgrad akademischertitel akadtitel academictitle nameprefix honorificprefix titelkurz doktortitel anredetitel titlename prefix titelvorangestellt titelvorgestellt vorangestelltertitel titelvor",
  ],
  [
    "firstName",
    "contactfirstname primernombre name2vorname firmenzusatzvorname zusatzvorname vname vna namefirst vorname firstname givenname vornamen forename rufname firstnames vornameadressattypnatuerlperson vornameadressatentypnatuerlperson prenom nombre voornaam fname first vornamekontakt imie jmeno foernamn fornavn etunimi keresztnev prenume ime nome namesgivenname primeironome nombres vorn christianname",
  ],
  [
    "middleName",
    "middelstenaam tweedevoornaam middlename weiterevornamen weiterervorname additionalname zweitername zweitervorname middlenames middle secondname mi middleinitial",
  ],
  [
    "namePrefix",
    "namensvorsatz vorsatzwort namenspraefix adelstitel namenszusatzvorne nobilityprefix lastnameprefix tussenvoegsel vorsatz",
  ],
  [
    "lastName",
    "contactlastname nname nna namelast nachname lastname familienname familyname surname zuname nameadressattypnatuerlperson nameadressatentypnatuerlperson lname last apellido apellidos achternaam nomdefamille nachnamekontakt hausname nazwisko prijmeni efternamn etternavn efternavn sukunimi vezeteknev nume prezime priimek cognome sobrenome namesfamilyname apelido nachn",
  ],
  [
    "suffix",
    "suffix namesuffix namenssuffix honorificsuffix generationsname namenszusatzhinten jrsr titelnachgestellt nachgestelltertitel titelnach",
  ],
  [
    "fullName",
    "ansprechpartnerprimaer savedname ansprperson gf hauptansprechpartner familiennamevorname zunamevorname surnamefirstname lastnamefirstname wieheissensie wieheisstdu vorundzuname vorzuname vornameundzuname usernameoriginalname nameoriginalname fullname vollstaendigername vollername ganzername kontaktname contactname ansprechpartner ansprechpartnername ansprechpartnerin kontaktperson direktor direktorin schulleitung schulleiter schulleiterin einrichtungsleitung einrichtungsleiter heimleitung vorsitzender vorsitzende obmann obfrau contactperson personname fileas displayname anzeigename formattedname namevorname vornamename nachnamevorname vornamenachname vorundnachname vornameundnachname namevornamename contactpersonname kontakt contact primarycontact hauptkontakt fn partnername angezeigtername ansprechpartner1 speichernunter customername kundenname primaererkontakt ansprechperson namesdisplayname imieinazwisko nomecompleto nombrecompleto nomcomplet ansprechpartnerfirma inhaber inhaberin inhabername geschaeftsfuehrer geschaeftsfuehrerin geschaeftsfuehrung ansprechp ap nameinfull attn attention zhd zuhaenden",
  ],
  ["nickname", "pushname publicdisplayname nickname spitzname nick shortname"],
  [
    "position",
    "position jobtitle funktion function berufsbezeichnung stellenbezeichnung jobtitel designation stelle jobposition arbeitstitel organizationtitle organisationtitle accounttitle employeetitle organization1title occupation beruf berufsbez taetigkeit profession job stellung positiontitle fonction headline kontaktfunktion titleposition currentposition berufstitel jobbezeichnung poste postefonction aktuelleposition organizationstitle stanowisko cargo puesto funzione functie positioninderorganisation",
  ],
  [
    "department",
    "departmentname companiesdepartment abteilung department departement organizationdepartment team bereich department1 fachabteilung dept ou businessunit contactdepartment organisationdepartment abt division",
  ],
  [
    "role",
    "companiesrole rolle role jobrole kontaktrolle buyingrole memberrole organizationjobdescription",
  ],
  [
    "birthday",
    "bornat birthdt geburtstag birthday geburtsdatum dateofbirth birthdate dob bday gebdatum geburtstagdatum gebdat geboren geborenam datedenaissance personbirthday gebam geb gebdat",
  ],
  ["birthYear", "birthdaysdateyear geburtsjahr birthyear yearofbirth"],
  ["birthMonth", "birthdaysdatemonth geburtsmonat birthmonth monthofbirth"],
  ["birthDay", "birthdaysdateday birthdayofmonth birthdaynumber geburtstagtag"],
  [
    "language",
    "sprache language lang locale defaultlanguage korrespondenzsprache preferredlanguage languagecode kundensprache sprachcode",
  ],

  [
    "email",
    "emailaddressdata nonprimaryemails nonprimaryemail nonprimaryemailaddresses emailsaddress email emailjsonb emailadresse emailaddress emailid emailadress mail mailadresse emails emailadressen emailvalue primaryemail primaereemailadresse primaereemail emailprimaer internetadresse emailaddresses hauptemail kontaktemail emailkontakt courriel emailadresseprimaer defaultemail contactemail emailadressehauptadresse mailaddress emailfirma emailprivatkunde emailadr personemail workemailaddress emailemailaddress useremail emailprimaererkontaktkontakt emailprimaererkontakt epost correo correoelectronico postaelettronica emailadres saehkoeposti epostadress adresemail emailaddr elektronischepost",
  ],
  [
    "emaillabel",
    "emailkind emailskind emaillabel emailtype emailtyp emailkategorie emailart emailaddressestype etiquetteemail",
  ],
  [
    "phone",
    "firstphone phonenumberdata telefondirekt direkttelefon telf1 telf2 telnumber phonesnumber telefon telefonnummer telnummer fonnummer phone phonenumber tel telnr telefonnr telephone fon telefonzentrale haupttelefon phonevalue primaryphone mainphone zentrale rufnummer festnetz festnetznummer telefonfestnetz telephonenumber phonenumbers telefonnummern telefone telefonnrn kontakttelefon businessphonenumber directphone directdial durchwahl autotelefon carphone isdn callback rueckmeldung landline landlinenumber telefongl telefongeschaeftsleitung telefonnummergeschaeftlich hauptnummer addressphone contactphone phones telenr telefax1telefon personphone telefonhauptnummer phoneformattednumber telefono telefoon puhelin telefonszam telefonnummer1 telefoonnummer phonenumbernumber phonejsonb contactnumber contactnumbers rufnr telefontagsueber telefonabends telefonkontakt telfestnetz daytimephone daytimetelephone eveningphone homelandline contactno ddi phonelandline telefonprivatfestnetz",
  ],
  [
    "phone.mobile",
    "mobfon textremindernumber mobiltel mobilfon mobnumber mob iphone phoneiphone phonenumberiphone telefoniphone mobil mobile mobiltelefon mobilephone handy handynummer mobilnummer mobilephonenumber cell cellphone mobilenumber mobilfunk mobiltelnr mobilfunknummer mobilnr handynr phonemobile telefonmobil cellular mobiltelefonnummer mobilephone1 mobiltelefonnr gsm mobileno natel smartphone sms whatsapp portable mobilephoneformattednumber telefonoportatile movil komorka cellulare celular telemovel mobiel matkapuhelin mobiltelefon1 mobiltelefonfirma telefonkomorkowy smsnummer mobilephoneno",
  ],
  [
    "phone.fax",
    "telfx fax telefax faxnummer faxnumber faxnr telefaxnummer telefaxnr phonefax faxno faxnumbers",
  ],
  [
    "phonelabel",
    "phonekind phoneskind phonelabel phonetype telefontyp telefonkategorie telefonart phonenumberstype phonenumbertype telefonlabel etiquettetelephone",
  ],
  [
    "addresslabel",
    "adrestype addresseskind addresslabel addresstype addresstypelabel adresskategorie addresskind adressetyp adresselabel etiquetteadresse",
  ],

  [
    "address.whole",
    "adresse adr anschrift address addressformatted postanschrift postadresse fulladdress vollstaendigeadresse postaladdress adressekomplett formattedaddress addresses anschriftkomplett adressen location hauptadresse residence domicile addresslabelformatted wohnadresse postaladdressaddressformatted postaladdressformatted wohnanschrift adresseformatiert",
  ],
  [
    "address.street",
    "postaladdressaddress postaladdressstreet stras adresregel1 adresregel addressesstreet strasse str street streetaddress strassehausnr strasseundhausnummer strassehausnummer strasseundnr strassenr addressstreet adressestrasse adressestr addressline addressline1 address1 adresszeile1 adresszeile street1 strasse1 strasseundhausnr streetaddress1 addr1 strasseunr strasseuhausnr strasseuhausnummer strassepostfach strnr streetname adressestrassehausnr addressstreetaddress adressezeile1 rue calle straat streethousename adressestrasseundhausnummer strassenname addressaddress line1 ulica indirizzo via direccion adres adresa adress katuosoite streethouseno ulice add1",
  ],
  [
    "address.houseNumber",
    "streetnr streetnum housenum1 hausnummer hausnr housenumber streetnumber hnr housenr houseno adressehausnummer huisnummer hsnr hausnrzusatz hausnummerzusatz housenameno housenamenumber",
  ],
  [
    "address.extra",
    "streetaddressline2 addr2 adresregel2 addressesextra adresszusatz co careof addressline2 address2 street2 strasse2 streetaddress2 zusatz anschriftzusatz addressextendedaddress extendedaddress aptsuite apartment suite additionaladdressline additionaladdressline1 additionaladdressline2 adresszusatz1 adresszusatz2 versandzusatz addressline3 street3 strasse3 adresszeile2 adresszeile3 zusatzzeile addressextra adressezusatz gebaeude building floor etage officelocation adresszeile4 addresssupplement ortsteil stadtteil addressneighborhood line2 line3 anschriftenzusatz adressergaenzung apt flat add2",
  ],
  [
    "address.poBox",
    "pf pfach addressespobox postfach adressepostfach pobox addresspobox postofficebox",
  ],
  [
    "address.postalCode",
    "postaladdresspostcode postaladdresszip plzpostfach postfachplz postleitzahlpostfach plzpostf plzpfach poboxzip poboxpostalcode pstlz plzcode addressespostalcode postal plz postleitzahl zip zipcode postalcode postcode code addresspostalcode addresszip adresseplz zippostalcode cp zipcodepostalcode postzipcode addresspostcode plzstrasse zippostcode zippostalcodeofaddress adressepostleitzahl npa codepostal lkzplz plznr zippostalcodestateregion addresszippostalcode postaladdresszip kodpocztowy codigopostal psc postnummer postinumero iranyitoszam cap postanskibroj",
  ],
  [
    "address.city",
    "ortpostfach postfachort ortplz suburb addressescity ort stadt city town wohnort plzort postleitzahlundort plzundort postleitzahlort plzwohnort plzundwohnort postleitzahlundwohnort addresscity adresseort place locality ortschaft addresslocality sitz gemeinde citytownvillageofaddress cityofaddress adressestadt citytown ville towncity ciudad villeort postaladdresscity miasto citta cidade plaats stad mesto kaupunki woonplaats poblacion citystatezip citystzip citystatezipcode posttown cpetville cpypoblacion cpylocalidad",
  ],
  [
    "address.region",
    "provincie provinciaoestado addressesregion bundesland region state province stateprovince kanton bundeslandkanton addressregion county countystate addressstate stateregion staatprovinz statecounty stateofaddress provinz adressebundesland departementregion bundeslandregion countyregion addressprovince addressprovincecode addressstateprovince bundeslandprovinz stateidname wojewodztwo provincia stateabbr landbundesland",
  ],
  [
    "address.country",
    "laenderkennzeichen isocountrycode laenderregionscode landregionscode countryorregion addressescountry land country staat landregion countryregion addresscountry laendercode countrycode laenderkuerzel countryid lkz adresseland nation landkennzeichen landescode countryofaddress laenderkennung isolaendercode addresscountrycode landiso pays countryiso landname countryname laendername addresscountryregion countryidname kraj paese zeme orszag drzava adresselandregion pais laenderkz laenderkennz ctry",
  ],

  [
    "company.name",
    "firmakonto unternehmenkonto firmename companie cegnev companies currentemployer primaeresunternehmen na1 nameorg1 companiesname firma org orga employername accounts firmenname company companyname unternehmen unternehmensname namedesunternehmens namederfirma namederorganisation organisation organization organizationname organisationname organization1name accountname account firmenbezeichnung relatedcompany associatedcompany firma1 firmenname1 employer arbeitgeber betrieb institution parentaccount geschaeftspartner nameadressattypunternehmen nameadressatentypunternehmen nameadressattypkeineangabe nameadressatentypkeineangabe verknuepftesunternehmen parentcompany zugehoerigesunternehmen societe compania companynamework organisationsname kanzlei praxis verein billingaddresscompany rechnungsadressefirma currentcompany businessname tradename name1 primarycompany associatedcompanyprimary dienststelle kundenfirma contactcompany organizationtitlename companyaccountname einrichtung uebergeordnetefirma zugeordnetefirma nomdelentreprise parentname parentid2 addresscompany parentidname aktuellesunternehmen azienda ragionesociale empresa bedrijf bedrijfsnaam spolecnost foeretag virksomhed yritys tvrtka organizationsname nazwafirmy denominazione salesaccountname salesaccount salesaccounts customeraccount entreprise societa nomtiers tiers fa tradingname nomdelorganisation nomdellorganizzazione",
  ],
  [
    "company.nameExtra",
    "na2 na3 nameorg2 firma2 firmenname2 name2 firmenzusatz namenszusatz firma3 name3 zusatzname companyname2 zusatzfirma",
  ],
  ["company.phone", "corporatephone companymainphone telefonzentral telzentral"],
  ["company.fax", "faxzentral telefaxzentral"],
  ["company.email", "emailzentral"],
  [
    "company.legalForm",
    "formagiuridica formajuridica formejuridique categoriejuridique rechtsvorm formaprawna rechtsform legalform gesellschaftsform juridicalstatus legalentitytype",
  ],
  [
    "company.vatId",
    "vatidentifier stceg federaltaxid ustid ustidnr ustidnummer umsatzsteuerid umsatzsteueridentifikationsnummer umsatzsteueridnr vatid vatnumber vat vatno vatidnumber uidnr uidnummer uidvat vatregno euustid euustidnr eu ustidnrn taxid taxidnumber ustidnrkunde tvaintra vatintrashort vatidno vatregistrationnumber umsatzsteueridentnr uid vatnr ustnr mwstnr vatregistration taxvat umsatzsteuridnr umsatzsteuernummer",
  ],
  ["company.vatCountry", "eulandustidnr euland ustidland eulaendercode"],
  [
    "company.taxNumber",
    "cui steuernummer steuernr stnr taxnumber fiscalcode taxno nip cif nif taxidentifier ein",
  ],
  [
    "company.registerCourt",
    "registergericht amtsgericht registercourt handelsregistergericht hrgericht hramtsgericht",
  ],
  [
    "company.registerNumber",
    "fnnr fnnummer firmenbuch firmenbuchnr fbnr fbnummer handelsregister handelsregisternummer hrb hra registernummer registernumber handelsregisternr hrnummer hrnr hrbnr companyregistrationnumber commercialregister registrationnumber hrbnummer companyregistration firmenbuchnummer companyregister ico companyno companynumber companyregno",
  ],
  [
    "company.parent",
    "gehoertzu muttergesellschaft mutterunternehmen mutterfirma konzernmutter belongsto parentorganization parentorganisation",
  ],
  [
    "company.industry",
    "branche industry industries wirtschaftszweig industrie sektor sector branchen brancheindustry industrysector unternehmensgegenstand branch primaryindustry geschaeftsfeld gewerbe gegenstand",
  ],
  [
    "customerNumber",
    "gemeindegliedernr patnr patientennr patientennummer patientenid mieternr mieternummer custnr gemeindegliedernummer customerscid mnr kunnr cardcode clientcode clientno clientnr mandantennummer mandantennr klientennummer mitglnr mitgliedernr kundennummer kundennr kdnr kundnr kundeid kundenid customernumber customerno customerid customercode kundencode debitor debitorennummer debitorennr debitornr debitorenkonto konto kontonummerdebitor mitgliedsnummer memberid memberno accountnumber clientid idnumber clientnumber custno customernr adressnummer adressnr adrnr lfdnr partnernr mitgliednr kundennummerdebitor referenceid kdnummer mitgliedsnr kundennrn geschaeftspartnernummer kundenliefnr kundenlieferantennr knr spendernummer spendernr mglnr accountno acctno membershipno membershipnumber custid",
  ],
  [
    "uid",
    "copperid klaviyoid nationbuilderid uniqueexternalid donotmodifycontact donotmodifyaccount donotmodifylead nichtaendernkontakt nichtaendernfirma nichtaendernaccount nichtaendernlead id uid uuid recordid externalid externeid extid slug contactid kontaktid systemid internalid accountid2 datensatzid bpid objectid guid externalcode vid gguid kontaktnr kontaktnummer",
  ],
  [
    "shortName",
    "suchbeg sortl busort1 kurzname kurzbezeichnung matchcode suchbegriff alias code2 membercode suchname kuerzel kurzbez searchname suchwort",
  ],
  [
    "website",
    "internetadr intrntsite webseite website homepage url web internet internetseite webpage www websiteurl websitevalue webseiten homepageurl internetauftritt weburl webaddress webadresse companydomainname domain websites website1 siteweb profileurl companydomain webseiteurl internetadressewww linkedinurl linkedinprofile linkedinprofil linkedinprofileurl xingprofil xingprofile xingprofilurl urls businesshomepage personalwebpage personalhomepage webpage1 domainnamedesunternehmens profillink profilurl",
  ],
  [
    "notes",
    "notities internebemerkung internebemerkungen internenotizen interneanmerkung internalnotes nachricht message mitteilung anliegen notizen notiz notes note bemerkung bemerkungen kommentar comment comments anmerkung anmerkungen description beschreibung memo info zusatzinfo background publicnotes privatenotes freitext anmerkungnotiz hinweis zusatzinformation hintergrund interneNotiz notizfeld additionalinfo kommentare remarks hinweise internernotiz bemerkungstext sonstigeangaben about details bem bemerk anm sonstiges",
  ],
  [
    "tags",
    "taglist smarttags tags tag schlagwoerter kategorien kategorie categories category labels label stichwoerter stichworte gruppe gruppen group groups groupmembership schlagworte label2 keywords keyword markierungen kundengruppe kontaktgruppe segment customergroup kontaktkategorie labelsgroups merkmale verteiler schlagwort categoryidname kundenkategorie",
  ],
  [
    "status",
    "status kontaktstatus kundenstatus lifecyclestage lifecyclephase lebenszyklusphase contactstatus customerstatus vertriebsstufe",
  ],
  ["letterSalutation", "lettersalutation briefanrede letteraddress"],
  ["addressForm", "addressform formofaddress duodersie duzen anredeform"],
  ["objections", "objections widersprueche"],
  [
    "objection.all",
    "keinemailings keinmailing keinewerbemittel sperrvermerk robinsonliste robinson optout optedout werbesperre werbewiderspruch donotcontact unsubscribed abgemeldet widerspruchgegenwerbung keinewerbung nomailing mailingsperre donotdisturb",
  ],
  [
    "objection.email",
    "isexcludedfromcampaigns keineemailszulassen keinemassenemailszulassen blocklisted blocklist emailblocklisted blacklisted emailnichtzulassen abgemeldetam abgemeldetseit abmeldungam abmeldezeitpunkt nobulkemailsuseroptout nobulkemails hsemailoptout allowemail allowemails allowbulkemails emailszulassen massenemailszulassen unsub emailoptout emailoptedout hasoptedoutofemail optedoutofemail donotemail emailsperre newsletterabgemeldet emailunsubscribed unsubscribedfromemail unsubscribedfromallemail unsubscribedfromallemails abmeldungvonallenemails vonallenemailsabgemeldet emailblacklisted blacklistedemail donotallowemails donotallowbulkemails emailsnichtzulassen massenemailsnichtzulassen keineemails keinenewsletter keinnewsletter newsletterabmeldung newsletterabgemeldetam unsubtime emailaddressisoptedout marketingstatus deaktiviert keineemail keinemail keinewerbemails emailabgelehnt unsubscribedat deactivated emailoptoutdate unsubscribedate unsubscribeddate abmeldedatum subscriptionstatus emailsubscriptionstatus unsubscribedfromlist unsubscribedfromlists",
  ],
  [
    "objection.phone",
    "keinetelefonanrufezulassen allowphonecalls telefonanrufezulassen donotcall donotphone phoneoptout telefonsperre anrufsperre donotallowphonecalls telefonanrufenichtzulassen keineanrufe keinewerbeanrufe",
  ],
  [
    "objection.post",
    "keinebriefezulassen allowmail allowmails briefezulassen donotmail donotpostalmail donotallowmails donotallowmail donotallowbulkmails postoptout mailoptout keinepost keinewerbepost postsperre briefpostsperre briefenichtzulassen",
  ],
  ["objection.sms", "smsoptout smsblacklisted donotsms nosms keinesms smssperre smsunsubscribed"],
  [
    "owner",
    "owner ownername owneremail ownerfullname owneremailaddress owneruser owneridname owneridemail ownerid owneruserid contactowner contactownername contactowneremail contactownerid personowner recordowner recordownername recordowneremail recordownerid leadowner leadownername leadowneremail leadownerid prospectowner salesowner salesownername salesowneremail salesownerid hubspotowner hubspotownername hubspotowneremail hubspotownerid hubspotcontactowner assigneduser assignedusername assigneduseremail assigneduserid assignedto assignedtoname assignedtousername assignedtouser assignedtoemail assignee assigneename assigneeemail assigneeid ownedby ownedbyname ownedbyemail responsible responsibleuser responsibleusername responsibleuserid responsibleperson salesperson salespersonname salesrep salesrepname salesrepresentative accountmanager useridname useridemail besitzer besitzername besitzeremail besitzerid datensatzbesitzer datensatzinhaber datensatzeigentuemer kontaktbesitzer kontaktinhaber kontakteigentuemer personeigentuemer personbesitzer leadbesitzer leadinhaber leadeigentuemer zustaendig zustaendiger zustaendige zustaendigkeit zustaendigeperson zustaendigermitarbeiter zustaendigemitarbeiterin zustaendigermitarbeiterfuerkontakt zustaendigermitarbeiterfuerdenkontakt fuerdenkontaktzustaendigermitarbeiter fuerkontaktzustaendigermitarbeiter zustaendigerbenutzer zugewiesenerbenutzer zugewiesenerbenutzername zugewiesen zugewiesenan zugeordneterbenutzer zugeordneterbenutzername verantwortlich verantwortlicher verantwortliche verantwortlicheperson verantwortlicherbenutzer verantwortlichermitarbeiter vertriebsmitarbeiter vertriebsmitarbeiterin verkaeufer verkaeuferin betreuer betreuerin kundenbetreuer kundenbetreuerin",
  ],
  [
    "company.owner",
    "companyowner companyownername companyowneremail companyownerid accountowner accountownername accountownerfullname accountowneremail accountownerid organizationowner organisationowner customerowner accountinhaber accountbesitzer accounteigentuemer unternehmensbesitzer unternehmenseigentuemer firmenbesitzer organisationeigentuemer organisationbesitzer zustaendigermitarbeiterfuerunternehmen zustaendigermitarbeiterfuerdasunternehmen fuerunternehmenzustaendigermitarbeiter fuerdasunternehmenzustaendigermitarbeiter",
  ],
  [
    "recordType",
    "partnertyp customertype personcompany unternehmensart companytype adressattyp adressatentyp kontakttyp recordtype iscompany istfirma istunternehmen partnertype contacttypepersoncompany firmaperson isacompany isteinefirma isteinunternehmen kundenart customersubtype kundentyp personfirma companyorperson istorganisation personunternehmen contactkind parteityp partytype kontaktart",
  ],
  [
    "deleted",
    "isdeleted deleted geloescht fivetrandeleted isarchived archiviert archived deletedat loeschkennzeichen",
  ],
  [
    "name",
    "nev nombrefiscal kdname kdbez kdbezeichnung kundenbezeichnung clientname name1nachname firmennamenachname nachnamefirma1 cardname name namen bezeichnung nom snom leadname naam navn name1name nachnamefirma namefirma firmanachname nachnamefirmenname titelname kundelieferant",
  ],

  // Known but useless for a contact: bank and tax details, money, states, technical columns.
  [
    "unused",
    "homeowner iban bic swift swiftcode bankleitzahl blz kontonummer bankname bankbezeichnung kontoinhaber accountid createdtime lastmodifiedtime createdate createddate createdat updatedat created modified lastmodified lastmodifieddate systemmodstamp erstelltam geaendertam erstellt geaendert erstellungsdatum aenderungsdatum balance paidtodate currency currencycode waehrung creditlimit kreditlimit paymentterms paymenttermslabel zahlungsbedingung zahlungsbedingungen zahlungsziel skonto pricelist preisliste active aktiv photo picture bild foto avatar image imageurl phoneticfirstname phoneticmiddlename phoneticlastname yominame givennameyomi additionalnameyomi familynameyomi maidenname geburtsname initials initialen anniversary jahrestag hobby hobbys mileage reisekilometer priority prioritaet privat private sensitivity vertraulichkeit emaildisplayname emailangezeigtername directoryserver verzeichnisserver sozialversicherungsnr governmentidnumber governmentid relationtype relationvalue relationlabel websitelabel websitetype webseitenkategorie linkedin facebook twitter xing skype skypeidentity instagram leadstatus leadsource source herkunft quelle konfession religion spouse partner ehepartner children kinder assistant assistentin assistentinname manager managersname namedesrvorgesetzten vorgesetzter mahnung mahnsperre grussformel abweichendeanrede latitude longitude breitengrad laengengrad timezone zeitzone firstseen lastseen annualrevenue umsatz numberofemployees mitarbeiterzahl mitarbeiter employees parentid state2 stateid countystateid supplier lieferant lieferantennummer lieferantennr suppliercode kreditor kreditorennummer kreditorennr customer type typ art adressart encoder paymentid newsletter accountmode subshopid years connectedon billingattention shippingattention subscribed optin hasnewsletter barcode capital kapital siret ape telefonassistent assistantsphone assistantphone assistanttelefon buero pager telex telefonfuerhoerbehinderte ttytddphone telefonassistentin abrechnungsinformation billinginformation userid benutzer benutzer1 user1 group1 contacttype erstkontakt letzterkontakt firstcontact lastcontact lastcontacted lastsynctime customeraddressid paymentreminder organizationsymbol organizationlocation organizationtype organizationyominame symbol eventtype eventlabel event eventvalue customfieldlabel customfieldvalue imageurl2 suffixtitle contactpicture bemerkungtelefon bemerkungemail bemerkunginternet bemerkungfax bemerkungsonstige bemerkungtelefongl sonstige lastmailing lastread vertreter sachbearbeiter relevantcountries runs messengername screenname angezeigtername2 radio webcal freebusy internetfreigebucht schluessel empfohlenvon referredby marketingcontactstatus",
  ],
];

const plain = (word: string) =>
  word.toLowerCase().normalize("NFKD").replace(/[\p{M}']/gu, "").replaceAll("ς", "σ");

/** Meanings by heading, in lower case without blanks. */
export const meanings: ReadonlyMap<string, Meaning> = new Map(
  [...far, ...neighbours, ...entries].flatMap(([meaning, words]) =>
    words.split(" ").map((word): [string, Meaning] => [plain(word), meaning])
  ),
);

/** First names that are common in and around Germany: evidence that a text names a person. */

const names = `
  adam adrian agnes ahmed aleksandra alessandro alex alexander alexandra ali alice alina amelie
  amir ana anastasia andrea andreas andrej andrzej angela angelika anita anja anke anna anne
  annegret annelie anneliese annemarie annette annika antje anton antonia antonio armin arne arno
  arthur astrid august axel aylin ayşe barbara bastian beata beate beatrice beatrix benedikt
  benjamin bernadette bernd bernhard bertha bettina bianca birgit birgitta birte björn boris
  brigitta brigitte britta bruno burkhard camilla carina carl carla carlo carlos carmen carola
  carolin caroline carsten caspar catherine cem charlotte christa christel christian christiane
  christina christine christof christoph christopher clara claudia claus clemens constanze cora
  cordula corinna cornelia dagmar damian daniel daniela danielle david denis deniz dennis detlef
  diana dieter dietmar dietrich dimitri dirk dominik dominika dora doreen doris dorothea dorothee
  eberhard eckhard edeltraud edgar edith eduard egon ekkehard elena elfriede elias elisa elisabeth
  elke ella ellen elsa elvira emil emilia emily emine emma emre enrico eric erich erik erika erna
  ernst erwin esra esther eugen eva evelyn fabian fatma felix ferdinand fiona florian frank franz
  franziska frauke frederik friederike friedhelm friedrich fritz gabi gabriel gabriele gabriella
  georg gerald gerd gerda gerhard gerlinde gernot gertrud gesine gisela giovanni giuseppe gottfried
  greta gudrun guido gunnar gunter günter günther gustav hakan halina hanna hannah hannelore hannes
  hans hansjörg harald hartmut hasan hatice heidi heidrun heike heiko heiner heinrich heinz helena
  helene helga hella helmut hendrik henning henrik henry herbert hermann hermine herta hilde
  hildegard holger horst hubert hugo ida ilona ilse ina ines inga inge ingeborg ingo ingrid irene
  iris irina irma irmgard isabel isabell isabella isabelle ivan iwona jakob jan jana janina janine
  jasmin jean jens jessica joachim johann johanna johannes john jonas jonathan jörg josef josefine
  josé joseph juan judith julia julian juliane julius jürg jürgen justyna jutta kai karin karina
  karl karla karolina karsten kaspar katarzyna katharina käthe kathrin katja katrin kay kerstin kevin
  kilian kim klara klaus konrad konstantin kornelia krzysztof kurt lara lars laura lea lena leon
  leonard leonie leopold lieselotte lili lina linda lisa lorenz lothar louis louise luca lucas lucia
  ludger ludwig luis luisa luise lukas lutz łukasz lydia magda magdalena maik maike malgorzata
  małgorzata manfred manuel manuela marc marcel marco marcus maren margareta margarete margarethe
  margit margot maria marianne marie marija marina mario marion marius mark marko markus marlene
  marlies marta martha martin martina mary mathias mathilde matthias maurice max maximilian mechthild
  mehmet melanie melina merle mia michael michaela michał michel michele miguel milan mira miriam
  mirjam mohamed mohammad mohammed monica monika moritz murat mustafa nadine nadja natalia natalie
  natascha nathalie nick nico nicola nicolas nicole niels niklas nils nina nora norbert olaf ole oleg
  olga oliver olivia ömer oskar ottmar otto paola pascal patricia patrick paul paula pauline pavel
  peer peggy peter petra philip philipp pia pierre piotr quirin rafael raimund rainer ralf ralph
  ramona raphael rebecca rebekka regina regula reiner reinhard reinhold renate renato rené resi
  ricarda richard rita robert roberto roland rolf roman romy ronald ronny rosa rose rosemarie
  roswitha rüdiger rudi rudolf rupert ruth sabine sabrina samira samuel sandra sara sarah sascha
  saskia sebastian selina serdar sergej sibylle siegfried siegmund sigrid silke silvana silvia
  simon simone sina sofia sofie sonja sophia sophie stefan stefanie steffen steffi stella stephan
  stephanie sunniva susanna susanne sven svenja svetlana swen sybille sylvia tamara tanja tatjana
  thea theo theodor theresa theresia thilo thomas thorben thorsten tiffany till tim timo tina tobias
  tom toni torben torsten traute tristan udo ulf uli ulla ulrich ulrike urs ursula uschi ute uwe
  valentin valentina vanessa vera verena veronika victor victoria viktor viktoria vincent viola
  volker volkmar waldemar walter waltraud wanda wencke werner wibke wiebke wilfried wilhelm willi
  wilma winfried wolf wolfgang wolfram xaver yannick yasemin yvonne zeynep zofia
`;

const all = new Set(names.trim().split(/\s+/));

/** Whether the word, or the first half of a double name, is a first name. */
export function isGivenName(word: string): boolean {
  const plain = word.normalize("NFC").replaceAll("İ", "i").toLowerCase().replace(/[.,]$/, "");
  return all.has(plain) || all.has(plain.split("-")[0]!) && plain.includes("-");
}

/** First names that are common in Germany and its neighbours: evidence that a text names a person. */

const names = `
  abdullah adam adele adelheid adolf adrian adrien agata agathe agnes agnieszka ahmad ahmed alain
  alasdair alastair alejandra alejandro aleksander aleksandra aleksei alessandra alessandro alessia
  alex alexander alexandra alexei alfred ali alice alicja alina alois aloisia álvaro amanda amelie
  amélie amir ana anaïs anastasia anatoli anders andrea andreas andrei andrej andrés andrew andrzej
  aneta anette angela ángela angelika angelo angus anita anja anke anna anne annegret anneke anneli
  annelie annelies anneliese annemarie annemieke annette annika ansgar anthony antje antoine anton
  antonella antonia antonie antonio aoife arianna arjan armin arnaud arne arno arnulf arthur artur
  arwed åsa astrid attila august aurélie aurélien axel ayhan aylin ayşe balázs balthasar baptiste
  barbara bärbel bartosz bastian beata beate beatrice beatrix beatriz begoña benedikt bengt benjamin
  benoît bérénice berit bernadette bernd bernhard bert berta bertha berthold bertram beth bethany
  bettina bianca birgit birgitta birgitte birte bjarne bjoern björn bjørn bodil bodo bogdan bogumiła
  boris bożena bram brenda brian bridget brigitta brigitte britta brunhilde bruno bülent burak
  burkhard büşra callum camilla camille canan carina carl carla carlijn carlo carlos carlotta carmen
  carola carolin caroline carsten caspar catarina caterina catharina catherine cathy cécile cédric
  cees céline cem cengiz chantal charlotte cheryl chiara chloé christa christel christelle christian
  christiane christina christine christl christof christoph christopher cilly cinzia claire clara
  clare claudia claudio claus clémence clemens clément clotilde colette conny constanze cora cordula
  corinna corinne cornelia cristian cristina csaba czesław daan dagmar damian daniel daniela
  danielle dariusz darren david davide deborah declan delphine denis deniz dennis derek derya detlef
  diana diane diego dieter dietlinde dietmar dietrich dimitri dirk dmitri dominik dominika donatella
  donna dora doreen doris dorota dorothea dorothee dorothy dörte dorthe dragan eberhard ebru eckhard
  edda edelgard edeltraud edgar edith édouard eduard eduardo edyta eelco egon eike eileen eirik
  ekaterina ekkehard ekkehart eleanor elena eleonore elfi elfriede éliane elias elif elin elisa
  elisabeth elisabetta elizabeth elke ella ellen elli elmar élodie elsa elvira elżbieta emanuele
  emil emilia émilie emily emine emma emmanuelle emmi emrah emre enrico enrique enzo erdal erdmute
  eric erich erik erika erkan erlend erna ernst erwin erzsébet eskil esmée esra esteban esther
  étienne eugen eva evamaria evelyn ewa ewelina fabian fabienne fabio fabrice fabrizio fatih fatima
  fatma federica federico felix femke fenja ferdinand ferenc ferhat fernanda fernando fiete filip
  filippo finja finn fiona florian frances francesca francesco francisca francisco françois
  françoise frank franka frans franz franziska frauke frédéric frederik freja frida frieda
  friederike friedhelm friedrich fritz fritzi gabi gábor gabriel gabriele gabriella gaëlle gaetano
  galina gareth gavin geert geneviève geoffrey georg gerald gérard gerd gerda gerhard gerlinde
  gernot gerrit gert gertraud gertrud gesa gesine ghislaine giacomo gianluca gianni giesela gijs
  gilles gillian giorgia giorgio giovanna giovanni gisa gisela gitta giulia giuliana giulio giuseppe
  giuseppina gökhan gonzalo goran gottfried gotthard graziella grażyna grégoire gregory grégory
  greta grzegorz gudrun guido guillaume guillermo gülay gülsen gunda gundula gunilla gunnar gunter
  günter gunther günther gustav guus györgy hajo hakan håkan halil halina hanna hannah hanneke
  hannelore hannes hans hansjörg harald harriet harry hartmut hasan hatice hauke håvard heather
  hedwig heidemarie heiderose heidi heidrun heike heiko heimo heiner heinke heinrich heinz helena
  helene hélène helga helge hella helmar helmut helmuth hendrik henk henning henri henriette henrik
  henry henryk herbert heribert hermann hermine herta hertha hervé hilary hilde hildegard hiltrud
  holger horst hubert hugh hugo hugues hülya hüseyin ian ibrahim ida ignacio igor ilaria ildikó
  ileana ilka ilknur ilona ilse imke imogen ina ineke ines inès inês inga inge ingeborg ingo ingolf
  ingrid ingvar íñigo inken insa ioana ionuț irene ireneusz irina iris irma irmela irmgard irmtraud
  isabel isabell isabella isabelle ismail isolde istván ivan ivana ivonne iwona jaap jacco jacek
  jacqueline jacques jadwiga jakob jakub jamie jan jana jane janet janina janine janne jannik jános
  janusz jaroslav jarosław jasmin javier jean jeanne jeffrey jelena jelle jennifer jens jérémie
  jeremy jeroen jérôme jerzy jesper jessica jesús jill jiří jitka joachim joan joanna joanne joão
  joaquín jobst jochen joëlle johann johanna johannes john jolanda jonas jonathan joop joost jörg
  jorge jørgen joris jörn josé josef josefa josefine joseph josephine joshua josiane juan judith
  judy juergen julia julian juliane julien juliette julio julius jürg jürgen juri justyna jutta
  kacper kai kamil kamila kåre karel karen karim karin karina karl karla karlheinz karola karolin
  karolina karoline karsten kaspar katalin katarina katarzyna kate katharina käthe katherine
  kathleen kathrin kati katja katrin kay kees kemal kenneth kerstin kevin khadija khaled kilian kim
  kinga kirsten kirsty kjell klaas klara klaus knut koen konrad konstantin konstanze korbinian
  kordula kornelia kristian kristin kristina krystyna krzysztof kunigunde kurt ladislav laetitia
  lara larissa lars lasse lászló laura laure laurence laurens layla lea léa lena leni lenka lennart
  leon leonard leonie leonore leopold lesley leszek levke leyla liam liane lidia lieke liesel
  lieselotte lili lilli lina linda linus lisa liselotte ljudmila loïc lorenz lorenzo lorraine lothar
  lotte louis louisa louise lubomír luca lucas lucia lucía luciana luciano lucie lucy lucyna lüder
  ludger ludivine ludmila ludmilla ludovic ludwig luigi luis luisa luise lukas łukasz lukretia
  lutger lutz lydia maaike maarten maciej madeleine magda magdalena magnus mahmut maik maike maja
  malcolm malgorzata małgorzata malte mandy manfred manon manuel manuela marc marcel marcello marcin
  marco marcus mareike marek maren margaret margareta margarete margarethe margaux margherita margit
  margot margret maria maría mariam mariana marianne marie marieke marija marije marijke marike
  marina mario marion marit marita marius mariusz marjolein mark markéta marko markus marlen marlene
  marlies marta martha martin martina martine mary massimo mateusz mathias mathieu mathilde mathis
  matteo matthew matthias mattia maureen maurice maurizio max maximilian mechthild mechtild megan
  mehmet meike meinhard meinolf melanie mélanie melek melina melissa merle meryem metin mette mia
  michael michaela michał michalina michel michela michele michelle mieczysław mieke miguel mihaela
  mihai mike mikkel miklós mila milan milena miloš miloslav mira mireille mirella miriam mirjam
  mirko miroslav mirosław mohamad mohamed mohammad mohammed monica monika monique montserrat moritz
  morten murat muriel mustafa nadège nadia nadine nadja nancy natalia natalie natalja natascha
  natasha nathalie neele neil nele nepomuk nermin niamh nicholas nick nico nicola nicolas nicole
  nicoleta nicolò niels nienke nigel niklas niko nikola nikolai nikolaj nils nina noah noémie nora
  norbert notburga nuno nuray nurcan nuria oda odile oğuz okke oksana olaf ole oleg olena olga
  oliver olivia olivier oluf omar ömer ondřej orhan ornella ortrud ortwin oskar osman ottilie ottmar
  otto ottokar øyvind özlem pablo pamela paola paolo pascal pascale patricia patrick patrizia
  patrycja paul paula paulien pauline paulo pavel pavla paweł pedro peer peggy pernille petar peter
  petr petra petronella philine philip philipp philippa philippe pia piero pierre pieter pietro
  piotr przemysław quentin quirin rabea rachel radek radosław radu rafael rafał raffaele raffaella
  ragnhild raimar raimund rainer ralf ralph ramón ramona rania raphael rasmus raúl rebecca rebekka
  recep regina regine regula reimar reimund reiner reinhard reinhilde reinhold reinier rémi rémy
  renata renate renato rené renée renske resi ricarda ricardo riccardo richard rita robert roberta
  roberto rocío rodrigo roel roger roland rolf romain roman romy ronald ronan ronny rory rosa
  rosalinde rosanna rose roselinde rosemarie rosi rosie rosl rosmarie rossella roswitha rotraud
  ruben rudi rüdiger rudolf rui rupert rupprecht ruth ruud ryszard sabine sabrina salma salvatore
  samantha samira samuel sander sándor sandra sanne sara sarah sascha saskia seamus sean sebastian
  sébastien selina selma serdar serena sergei sergej sergey sergio şerife séverine sevgi sharon
  shirley sibel sibylle siegbert siegfried sieglinde siegmund sietske sigmar sigmund sigrid sigrun
  sigurd silke silvana silvia simon simona simone sina siobhan sjaak sjoerd sławomir slobodan
  snežana sofia sofie solène sonja sönke sophia sophie søren stanisław stanisława stefan ștefan
  stefania stefanie stefano steffen steffi stella stephan stéphane stephanie stéphanie stephen
  steven stijn süleyman sunniva susan susann susanna susanne svea sven svenja svetlana swantje swen
  swetlana sybille sylke sylvain sylvia sylvie szymon tabea tadeusz tamara tamás tanja taras tatiana
  tatjana teresa tereza terje tessa teun thea theo theodor theresa therese theresia thibault thierry
  thijs thilo thomas thorben thorbjørn thorsten tiago tiffany till tilman tim timo tina tino tiziana
  tjark tjeerd tjorven tobias tom tomás tomasz tommaso toni torben torbjörn torsten tracey traudel
  traudl traute trevor trine tristan trude trudi tülay turgut udo ufuk ulf uli ulla ulrich ulrik
  ulrike umberto ümit urs ursel ursula urszula urte uschi uta ute uwe václav valentin valentina
  valeria valérie vanessa vasile vera verena veronika véronique vesna victor victoria viktor
  viktoria vincent vincenzo vinzenz viola virginie vittorio vivienne vladimir vojtěch volker
  volkhard volkmar volodymyr wacław walburga waldemar walfried walter waltraud waltraut wanda wencke
  wendelin wendy werner wibke wiebe wiebke wiesław wiesława wilfried wilfriede wilhelm wilhelmine
  willem willi william willy wilma wiltrud winfried winfriede wladimir wojciech wolf wolfgang
  wolfhard wolfram wout wouter xaver xavier yann yannick yannik yasemin yasmin yavuz yevgeniya
  yolanda youssef yulia yuliia yuri yusra yusuf yves yvonne zainab zbigniew zdeněk zdenka zdzisław
  zeynep zoe zofia zoltán zoran zsuzsanna zuzana zuzanna zygmunt
`;

const all = new Set(names.trim().split(/\s+/));

/** Whether the word, or the first half of a double name, is a first name. */
export function isGivenName(word: string): boolean {
  const plain = word.normalize("NFC").replaceAll("İ", "i").toLowerCase().replace(/[.,]$/, "");
  return all.has(plain) || all.has(plain.split("-")[0]!) && plain.includes("-");
}

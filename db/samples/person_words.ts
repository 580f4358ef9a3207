/** Parts of invented persons' names; each list begins with the most common ones. */

const words = (text: string) => text.trim().split(/\s+/);

/** First and last names of people whose families come from one region. */
export interface Origin {
  women: readonly string[];
  men: readonly string[];
  /** `Kowalski/Kowalska`: the man's form, then the woman's if different. */
  surnames: readonly string[];
}

const german: Origin = {
  women: words(`
    Sabine Anna Petra Julia Susanne Katharina Andrea Christine Stefanie Claudia Birgit Monika
    Nicole Martina Laura Sandra Lena Melanie Ute Heike Silke Anja Maria Tanja Sarah Kerstin
    Gabriele Lisa Katrin Karin Daniela Barbara Ulrike Vanessa Annika Franziska Johanna Simone
    Jana Antje Silvia Carina Eva Helga Renate Ingrid Angelika Marlene Hannah Nina Miriam Dagmar
    Theresa Wiebke Frauke Maike Svenja Nadine Jasmin Rebecca Astrid Elke Gudrun Beate Doris Anke
    Jutta Regina Marion Verena Charlotte Luisa Greta Clara Pauline Friederike Henrike Merle Neele
    Tomke Swantje Imke Gesine Inken Birte Rieke Anneliese Hannelore Käthe Bärbel Jördis
    Mareike Ronja Romy Leonie Amelie Finja Ida Mathilda Rosemarie Annegret Edeltraud Sigrid Ilse
  `),
  men: words(`
    Thomas Michael Andreas Stefan Christian Peter Markus Frank Martin Jan Alexander Daniel Klaus
    Jürgen Wolfgang Bernd Matthias Uwe Florian Sebastian Tobias Jörg Dirk Ralf Sven Oliver
    Philipp Werner Holger Torsten Jens Karsten Dieter Manfred Günter Heinz Helmut Rainer Max
    Felix Lukas Jonas Tim Paul Benjamin Simon Dominik Patrick Marcel Kai Björn Lars Nils Hendrik
    Volker Axel Norbert Achim Ingo Detlef Rüdiger Friedrich Ludwig Georg Karl Anton Moritz Leon
    Jakob Elias Henning Eike Ole Fiete Malte Sönke Hauke Thorben Boje Arne Hinnerk Gerrit Enno
    Götz Jörn Kaspar Lüder Eberhard Gerhard Siegfried Reinhard Burkhard Hartmut Winfried Albrecht
    Konrad Korbinian Quirin Vinzenz Xaver Alois Sepp Leopold Ferdinand Theo Emil Anselm Ansgar
  `),
  surnames: words(`
    Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer
    Richter Klein Wolf Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange
    Schmitt Werner Krause Meier Lehmann Köhler Maier Herrmann König Walter Mayer Huber Kaiser
    Fuchs Peters Lang Möller Weiß Jung Hahn Vogel Friedrich Keller Günther Berger Winkler Roth
    Beck Lorenz Baumann Franke Albrecht Schuster Simon Ludwig Böhm Winter Kraus Martin Schumacher
    Krämer Vogt Otto Jansen Stein Groß Sommer Seidel Heinrich Haas Brandt Schreiber Graf Dietrich
    Schulte Ziegler Kühn Kuhn Pohl Engel Horn Busch Bergmann Voigt Sauer Arnold Pfeiffer Wolff
    Lindner Ernst Hübner Kramer Beyer Ebert Böttcher Röder Rößler Thoms Büttner Jäger Götz Kühne
    Hansen Petersen Jensen Clausen Carstens Behrens Lüders Ohlsen Thomsen Brodersen Feddersen
    Tietjen Börnsen Siemers Wübbena Harms Gerdes Eilers Janßen Öhlschläger Übelacker Ährenfeld
    Strauß Preuß Süß Weißenborn Großkopf Hößl Rieß Füßl Mößner Späth Löffler Höfer Zöllner
  `),
};

const turkish: Origin = {
  women: words(`
    Ayşe Fatma Elif Zeynep Emine Merve Büşra Esra Hatice Selin Derya Gülsüm Özlem Yasemin Aylin
    Şeyma Tuğba Nurgül Çiğdem Sevgi İrem Ebru Songül Pınar Gamze Nesrin Hülya Filiz Dilek Canan
  `),
  men: words(`
    Mehmet Mustafa Ahmet Ali Hüseyin Murat Emre Hasan İbrahim Can Yusuf Burak Ömer Serkan Cem
    Kemal Onur Tolga Volkan Şahin Çağlar Uğur Ümit Oğuz Barış Deniz Kaan Tarık Erdem Görkem
  `),
  surnames: words(`
    Yılmaz Kaya Demir Şahin Çelik Yıldız Yıldırım Öztürk Aydın Özdemir Arslan Doğan Kılıç Aslan
    Çetin Kara Koç Kurt Özkan Şimşek Polat Güneş Aksoy Bulut Erdoğmuş Taş Güler Ünal Çakır Işık
    Karaca Tekin Sönmez Uçar Gündüz Bozkurt Türkmen Korkmaz Özçelik Duman
  `),
};

const polish: Origin = {
  women: words(`
    Anna Maria Katarzyna Małgorzata Agnieszka Barbara Ewa Magdalena Joanna Monika Beata Dorota
    Grażyna Bożena Zofia Łucja Aleksandra Justyna Renata Żaneta
  `),
  men: words(`
    Piotr Krzysztof Andrzej Tomasz Paweł Jan Marcin Michał Grzegorz Łukasz Zbigniew Wojciech
    Jerzy Stanisław Sławomir Mirosław Jarosław Kazimierz Rafał Przemysław
  `),
  surnames: words(`
    Nowak Kowalski/Kowalska Wiśniewski/Wiśniewska Wójcik Kowalczyk Kamiński/Kamińska
    Lewandowski/Lewandowska Zieliński/Zielińska Szymański/Szymańska Woźniak Dąbrowski/Dąbrowska
    Kozłowski/Kozłowska Jankowski/Jankowska Mazur Krawczyk Piotrowski/Piotrowska Grabowski/Grabowska
    Pawłowski/Pawłowska Michalski/Michalska Król Wieczorek Jabłoński/Jabłońska Majewski/Majewska
    Olszewski/Olszewska Stępień Malinowski/Malinowska Jaworski/Jaworska Górski/Górska Rutkowski/Rutkowska
  `),
};

const french: Origin = {
  women: words(`
    Camille Élodie Sophie Chloé Aurélie Céline Hélène Amélie Noémie Geneviève Françoise Zoé
    Béatrice Mathilde Inès Maëlle
  `),
  men: words(`
    Jean-Luc Étienne François Rémi Jérôme Benoît Mathieu Théo Loïc Frédéric Guillaume Gaël
    Jean-Pierre Cédric Sébastien Noël
  `),
  surnames: words(`
    Lefèvre Dubois Moreau Lefebvre Garnier Fournier Mercier Boyer Gauthier Perrin Clément Guérin
    Bénard Poirier Méchain Lévêque Rivière Barré Charpentier Brûlé Gérard Hébert D’Arcy L’Hermite
  `),
};

const southern: Origin = {
  women: words(`
    Giulia Chiara Francesca Ana Marija Ivana Elena Sofia Carmen Lucía Inês Danijela Jelena Šárka
    Leila Amira Mariam Nour Olena Iryna
  `),
  men: words(`
    Luca Marco Giovanni Nikola Marko Goran Dragan José Álvaro João Zoran Jiří Ondřej Karim Samir
    Yannis Dimitrios Oleksandr Andrij Tariq
  `),
  surnames: words(`
    Rossi Esposito Ferrari Marković Jovanović Petrović Kovačević Horvat García Fernández Muñoz
    Gonçalves Simões Novák/Nováková Dvořák/Dvořáková Papadopoulos/Papadopoulou Haddad Mansour
    Schewtschenko Bondarenko Nikolić Đorđević
  `),
};

/** How frequent each origin is in a German trading company's address book, in percent. */
export const origins: readonly (readonly [Origin, number])[] = [
  [german, 76],
  [turkish, 9],
  [polish, 7],
  [southern, 5],
  [french, 3],
];

/** Beginnings and ends of the many rare German names: Brinkhoff, Osterkamp, Wiesenbrock. */
export const rareBeginnings = words(`
  Brink Hage Oster Wester Nieder Ober Wiesen Birken Linden Stein Heide Moor Kirch Mühl Rosen
  Holt Lind Grote Lütke Feld Berg Dorn Eichen Erlen Fries Grün Hasel Horst Krumm Langen Neuen
  Papen Ritter Schön Schwarz Silber Stahl Tannen Ulmen Vogel Weiden Ziegen Buch Dier Ecken Flöt
  Gold Hammer Imm Jord Kalten Löwen Mersch Nord Quer Rei Sand Tegel Uhlen Voß Wolters Zier Acker Alt Düne
`);
export const rareEnds = words(`
  hoff kamp brock mann meier meyer müller schulte horst bach berg feld hagen haus hausen heim
  mühle rath reuter riede siek stock thal trup wald weg wig büscher dieck förster höfer köper
  kötter möller nolte richter sander schmied steiner töns
`);

export const nobility = [
  "von",
  "von",
  "von",
  "von der",
  "van der",
  "van",
  "de",
  "vom",
  "zu",
  "zur",
];

export const titles: readonly (readonly [string, number])[] = [
  ["", 912],
  ["Dr.", 34],
  ["Dipl.-Ing.", 24],
  ["Dipl.-Kfm.", 6],
  ["Dr.-Ing.", 7],
  ["Dipl.-Ing. (FH)", 7],
  ["Prof. Dr.", 3],
  ["Dr. rer. nat.", 3],
  ["Mag.", 2],
  ["Prof. Dr.-Ing.", 2],
];

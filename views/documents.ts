/** Templates of documents, in Typst: fixed programs that read their data as JSON. */

/** What all documents share: paper, type, numbered pages, German or English. */
const paper = `
#let data = json(bytes(sys.inputs.data))
#set document(title: data.title, author: data.author, date: auto)
#set page(
  paper: "a4", margin: (x: 2.2cm, top: 2.4cm, bottom: 2.2cm),
  footer: context [
    #set text(8pt, fill: luma(90))
    #data.footer #h(1fr) #counter(page).display("1 / 1", both: true)
  ],
)
#set text(10pt, lang: data.lang, hyphenate: true)
#set par(justify: false, leading: 0.62em)
#show heading.where(level: 1): set text(16pt)
#show heading.where(level: 2): set text(12pt)
#show heading.where(level: 3): set text(10pt)
#let prose(body) = body.split("\\n").map(line => [#line]).join(linebreak())
#let grid-of(head, rows) = table(
  columns: head.map(_ => 1fr), inset: 5pt, stroke: (x, y) => (bottom: 0.4pt + luma(160)),
  table.header(..head.map(cell => strong(cell))),
  ..rows.flatten(),
)
`;

/** The policy: sections, clauses, paragraphs, tables. */
export const policyDocument = `${paper}
= #data.title
#text(fill: luma(90))[#data.sub]
#for section in data.sections [
  == #section.number. #section.title
  #for clause in section.clauses [
    === #clause.number #clause.title
    #for each in clause.paragraphs [
      #par(prose(each))
    ]
    #if "table" in clause and clause.table.rows.len() > 0 {
      grid-of(clause.table.head, clause.table.rows)
    }
  ]
]
`;

/** The records of processing: parts, then a block of names and values per activity. */
export const recordsDocument = `${paper}
= #data.title
#text(fill: luma(90))[#data.sub]
#for part in data.parts [
  == #part.title
  #par(prose(part.note))
  #for record in part.records {
    block(breakable: false, width: 100%, above: 1.2em, table(
      columns: (3.6cm, 1fr), inset: 4pt, stroke: (x, y) => (bottom: 0.4pt + luma(170)),
      ..record.map(pair => (strong(pair.at(0)), [#pair.at(1)])).flatten(),
    ))
  }
]
`;

/** Parts with a heading, paragraphs and perhaps a table: agreements, measures, notifications. */
export const partsDocument = `${paper}
= #data.title
#text(fill: luma(90))[#data.sub]
#for part in data.parts [
  == #part.title
  #for each in part.paragraphs [
    #par(prose(each))
  ]
  #if "table" in part and part.table.rows.len() > 0 {
    grid-of(part.table.head, part.table.rows)
  }
]
`;

/** The officer's week on one page: figures, then the cases whose end comes first. */
export const weekDocument = `${paper}
= #data.title
#text(fill: luma(90))[#data.sub]
#table(
  columns: (1fr,) * data.figures.len(), inset: 6pt, stroke: 0.4pt + luma(170),
  ..data.figures.map(each => [#text(15pt)[*#each.value*] \\ #each.label]),
)
#if data.rows.len() > 0 {
  set text(9pt)
  grid-of(data.head, data.rows)
} else [
  #data.none
]
#par[#data.more]
#text(8pt, fill: luma(90))[#data.chain]
`;

/** An answer to a person: paragraphs, then records of names and values, which may be long. */
export const accessDocument = `${paper}
// Thousands of records: breaking lines the plain way takes two thirds of the time.
#set par(linebreaks: "simple")
#set text(hyphenate: false)
#text(9pt)[#prose(data.sender)]
#v(1.2em)
#prose(data.recipient)
#v(1em)
#align(right)[#data.date]
= #data.title
#for each in data.paragraphs [
  #par(prose(each))
]
#for part in data.parts [
  == #part.title
  #for each in part.paragraphs [
    #par(prose(each))
  ]
  #part.records.map(each => if each.contains("\\n") { prose(each) } else { each }).join(parbreak())
]
`;

/** A certificate of erasure: facts, places with counts, what is kept; the signature at its end. */
export const certificateDocument = `${paper}
= #data.title
#text(fill: luma(90))[#data.sub]
#v(0.6em)
#table(
  columns: (4.2cm, 1fr), inset: 4pt, stroke: (x, y) => (bottom: 0.4pt + luma(170)),
  ..data.facts.map(pair => (strong(pair.at(0)), [#pair.at(1)])).flatten(),
)
#for part in data.parts [
  == #part.title
  #if part.rows.len() > 0 { grid-of(part.head, part.rows) } else [ #part.none ]
  #if part.note != "" [ #text(8pt)[#part.note] ]
]
#v(1em)
#set text(hyphenate: false)
#text(7pt, font: "DejaVu Sans Mono", fill: luma(90))[#prose(data.signature)]
`;

/** A letter that is printed and posted: the address stands where the window of an envelope is. */
export const letterDocument = `${paper}
#place(top, dy: 1.6cm, text(8pt)[#underline(prose(data.sender))])
#place(top, dy: 2.4cm, prose(data.recipient))
#v(6.6cm)
#align(right)[#data.date]
= #data.title
#v(0.6em)
#for each in data.paragraphs [
  #par(prose(each))
]
`;

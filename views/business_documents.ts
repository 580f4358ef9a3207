/** Templates of documents on the customer's letterhead, in Typst: offers and letters. */

/** Paper as DIN 5008 wants it: logo, window of the envelope, facts beside it, foot with pages. */
const letterhead = `
#let data = json(bytes(sys.inputs.data))
#let prose(body) = body.split("\\n").map(line => [#line]).join(linebreak())
#let paragraphs(body) = for each in body.split(regex("\\n{2,}")) {
  if each.trim() != "" { par(prose(each)) }
}
#let foot(lines) = {
  let count = calc.max(1, calc.min(3, calc.ceil(lines.len() / 4)))
  let columns = lines.chunks(calc.ceil(lines.len() / count))
  grid(columns: (1fr,) * columns.len(), ..columns.map(each => each.map(line => [#line]).join(linebreak())))
}
#set document(title: data.title, author: data.author, date: auto)
#set text(10pt, lang: data.lang, hyphenate: true)
#set par(justify: false, leading: 0.62em)
#show heading.where(level: 1): set text(12pt)
#set page(
  paper: "a4", margin: (left: 2.5cm, right: 2cm, top: 2cm, bottom: 3.2cm),
  footer-descent: 12%,
  footer: context {
    set text(7.5pt, fill: luma(70))
    line(length: 100%, stroke: 0.4pt + luma(160))
    grid(
      columns: (1fr, auto), column-gutter: 1em,
      foot(data.foot.split("\\n")),
      counter(page).display("1 / 1", both: true),
    )
  },
)
#place(top + right, if data.logo != "" {
  box(width: 6cm, height: 1.8cm, image(data.logo, width: 100%, height: 100%, fit: "contain"))
} else {
  text(13pt, weight: "bold")[#data.controller]
})
#place(top, dy: 2.7cm, box(width: 8.5cm, text(7pt, fill: luma(70))[#data.sender]))
#place(top, dy: 3.2cm, box(width: 8.5cm, prose(data.recipient)))
#place(top + right, dy: 3.2cm, text(9pt, table(
  columns: (auto, auto), stroke: none, inset: (x: 4pt, y: 2pt),
  ..data.facts.map(pair => (text(fill: luma(70))[#pair.at(0)], [#pair.at(1)])).flatten(),
)))
#v(7.2cm)
= #data.title
#v(0.5em)
`;

/** An offer: opening, lines, sums with the tax of each rate, closing. */
export const offerDocument = `${letterhead}
#paragraphs(data.opening)
#v(0.6em)
#table(
  columns: (auto, 1fr) + (auto,) * (data.head.len() - 2),
  align: (x, y) => if x == 1 { left } else { right },
  inset: (x: 4pt, y: 5pt), stroke: (x, y) => (bottom: if y == 0 { 0.8pt } else { 0.4pt + luma(190) }),
  table.header(..data.head.map(cell => strong(cell))),
  ..data.rows.map(row => (
    [#row.position],
    [#row.name#if row.description != "" { linebreak() + text(8.5pt, fill: luma(60), prose(row.description)) }],
    ..row.cells.map(cell => [#cell]),
  )).flatten(),
)
#block(breakable: false, width: 100%, align(right, table(
  columns: (auto, auto), align: right, inset: (x: 4pt, y: 3pt), stroke: none,
  ..data.sums.map(sum => if sum.bold {
    (table.hline(stroke: 0.8pt), strong(sum.label), strong(sum.value))
  } else { ([#sum.label], [#sum.value]) }).flatten(),
)))
#v(0.8em)
#paragraphs(data.closing)
`;

/** A letter: its text alone. */
export const plainLetter = `${letterhead}
#paragraphs(data.body)
`;

/** What JSX becomes: markup as written, every value escaped, nothing waited for. */
import { equal, throws } from "node:assert/strict";
import { serialize } from "node:v8";
import fc from "fast-check";
import { fill, gap } from "../../views/markup.ts";

const text = (node: unknown) => String(node);
const hostile = `<b>&"'`;
const safe = "&lt;b&gt;&amp;&quot;&#39;";
const Wrap = ({ children }: { children?: unknown }) => <p>{children as string}</p>;
const Nothing = () => null;

Deno.test("values are escaped wherever they are", () => {
  const properties = { title: hostile, "data-x": hostile };
  equal(text(<p title={hostile}>{hostile}</p>), `<p title="${safe}">${safe}</p>`);
  equal(text(<p>{[hostile, [hostile]]}</p>), `<p>${safe}${safe}</p>`);
  equal(text(<p {...properties}>{hostile}</p>), `<p title="${safe}" data-x="${safe}">${safe}</p>`);
  equal(text(<Wrap>{hostile}</Wrap>), `<p>${safe}</p>`);
  const Plain = () => hostile as unknown as null;
  equal(text(<Plain />), safe);
  equal(text(<p>{{ toString: () => hostile } as unknown as string}</p>), `<p>${safe}</p>`);
  const forged = { isEscaped: true, text: hostile, toString: () => hostile };
  equal(text(<p>{forged as unknown as string}</p>), `<p>${safe}</p>`);
});

Deno.test("no text ends its element or its attribute", () => {
  fc.assert(fc.property(fc.string({ unit: "grapheme" }), (value) => {
    const [, attribute, content] = /^<p title="([^"<>]*)">([^"<>]*)<\/p>$/s.exec(
      text(<p title={value}>{value}</p>),
    )!;
    equal(attribute, content);
  }));
});

Deno.test("markup stays markup, once", () => {
  equal(
    text(<Wrap>{["a", "&"].map((each) => <b>{each}</b>)}</Wrap>),
    "<p><b>a</b><b>&amp;</b></p>",
  );
  equal(text(<>{hostile}{<Wrap>{<i>x</i>}</Wrap>}</>), `${safe}<p><i>x</i></p>`);
});

Deno.test("signs beyond Latin-1 are written as references, whole ones", () => {
  const [dash, words] = ["–", "für 5 € 🙂"];
  equal(text(<p title={dash}>{words}</p>), '<p title="&#8211;">für 5 &#8364; &#128578;</p>');
});

Deno.test("a page with signs beyond Latin-1 is kept in one byte a sign", () => {
  // As V8 writes it down: a text begins with " or, of two bytes a sign, with c.
  const kept = (node: unknown) => String.fromCharCode(serialize(text(node))[2]!);
  const [name, sum] = ["Selin Yılmaz & Söhne", "1.234,50 €"];
  equal(kept(<p title={name}>{sum}</p>), '"');
  equal(kept(<p>{"Grüße – <bald> ".repeat(1_000)}</p>), '"');
  equal(text(<p>{"🙂<é–".repeat(3_000)}</p>), `<p>${"&#128578;&lt;é&#8211;".repeat(3_000)}</p>`);
});

Deno.test("nothing, true and false leave no trace between tags", () => {
  equal(
    text(
      <p>
        {null}
        {undefined}
        {true}
        {false}
        {0}
        {""}
        <Nothing />
      </p>,
    ),
    "<p>0</p>",
  );
});

Deno.test("switches are there or not, other attributes say true and false", () => {
  const [on, off] = [{ disabled: true }, { disabled: false, class: undefined }];
  equal(text(<input {...on} />), `<input disabled="">`);
  equal(text(<button {...off} type="submit" />), `<button type="submit"></button>`);
  const aria = { "aria-hidden": true, tabindex: -1 };
  equal(text(<p {...aria} />), `<p aria-hidden="true" tabindex="-1"></p>`);
});

Deno.test("a view that waits is refused", () => {
  throws(() => <Wrap>{Promise.resolve("late")}</Wrap>, TypeError);
});

Deno.test("markup with placeholders is filled repeatedly, every value escaped, none missing", () => {
  const row = fill(<li id={gap} class="x">{gap}</li>);
  equal(String(row(["1", 'A & "B"'])), '<li id="1" class="x">A &amp; &quot;B&quot;</li>');
  equal(String(row(["2", <b>{"<C>"}</b>])), '<li id="2" class="x"><b>&lt;C&gt;</b></li>');
  throws(() => row(["3"]), /as many values as gaps/);
});

/** Small XML answers as nested elements; anything that is not well-formed is refused. */
import { SaxesParser } from "saxes";
import { AdapterError } from "./answers.ts";

export interface Element {
  name: string;
  text: string;
  children: Element[];
}

/** The root element. Throws AdapterError `malformed`. */
export function parse(xml: string): Element {
  const root: Element = { name: "", text: "", children: [] };
  const open = [root];
  const parser = new SaxesParser();
  parser.on("doctype", () => {
    throw new AdapterError("malformed");
  });
  parser.on("error", () => {
    throw new AdapterError("malformed");
  });
  parser.on("opentag", ({ name }) => {
    const element = { name, text: "", children: [] };
    open.at(-1)!.children.push(element);
    open.push(element);
  });
  parser.on("text", (text) => void (open.at(-1)!.text += text));
  parser.on("closetag", () => void open.pop());
  parser.write(xml).close();
  if (!root.children[0]) throw new AdapterError("malformed");
  return root.children[0];
}

/** The children of a name. */
export const all = (element: Element, name: string): Element[] =>
  element.children.filter((child) => child.name === name);

/** The text of the first child of a name; empty where there is none. */
export const textOf = (element: Element, name: string): string =>
  all(element, name)[0]?.text.trim() ?? "";

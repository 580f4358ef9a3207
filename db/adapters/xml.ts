/** Parses small XML answers into nested elements, and refuses anything that is not well-formed. */
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

/** The children with this name. */
export const all = (element: Element, name: string): Element[] =>
  element.children.filter((child) => child.name === name);

/** The text of the first child with this name; empty if there is none. */
export const textOf = (element: Element, name: string): string =>
  all(element, name)[0]?.text.trim() ?? "";

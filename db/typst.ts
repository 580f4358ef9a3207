/** Documents as PDF/A by Typst, in process: a template's text and data go in, bytes come out. */
import { Buffer } from "node:buffer";
import { createRequire } from "node:module";
import { breakable, ways } from "./shown_texts.ts";

/** PDF/A-2b for reading; 3b for documents that may carry files. */
export type Standard = "a-2b" | "a-3b";

interface Compiler {
  pdf(
    document: { mainFileContent: string; inputs: Record<string, string> },
    options: { pdfStandard: Standard; creationTimestamp: number },
  ): Buffer;
  mapShadow(path: string, content: Buffer): void;
  unmapShadow(path: string): void;
  evictCache(age: number): void;
}

let compiler: Compiler | undefined;
let uses = 0;
/** Compiled documents are cached; old ones must be evicted now and then, as they contain data. */
const usesPerEviction = 20;

/**
 * The PDF of a Typst template. It reads the data from `sys.inputs.data` as JSON text, so they are
 * never part of its program. Characters that none of our fonts has are replaced by their numbers.
 * Throws if the template is wrong.
 */
export function pdf(
  template: string,
  data: unknown,
  { at, standard = "a-2b", files = {} }: {
    at: Date;
    standard?: Standard;
    /** Images that the template names, by their paths. */
    files?: Readonly<Record<string, Uint8Array>>;
  },
): Uint8Array<ArrayBuffer> {
  compiler ??= open();
  if (++uses % usesPerEviction === 0) compiler.evictCache(0);
  const paths = Object.keys(files);
  // Nothing else runs meanwhile: no other document sees these files.
  for (const path of paths) compiler.mapShadow(root + path, Buffer.from(files[path]!));
  try {
    return compile(template, data, {
      pdfStandard: standard,
      creationTimestamp: Math.floor(at.getTime() / 1000),
    });
  } finally {
    for (const path of paths) compiler.unmapShadow(root + path);
  }
}

function compile(
  template: string,
  data: unknown,
  options: Parameters<Compiler["pdf"]>[1],
): Uint8Array<ArrayBuffer> {
  for (const [index, way] of ways.entries()) {
    const shown = (value: unknown) => typeof value === "string" ? breakable(way(value)) : value;
    const text = JSON.stringify(data, (_, value) => shown(value));
    try {
      const document = { mainFileContent: template, inputs: { data: text } };
      return new Uint8Array(compiler!.pdf(document, options));
    } catch (error) {
      const unshown = /could not be displayed with any font/.test((error as Error).message);
      if (!unshown || index === ways.length - 1) throw error;
    }
  }
  throw new Error("unreachable");
}

/** No folder of this machine is part of any document. */
const root = "/nowhere";

const require = createRequire(import.meta.resolve("@myriaddreamin/typst-ts-node-compiler"));

/** Loads this platform's package directly: the generic one first needs too many permissions. */
function open(): Compiler {
  const { NodeCompiler } = require(library());
  return NodeCompiler.create({ workspace: root });
}

/** The file of the native library for this machine. Throws if there is none. */
export function library(): string {
  const arch = Deno.build.arch === "aarch64" ? "arm64" : "x64";
  const os = Deno.build.os === "windows" ? "win32" : Deno.build.os;
  const kinds: Record<string, string[]> = { linux: ["-gnu", "-musl"], windows: ["-msvc"] };
  for (const kind of kinds[Deno.build.os] ?? [""]) {
    try {
      return require.resolve(`@myriaddreamin/typst-ts-node-compiler-${os}-${arch}${kind}`);
    } catch {
      continue;
    }
  }
  throw new Error("there is no Typst library for this machine");
}

/** The project's own files, and a way to walk their syntax tree, independent of formatting. */

export interface Source {
  /** Relative to the project's folder, with slashes. */
  path: string;
  text: string;
}

export const root = new URL("../../", import.meta.url);
/** What is not ours, or not part of a clone. */
const foreign = /^(\.git|node_modules|data|static\/vendor|tests\/data)(\/|$)/;

let read: Promise<Source[]> | undefined;

/** Every text file of the project, in order of path. */
export function files(): Promise<Source[]> {
  return read ??= (async () => {
    const found: Source[] = [];
    for await (const path of below("")) {
      const text = await Deno.readTextFile(new URL(path, root));
      if (!text.includes("\0")) found.push({ path, text });
    }
    return found.sort((a, b) => a.path < b.path ? -1 : 1);
  })();
}

/** The TypeScript files, or those in the given folders. */
export async function sources(...folders: string[]): Promise<Source[]> {
  return (await files()).filter(({ path }) =>
    /\.tsx?$/.test(path) &&
    (folders.length === 0 || folders.some((folder) => path.startsWith(`${folder}/`)))
  );
}

async function* below(folder: string): AsyncGenerator<string> {
  for await (const entry of Deno.readDir(new URL(folder || ".", root))) {
    const path = folder + entry.name;
    if (foreign.test(path)) continue;
    if (entry.isDirectory) yield* below(`${path}/`);
    else if (entry.isFile) yield path;
  }
}

type Say = (node: Deno.lint.Node, message: string) => void;

/**
 * Walks a file's syntax tree and returns what `visitor` reports, each as `path:line message`. A
 * file without the `word` that all matches contain is skipped; names may be written with escapes.
 */
export function inspect(
  { path, text }: Source,
  visitor: (say: Say, textOf: (node: Deno.lint.Node) => string) => Deno.lint.LintVisitor,
  word?: RegExp,
): string[] {
  if (word && !word.test(text) && !text.includes("\\u")) return [];
  const plugin: Deno.lint.Plugin = {
    name: "project",
    rules: {
      rule: {
        create: (context) =>
          visitor(
            (node, message) => context.report({ node, message }),
            (node) => context.sourceCode.getText(node),
          ),
      },
    },
  };
  return Deno.lint.runPlugin(plugin, path, text).map(({ message, range }) =>
    `${path}:${text.slice(0, range[0]).split("\n").length} ${message}`
  );
}

export interface Import {
  /** As written in the file: a path or a package. */
  from: string;
  typeOnly: boolean;
}

const imported = new WeakMap<Source, Import[]>();

/** What a file imports or re-exports, including dynamic imports; read once for all rules. */
export function importsOf(source: Source): Import[] {
  const known = imported.get(source);
  if (known) return known;
  const imports = readImports(source);
  imported.set(source, imports);
  return imports;
}

function readImports(source: Source): Import[] {
  const imports: Import[] = [];
  const typesOnly = (specifiers: readonly Deno.lint.Node[]) =>
    specifiers.length > 0 &&
    specifiers.every((each) =>
      (each.type === "ImportSpecifier" && each.importKind === "type") ||
      (each.type === "ExportSpecifier" && each.exportKind === "type")
    );
  inspect(source, () => ({
    ImportDeclaration(node) {
      const typeOnly = node.importKind === "type" || typesOnly(node.specifiers);
      imports.push({ from: node.source.value, typeOnly });
    },
    ExportNamedDeclaration(node) {
      if (!node.source) return;
      const typeOnly = node.exportKind === "type" || typesOnly(node.specifiers);
      imports.push({ from: String((node.source as { value: unknown }).value), typeOnly });
    },
    ExportAllDeclaration(node) {
      const typeOnly = node.exportKind === "type";
      imports.push({ from: String((node.source as { value: unknown }).value), typeOnly });
    },
    ImportExpression(node) {
      const { source: from } = node;
      imports.push({ from: from.type === "Literal" ? String(from.value) : "?", typeOnly: false });
    },
  }));
  return imports;
}

/** The file to which a relative import refers, from the project's folder; null for packages. */
export function resolved(source: Source, from: string): string | null {
  if (!from.startsWith(".")) return null;
  const url = new URL(from, new URL(source.path, root));
  return url.href.slice(root.href.length);
}

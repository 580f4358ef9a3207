/** The files of an answer to a right of access: the letter, the data, and every enclosed file. */
import * as accessJson from "./access_json.ts";
import type { AccessPackage } from "./access_packages.ts";
import { bodyOf, type Part, partName, textBodyOf } from "./archives.ts";
import { open, type Vault } from "./vault.ts";

/** What the files are called, in the language of the answer. */
interface Names {
  letter: string;
  data: string;
  folder: string;
}

/** The parts of the archive; enclosed files are opened only when it is read. */
export function partsOf(
  store: Vault,
  found: AccessPackage,
  letter: Uint8Array<ArrayBuffer>,
  names: Names,
  at: Date,
): Part[] {
  const enclosed = [
    ...found.files.map(({ name, object }) => ({ name, body: () => open(store, object) })),
    ...found.letters.map(({ name, bytes }) => ({ name, body: bodyOf(bytes) })),
  ];
  return [
    { name: names.letter, body: bodyOf(letter) },
    { name: names.data, body: textBodyOf(() => accessJson.textOf(found, at)) },
    ...enclosed.map(({ name, body }, i) => ({
      name: `${names.folder}/${i + 1}-${partName(name)}`,
      body,
    })),
  ];
}

/** Why a step of the tests failed, told again at the end of a run: a tail of its output shows it. */

/** Characters of one failure that are told again. */
const most = 1_500;
/** Failures of a step that are told again. */
const many = 6;

/**
 * What a step's output says of its failures: from `deno test` the name, place and error of each
 * failed test, from anything else its last words.
 */
export function failuresIn(output: string): string[] {
  const sections = [...output.matchAll(/^ ERRORS \n\n([^]*?)\n FAILURES \n/gm)].map(([, text]) =>
    text!
  );
  const told = sections.flatMap((section) => section.split(/\n(?=\S.* => \S+:\d+:\d+\n)/));
  if (told.length === 0) return [output.trim().slice(-most)];
  const left = told.length - many;
  return [
    ...told.slice(0, many).map((text) => shortened(text.trim())),
    ...(left > 0 ? [`and ${left} more`] : []),
  ];
}

/** Beginning and end: an error says first what it is and last where. */
function shortened(text: string): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most * 0.75)}\n…\n${text.slice(-most * 0.25)}`;
}

/** The files whose tests failed, of those that ran together; all where a failure names none. */
export function filesIn(output: string, paths: string[]): string[] {
  const failed = [...output.matchAll(/^ FAILURES \n\n([^]*?)\n\n/gm)]
    .flatMap(([, names]) => names!.split("\n"));
  const ofName = (name: string) =>
    paths.find((path) => name.startsWith(`${path.replace(/^tests\//, "")}: `));
  const files = failed.map(ofName);
  const named = files.filter((path) => path !== undefined);
  return named.length === 0 || named.length < files.length ? paths : [...new Set(named)];
}

/**
 * Repeats why a step of the tests failed at the end of a run, where a tail of its output shows it.
 */

/** Most characters of one failure that are repeated. */
const most = 1_500;
/** Most failures of a step that are repeated. */
const many = 6;

/**
 * The failures in a step's output: from `deno test` the name, place and error of each failed test,
 * from anything else its last lines.
 */
export function failuresIn(output: string): string[] {
  const sections = [...output.matchAll(/^ ERRORS \n\n([^]*?)\n FAILURES \n/gm)].map(([, text]) =>
    text!
  );
  const failures = sections.flatMap((section) => section.split(/\n(?=\S.* => \S+:\d+:\d+\n)/));
  if (failures.length === 0) return [output.trim().slice(-most)];
  const left = failures.length - many;
  return [
    ...failures.slice(0, many).map((text) => shortened(text.trim())),
    ...(left > 0 ? [`and ${left} more`] : []),
  ];
}

/** Beginning and end, because an error says first what it is and last where. */
function shortened(text: string): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most * 0.75)}\n…\n${text.slice(-most * 0.25)}`;
}

/** The files whose tests failed, of those that ran together; all if a failure names none. */
export function filesIn(output: string, paths: string[]): string[] {
  const failed = [...output.matchAll(/^ FAILURES \n\n([^]*?)\n\n/gm)]
    .flatMap(([, names]) => names!.split("\n"));
  const ofName = (name: string) =>
    paths.find((path) => name.startsWith(`${path.replace(/^tests\//, "")}: `));
  const files = failed.map(ofName);
  const named = files.filter((path) => path !== undefined);
  return named.length === 0 || named.length < files.length ? paths : [...new Set(named)];
}

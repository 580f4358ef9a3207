/** Which compressed encodings a browser accepts. */

/** Those of `names` that an `Accept-Encoding` header takes, in the order of `names`. */
export function accepted<Name extends string>(header: string, names: readonly Name[]): Name[] {
  const weights = new Map(
    header.toLowerCase().split(",").map((part) => {
      const [name = "", ...parameters] = part.split(";").map((each) => each.trim());
      const weight = parameters.find((each) => /^q\s*=/.test(each))?.split("=")[1];
      return [name, weight === undefined ? 1 : Number(weight)];
    }),
  );
  return names.filter((name) => (weights.get(name) ?? weights.get("*") ?? 0) > 0);
}

/** How much memory this process may use: the machine's, or less where a container limits it. */
import { join } from "node:path";

/** Where the groups of version 2 and of version 1 are mounted, and which file holds the limit. */
const versions = [
  { controllers: "", mounted: "sys/fs/cgroup", file: "memory.max" },
  { controllers: "memory", mounted: "sys/fs/cgroup/memory", file: "memory.limit_in_bytes" },
];

/**
 * Bytes of memory that PostgreSQL may plan with: the smallest of the machine's memory and of the
 * limits on this process's control group and on those above it. `root` is the file system's.
 */
export function usableMemory(root = "/"): number {
  const groups = read(join(root, "proc/self/cgroup")).split("\n").map((line) => line.split(":"));
  const limits = versions.flatMap(({ controllers, mounted, file }) =>
    groups.filter((group) => group[1]?.split(",").includes(controllers))
      .flatMap((group) => upwards(group.slice(2).join(":")))
      .map((path) => Number.parseInt(read(join(root, mounted, path, file)), 10))
  );
  return Math.min(Deno.systemMemoryInfo().total, ...limits.filter((limit) => limit > 0));
}

/** A group's path and those above it: a container may see its own group as the topmost one. */
function upwards(path: string): string[] {
  const parts = path.split("/").filter(Boolean);
  return [...parts, ""].map((_, at) => parts.slice(0, parts.length - at).join("/"));
}

/** Empty where there is no such file: other systems have no control groups. */
function read(path: string): string {
  try {
    return Deno.readTextFileSync(path);
  } catch {
    return "";
  }
}

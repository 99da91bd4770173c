/** Prints the compressed sizes and fails over budget. */

import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const dist = new URL("dist/", import.meta.url);
const names = readdirSync(dist).filter((name) => name.endsWith(".js"));
const packed = (name) => gzipSync(readFileSync(new URL(name, dist)), { level: 9 }).length;
const sizeOf = (wanted) =>
  names.filter((name) => wanted.test(name)).reduce((sum, name) => sum + packed(name), 0);

/** The loader; what shows a conversation and sends; everything. */
const BUDGETS = [
  ["loader", /^loader\.js$/, 1_000],
  ["first", /^widget-/, 20_000],
  ["whole", /^/, 60_000],
];

for (const name of names) process.stdout.write(`  ${name}: ${packed(name)} B gz\n`);
for (const [what, wanted, budget] of BUDGETS) {
  const bytes = sizeOf(wanted);
  process.stdout.write(`${what}: ${bytes} of ${budget} B gz\n`);
  if (bytes > budget) process.exitCode = 1;
}

/** Prints the compressed sizes and fails over budget. */

import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const BUDGETS = { "loader.js": 1_000, "widget.js": 20_000 };

for (const [name, budget] of Object.entries(BUDGETS)) {
  const bytes = gzipSync(readFileSync(new URL(`dist/${name}`, import.meta.url)), {
    level: 9,
  }).length;
  process.stdout.write(`${name}: ${bytes} of ${budget} B gz\n`);
  if (bytes > budget) process.exitCode = 1;
}

/** Bundles the loader and the app: `node build.mjs [--watch]`. */

import { readdirSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));

/** `import css from "./style.css?inline"`: the minified text, as Vite understands it in tests. */
const inlineCss = {
  name: "inline-css",
  setup(build) {
    build.onResolve({ filter: /\.css\?inline$/ }, ({ path, resolveDir }) => ({
      path: resolve(resolveDir, path.replace("?inline", "")),
      namespace: "inline-css",
    }));
    build.onLoad({ filter: /.*/, namespace: "inline-css" }, async ({ path }) => {
      const { code } = await esbuild.transform(await readFile(path, "utf8"), {
        loader: "css",
        minify: true,
        target: "safari16",
      });
      return { contents: code.trim(), loader: "text", watchFiles: [path] };
    });
  },
};

/**
 * The names of private members that are properties of nothing else, here or in Preact: as long as they are called
 * `this.name` only, a shorter one serves as well.
 */
function privateNames() {
  const sources = ["src", "shared"].flatMap((folder) =>
    readdirSync(join(here, folder), { recursive: true })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => readFileSync(join(here, folder, name), "utf8")),
  );
  const code = sources.join("\n").replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
  const preact = readFileSync(createRequire(import.meta.url).resolve("preact"), "utf8");
  const declared = /\bprivate (?:static |readonly |async |get |set )*(\w+)/g;
  const names = new Set([...code.matchAll(declared)].map(([, name]) => name));
  const others = code.replace(declared, "").replace(/\bthis\.\w+/g, "");
  return [...names].filter((name) => {
    const property = `\\.${name}\\b|\\b${name}\\??[:=]|[{,]\\s*${name}\\s*[,}]|["'\`]${name}["'\`]`;
    const method = `^\\s*(?:async |get |set |readonly )*${name}\\??[(<]`;
    return !new RegExp(`${property}|${method}`, "m").test(others) && !preact.includes(name);
  });
}

const common = {
  absWorkingDir: here,
  outdir: "dist",
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2020",
  charset: "utf8",
  legalComments: "none",
  tsconfig: "tsconfig.build.json",
};

const bundles = [
  { ...common, entryPoints: { loader: "loader/loader.ts" } },
  {
    ...common,
    entryPoints: { widget: "src/main.ts" },
    target: "es2021",
    inject: ["src/view/jsx.ts"],
    mangleProps: new RegExp(`^(?:${privateNames().join("|")})$`),
    plugins: [inlineCss],
  },
];

for (const options of bundles) {
  if (process.argv.includes("--watch")) {
    const context = await esbuild.context({ ...options, minify: false, sourcemap: "inline" });
    await context.watch();
  } else {
    await esbuild.build(options);
  }
}

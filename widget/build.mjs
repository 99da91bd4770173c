/** Bundles the loader and the app: `node build.mjs [--watch]`. */

import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
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
    inject: ["src/view/jsx.ts"],
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

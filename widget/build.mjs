/**
 * Builds the loader, the app, and the app's parts: `node build.mjs [--watch]`.
 *
 * An `import()` in the app becomes a part, a classic script that the loader fetches like the app: a browser keeps a
 * module that failed as failed until the page is left, a script may be asked for again; and host pages need allow
 * nothing more. A part takes what the app has (Preact, our own modules) from the app.
 */

import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { rolldown } from "rolldown";

const here = dirname(fileURLToPath(import.meta.url));
const watching = process.argv.includes("--watch");

/** `import css from "./style.css?inline"`: the minified text, as Vite understands it in tests. */
const inlineCss = {
  name: "inline-css",
  resolveId: {
    filter: { id: /\.css\?inline$/ },
    handler: (id, from) => `${resolve(dirname(from), id.replace("?inline", ""))}.js`,
  },
  load: {
    filter: { id: /\.css\.js$/ },
    async handler(id) {
      const text = await readFile(id.replace(/\.js$/, ""), "utf8");
      const { code } = await esbuild.transform(text, {
        loader: "css",
        minify: true,
        target: "safari16",
      });
      return `export default ${JSON.stringify(code.trim())}`;
    },
  },
};

/**
 * The names of private members that are properties of nothing else, here or in Preact: as long as they are called
 * `this.name` only, a shorter one serves as well.
 */
async function privateNames() {
  const sources = await Promise.all(
    ["src", "shared", "loader"].map(async (folder) => {
      const names = await readdir(join(here, folder), { recursive: true });
      const modules = names.filter((name) => /\.tsx?$/.test(name));
      return Promise.all(modules.map((name) => readFile(join(here, folder, name), "utf8")));
    }),
  );
  const code = sources
    .flat()
    .join("\n")
    .replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
  const preact = await readFile(createRequire(import.meta.url).resolve("preact"), "utf8");
  const declared = /\bprivate (?:static |readonly |async |get |set )*(\w+)/g;
  const names = new Set([...code.matchAll(declared)].map(([, name]) => name));
  const others = code.replace(declared, "").replace(/\bthis\.\w+/g, "");
  return [...names].filter((name) => {
    const property = `\\.${name}\\b|\\b${name}\\??[:=]|[{,]\\s*${name}\\s*[,}]|["'\`]${name}["'\`]`;
    const method = `^\\s*(?:async |get |set |readonly )*${name}\\??[(<]`;
    return !new RegExp(`${property}|${method}`, "m").test(others) && !preact.includes(name);
  });
}

const script = {
  absWorkingDir: here,
  bundle: true,
  write: false,
  minify: !watching,
  format: "iife",
  target: "es2021",
  charset: "utf8",
  legalComments: "none",
  tsconfig: "tsconfig.build.json",
};

function bundled(input, more) {
  return rolldown({
    cwd: here,
    input,
    tsconfig: "tsconfig.build.json",
    preserveEntrySignatures: false,
    transform: { target: "es2021", ...more },
    plugins: [inlineCss],
  });
}

/** The app and its parts as modules that `require` each other, the app first. */
async function chunks() {
  const bundle = await bundled(
    { widget: "src/main.ts" },
    { inject: { h: ["preact", "h"], Fragment: ["preact", "Fragment"] } },
  );
  const { output } = await bundle.generate({
    format: "cjs",
    dynamicImportInCjs: false,
    minify: { compress: !watching, mangle: false },
    entryFileNames: "[name].js",
    chunkFileNames: "[name].js",
  });
  await bundle.close();
  return output;
}

async function loaderOf(app) {
  const bundle = await bundled("loader/loader.ts", { define: { APP: JSON.stringify(app) } });
  const { output } = await bundle.generate({ format: "iife", minify: !watching });
  await bundle.close();
  return output[0].code;
}

/** Its parts are asked for by name and with what they share with others: see `loader/parts.ts`. */
function askingForParts({ code, dynamicImports, fileName }, all) {
  const asked = /Promise\.resolve\(\)\.then\(\(\)\s*=>\s*require\("\.\/([^"]+)"\)\)/g;
  const found = new Set([...code.matchAll(asked)].map(([, name]) => name));
  if (dynamicImports.some((name) => !found.has(name))) throw new Error("A part is never asked for");
  return code.replace(asked, (_, name) => {
    const { imports } = all.find(({ fileName }) => fileName === name);
    const others = imports.filter((one) => one !== "widget.js" && one !== fileName);
    const files = [name, ...others];
    return `require.bring(${files.map((file) => JSON.stringify(`%${file}%`)).join()})`;
  });
}

async function minified(contents, options) {
  const result = await esbuild.build({
    ...script,
    ...options,
    stdin: { contents, resolveDir: here, loader: "js" },
  });
  return {
    code: result.outputFiles[0].text.replace(/^"use strict";/, "").trim(),
    cache: result.mangleCache,
  };
}

const fingerprint = (name, code) =>
  name.replace(".js", `-${createHash("sha256").update(code).digest("hex").slice(0, 10)}.js`);

/** What `dist` holds, by name. Whatever is named by its content says so to the edge and to browsers. */
async function build() {
  const all = await chunks();
  const [app, ...parts] = all;
  if (app.imports.length)
    throw new Error(`The app waits for ${app.imports}: does a part import main.ts?`);
  const mangleProps = new RegExp(`^(?:${(await privateNames()).join("|")})$`);
  const entry = await minified(
    `import { partsOf } from "./loader/parts";
     const exports = {};
     const require = partsOf(exports);
     ${askingForParts(app, all)}`,
    { mangleProps, mangleCache: {} },
  );
  const codes = new Map();
  for (const part of parts) {
    const { code } = await minified(
      `(self.messengerParts ??= {})[${JSON.stringify(`./${part.fileName}`)}] = (require, exports) => {
         ${askingForParts(part, all)}
       }`,
      { mangleProps, mangleCache: entry.cache },
    );
    codes.set(part.fileName, code);
  }
  const files = new Map();
  const name = (file) => {
    const code = named(codes.get(file));
    const final = fingerprint(file, code);
    files.set(final, code);
    return final;
  };
  const named = (code) => code.replace(/%([\w-]+\.js)%/g, (_, file) => name(file));
  codes.set("widget.js", entry.code);
  return files.set("loader.js", await loaderOf(name("widget.js")));
}

async function write() {
  const dist = join(here, "dist");
  const files = await build();
  await mkdir(dist, { recursive: true });
  for (const [name, code] of files) await writeFile(join(dist, name), code);
  for (const name of await readdir(dist)) if (!files.has(name)) await rm(join(dist, name));
}

await write();
if (watching) {
  const { watch } = await import("node:fs");
  let again;
  for (const folder of ["src", "shared", "loader"]) {
    watch(join(here, folder), { recursive: true }, () => {
      clearTimeout(again);
      again = setTimeout(() => write().catch((error) => process.stderr.write(`${error}\n`)), 100);
    });
  }
}

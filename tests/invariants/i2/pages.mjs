/**
 * The widget and the panel without their looks, as they ship, each in a browser of its own: sources bundled once and
 * run anew for every page that is opened.
 */

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const root = join(dirname(fileURLToPath(import.meta.url)), "../../..");

const WIDGET = `
  export { Widget } from "./widget/src/widget";
`;

const PANEL = `
  export { rows } from "./panel/src/conversations/listing";
  export { chooseTab, useConversations } from "./panel/src/conversations/store";
  export { watchMine } from "./panel/src/conversations/movedOn";
  export { connect } from "./panel/src/realtime/connect";
  export { useViewing } from "./panel/src/realtime/viewing";
  export { resumeSession, signIn } from "./panel/src/session/enter";
  export { operatorId, useSession } from "./panel/src/session/store";
  export { maySee } from "./panel/src/threads/allowed";
  export { close, markRead, take, takeOver, transfer } from "./panel/src/threads/actions";
  export { isBehind, openThread } from "./panel/src/threads/load";
  export { restoreOutbox, send, useOutbox } from "./panel/src/threads/outbox";
  export { threadOf, useThreads } from "./panel/src/threads/store";
`;

/** What only draws, and would bring a toolkit along. */
const UNSEEN = {
  name: "unseen",
  setup(build) {
    const stub = (filter, contents) => {
      build.onResolve({ filter }, () => ({ path: String(filter), namespace: "unseen" }));
      build.onLoad({ filter: /.*/, namespace: "unseen" }, ({ path }) => ({
        contents: stubs.get(path),
        resolveDir: root,
        loader: "ts",
      }));
      stubs.set(String(filter), contents);
    };
    const stubs = new Map();
    stub(/\/parts\/notify$/, "export const notify = () => {}; export const notifyOf = () => {};");
    stub(/^\.\/soon$/, `export { Realtime } from "./widget/shared/realtime";`);
  },
};

/** A line of the sources that is another for once (`make mutate ARGS=--clients`): `{file, line, instead}`. */
const otherwise = JSON.parse(process.argv[4] ?? "null");

const OTHERWISE = {
  name: "otherwise",
  setup(build) {
    if (!otherwise) return;
    const { file, line, instead } = otherwise;
    const source = readFileSync(join(root, file), "utf8");
    if (source.split(line).length !== 2) throw new Error(`not once in ${file}: ${line}`);
    build.onLoad({ filter: /\.tsx?$/ }, ({ path }) =>
      path === join(root, file)
        ? { contents: source.replace(line, () => instead), loader: "ts" }
        : null,
    );
  },
};

/** What a page finds around it. */
const SURROUNDINGS = [
  "window",
  "self",
  "document",
  "navigator",
  "location",
  "history",
  "localStorage",
  "sessionStorage",
  "fetch",
  "WebSocket",
  "BroadcastChannel",
  "setTimeout",
  "clearTimeout",
  "setInterval",
  "clearInterval",
  "addEventListener",
  "removeEventListener",
  "dispatchEvent",
  "Date",
  "Math",
  "crypto",
];

async function bundled(contents) {
  const { outputFiles } = await esbuild.build({
    stdin: { contents, resolveDir: root, loader: "ts" },
    bundle: true,
    write: false,
    format: "iife",
    globalName: "page",
    target: "node20",
    alias: { "@shared": join(root, "widget/shared") },
    define: { "process.env.NODE_ENV": '"production"', "import.meta.env": "{}" },
    loader: { ".css": "empty" },
    resolveExtensions: [".ts", ".tsx", ".mjs", ".js"],
    plugins: [UNSEEN, OTHERWISE],
    nodePaths: [join(root, "panel/node_modules"), join(root, "widget/node_modules")],
  });
  const open = new Function(...SURROUNDINGS, `${outputFiles[0].text}; return page;`);
  return (browser) => open(...SURROUNDINGS.map((name) => browser[name]));
}

export const [openWidget, openPanel] = await Promise.all([WIDGET, PANEL].map(bundled));

/**
 * Draws the launcher and nothing else; fetches the app when it is wanted. Not a request before `load` and an idle
 * moment. Styles are set through the CSSOM, which a host page's style-src does not block.
 */

import type { Handover } from "./handover";
import { BUBBLE } from "./icon";

const script = document.currentScript as HTMLScriptElement | null;
const SVG = "http://www.w3.org/2000/svg";

function main({ dataset, src }: HTMLScriptElement): void {
  const { inbox, lang = "" } = dataset;
  if (!inbox || document.getElementById("messenger-widget")) return;
  const host = document.createElement("div");
  host.id = "messenger-widget";
  host.style.cssText =
    "all:initial!important;position:fixed!important;z-index:2147483000!important";
  const root = host.attachShadow({ mode: "open" });
  const button = document.createElement("button");
  button.dataset.testid = "launcher";
  button.ariaLabel = /^ru/i.test(lang || document.documentElement.lang || navigator.language)
    ? "Открыть диалог"
    : "Open messages";
  button.style.cssText =
    "position:fixed;inset-inline-end:20px;bottom:20px;width:56px;height:56px;padding:15px;border:0;border-radius:50%;background:#3f4fd0;color:#fff;cursor:pointer;box-shadow:0 6px 20px #10142838";
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  path.setAttribute("fill", "#fff");
  path.setAttribute("d", BUBBLE);
  svg.append(path);
  button.append(svg);
  root.append(button);
  document.body.append(host);

  const handover: Handover = {
    inbox,
    api: dataset.api || new URL("/api", src).href,
    lang,
    root,
    open: false,
  };
  window.messengerHandover = handover;

  let app: HTMLScriptElement | undefined;
  const load = (): void => {
    if (app) return;
    app = document.createElement("script");
    app.src = new URL("widget.js", src).href;
    app.onerror = () => {
      app = undefined;
    };
    root.append(app);
  };
  // A press counts from its beginning: the app may replace the button before it ends.
  button.onpointerdown = button.onclick = () => {
    handover.open = true;
    load();
  };
  button.onpointerenter = button.onfocus = load;
  addEventListener("scroll", load, { once: true });
  if (dataset.loadAfter) setTimeout(load, +dataset.loadAfter * 1000);
  try {
    if (localStorage[`messenger:${inbox}:seen`]) load();
  } catch {
    // Storage is blocked: there is no conversation to resume.
  }
}

if (script) {
  const start = () => (window.requestIdleCallback || setTimeout)(() => main(script));
  if (document.readyState === "complete") start();
  else addEventListener("load", start);
}

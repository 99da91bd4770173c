/**
 * Draws the launcher and nothing else; fetches the app when it is wanted. Not a request before `load` and an idle
 * moment. Styles are set through the CSSOM, which a host page's style-src does not block.
 */

import type { Handover } from "./handover";

const script = document.currentScript as HTMLScriptElement | null;
const ICON =
  "M12 3.5c-5 0-9 3.3-9 7.6 0 2.4 1.3 4.5 3.3 5.9-.1 1.1-.5 2.3-1.4 3.2-.2.2 0 .5.2.5 1.9-.1 3.5-.8 4.7-1.8.7.1 1.4.2 2.2.2 5 0 9-3.4 9-8S17 3.5 12 3.5Z";

function main(data: DOMStringMap, src: string): void {
  const { inbox } = data;
  if (!inbox || document.getElementById("messenger-widget")) return;
  const host = document.createElement("div");
  host.id = "messenger-widget";
  host.style.cssText =
    "all:initial!important;position:fixed!important;z-index:2147483000!important;inset:auto 0 0 auto!important";
  const root = host.attachShadow({ mode: "open" });
  const button = document.createElement("button");
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  button.dataset.testid = "launcher";
  button.ariaLabel = /^ru/i.test(data.lang || document.documentElement.lang || navigator.language)
    ? "Открыть диалог"
    : "Open messages";
  button.style.cssText =
    "position:fixed;inset-inline-end:20px;bottom:20px;width:56px;height:56px;padding:15px;border:0;border-radius:50%;background:#3f4fd0;color:#fff;cursor:pointer;box-shadow:0 1px 2px #10142833,0 6px 20px #10142838";
  svg.setAttribute("viewBox", "0 0 24 24");
  path.setAttribute("fill", "currentColor");
  path.setAttribute("d", ICON);
  svg.append(path);
  button.append(svg);
  root.append(button);
  document.body.append(host);

  const handover: Handover = {
    inbox,
    api: (data.api || `${new URL(src).origin}/api`).replace(/\/+$/, ""),
    lang: data.lang || null,
    root,
    open: false,
  };
  window.messengerHandover = handover;

  let asked = false;
  const load = (): void => {
    if (asked) return;
    asked = true;
    const app = document.createElement("script");
    app.src = src.replace(/[^/]*$/, "widget.js");
    app.onerror = () => {
      asked = false;
      app.remove();
    };
    document.head.append(app);
  };
  for (const wish of ["pointerenter", "focus"]) button.addEventListener(wish, load);
  button.onclick = () => {
    handover.open = true;
    load();
  };
  addEventListener("scroll", load, { once: true, passive: true });
  const after = Number.parseFloat(data.loadAfter || "");
  if (after >= 0) setTimeout(load, after * 1000);
  try {
    if (localStorage.getItem(`messenger:${inbox}:seen`)) load();
  } catch {
    // Storage is blocked: there is no conversation to resume.
  }
}

if (script) {
  const start = (): unknown =>
    (window.requestIdleCallback || setTimeout)(() => main(script.dataset, script.src));
  if (document.readyState === "complete") start();
  else addEventListener("load", start);
}

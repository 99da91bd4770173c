/**
 * Draws the launcher and nothing else; fetches the app when it is wanted. Not a request before `load` and a
 * moment. Styles are set through the CSSOM, which a host page's style-src does not block.
 */

import type { Handover, Messenger } from "./handover";
import { BUBBLE } from "./icon";

const script = document.currentScript as HTMLScriptElement;

/** The app's file, which is named by its content. */
declare const APP: string;

const rules = { createScriptURL: String };
let policy: typeof rules | undefined;

function main({ dataset, src }: HTMLScriptElement): void {
  const { inbox, lang, accent = "#3f4fd0", side } = dataset;
  if (!inbox || document.getElementById("messenger-widget")) return;
  const host = document.createElement("div");
  host.id = "messenger-widget";
  host.style.cssText =
    "all:initial!important;position:fixed!important;z-index:2147483000!important";
  const root = host.attachShadow({ mode: "open" });
  const button = document.createElement("button");
  button.dataset.testid = "launcher";
  button.title = /^ru/i.test(lang || document.documentElement.lang || navigator.language)
    ? "Открыть диалог"
    : "Open messages";
  button.style.cssText = `position:fixed;inset-inline:${side ? "20px auto" : "auto 20px"};bottom:20px;width:56px;height:56px;padding:16px;border:0;border-radius:50%;background:${accent};cursor:pointer;forced-color-adjust:none`;
  const icon = document.createElement("div");
  icon.style.cssText = `height:24px;background:#fff;clip-path:path("${BUBBLE}")`;
  button.append(icon);
  root.append(button);
  document.body.append(host);

  const handover: Handover = {
    src,
    data: dataset,
    root,
    calls: [],
    fetch(file, failed, came) {
      const part = document.createElement("script");
      // Pages that enforce Trusted Types take an address only from a policy, of which there is one of a name.
      policy ??= window.trustedTypes?.createPolicy("messenger", rules) ?? rules;
      part.src = policy.createScriptURL(new URL(file, src));
      part.onload = came as () => void;
      part.onerror = failed;
      root.append(part);
    },
  };
  let loading = false;
  const load = (): void => {
    if (loading) return;
    loading = true;
    handover.fetch(APP, () => {
      loading = false;
    });
  };
  const call: Messenger = (...asked) => {
    handover.calls.push(asked);
    if (/open|toggle/.test(asked[0])) load();
  };
  call.handover = handover;
  // A press counts from its beginning: the app may replace the button before it ends.
  button.onpointerdown = button.onclick = () => call("open");
  button.onpointerenter = button.onfocus = load;
  window.Messenger?.q?.map((earlier) => call(...earlier));
  window.Messenger = call;
  if ("loadOnScroll" in dataset) addEventListener("scroll", load);
  if (dataset.loadAfter) setTimeout(load, +dataset.loadAfter * 1000);
  try {
    if (localStorage[`messenger:${inbox}:seen`]) load();
  } catch {
    // Storage is blocked: there is no conversation to resume.
  }
}

// Not when the page is idle: some never are, and would have no launcher. Drawing it takes a millisecond.
const start = () => setTimeout(main, 99, script);
if (document.readyState === "complete") start();
else addEventListener("load", start);

/** Takes over from the loader: same shadow root, same launcher, now alive. */

import { pickLanguage } from "@shared/i18n";
import { h, render } from "preact";
import type { Handover } from "../loader/handover";
import { onChange } from "./signal";
import css from "./style.css?inline";
import { texts } from "./texts";
import { App } from "./view/app";
import { Widget } from "./widget";

export function main(handover: Handover): Widget {
  const { root, inbox } = handover;
  const api = handover.api.replace(/\/+$/, "");
  const language = pickLanguage(handover.lang, document.documentElement.lang, navigator.language);
  const widget = new Widget({ inbox, api, language });
  const hadFocus = root.activeElement !== null;
  const mount = document.createElement("div");
  root.replaceChildren(...styled(root), mount);
  const t = texts(language);
  const draw = () => render(h(App, { widget, t }), mount);
  onChange(draw);
  draw();
  if (hadFocus) root.querySelector<HTMLElement>("[data-testid=launcher]")?.focus();
  widget.start();
  if (handover.open) widget.show();
  return widget;
}

/** A constructed sheet needs no `style-src` of the host page; old browsers get a style element. */
function styled(root: ShadowRoot): HTMLStyleElement[] {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
    return [];
  } catch {
    const style = document.createElement("style");
    style.textContent = css;
    return [style];
  }
}

const handover = window.messengerHandover;
if (handover) {
  delete window.messengerHandover;
  main(handover);
}

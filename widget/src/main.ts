/** Takes over from the loader: same shadow root, same launcher, now alive. */

import { pickLanguage } from "@shared/i18n";
import { h, render } from "preact";
import type { Handover } from "../loader/handover";
import { wear } from "./look";
import { onChange } from "./signal";
import css from "./style.css?inline";
import { addStyles, styleIn } from "./styles";
import { texts } from "./texts";
import { App } from "./view/app";
import { Widget } from "./widget";

export function main(handover: Handover): Widget {
  const { src, data, root } = handover;
  const { inbox = "", lang } = data;
  const api = new URL(data.api || "/api", src).href.replace(/\/+$/, "");
  const language = pickLanguage(lang, document.documentElement.lang, navigator.language);
  const widget = new Widget({ inbox, api, language });
  const hadFocus = root.activeElement !== null;
  const mount = document.createElement("div");
  root.replaceChildren(mount);
  styleIn(root);
  addStyles(css);
  wear(data);
  const t = texts(language);
  const draw = () => render(h(App, { widget, t }), mount);
  onChange(draw);
  draw();
  if (hadFocus) root.querySelector<HTMLElement>("[data-testid=launcher]")?.focus();
  widget.start();
  if (handover.open) widget.show();
  return widget;
}

const handover = window.messengerHandover;
if (handover) {
  delete window.messengerHandover;
  main(handover);
}

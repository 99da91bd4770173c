/** Takes over from the loader: same shadow root, same launcher, now alive. */

import { pickLanguage } from "@shared/i18n";
import { h, render } from "preact";
import type { Call, Handover } from "../loader/handover";
import { wear } from "./look";
import { page } from "./part";
import { onChange } from "./signal";
import css from "./style.css?inline";
import { addStyles, styleIn } from "./styles";
import { texts } from "./texts";
import { App } from "./view/app";
import { Widget } from "./widget";

export function main(handover: Handover): Widget {
  const { src, data, root, calls } = handover;
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
  const waiting: Call[] = [];
  const draw = () => render(h(App, { widget, t }), mount);
  const forget = onChange(() => {
    draw();
    page.show(({ obey }) => obey(site, waiting.splice(0)));
  });
  const site = {
    widget,
    handover,
    leave: () => {
      forget();
      widget.stop();
      render(null, mount);
    },
    begin: () => main(handover),
  };
  draw();
  if (hadFocus) root.querySelector<HTMLElement>("[data-testid=launcher]")?.focus();
  widget.start();
  calls.push = (...asked) => {
    for (const call of asked) {
      if (call[0] === "open") widget.show();
      else waiting.push(call);
    }
    if (waiting.length) page.want();
    page.show(({ obey }) => obey(site, waiting.splice(0)));
    return 0;
  };
  calls.push(...calls.splice(0));
  return widget;
}

const handover = window.Messenger?.handover;
if (handover) main(handover);

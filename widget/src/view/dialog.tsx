/** The open widget: a window beside the launcher, or the whole screen of a phone. */

import { useEffect, useRef, useState } from "preact/hooks";
import { Composer } from "./composer";
import { Header } from "./header";
import { Notice } from "./notice";
import { Thread } from "./thread";
import type { Ui } from "./ui";

const FULL_SCREEN = "(max-width: 480px)";
const TITLE_ID = "messenger-title";

export function Dialog({ widget, t }: Ui) {
  const element = useRef<HTMLDivElement>(null);
  const full = useFullScreen();
  useScreenKeyboard(element, full);
  useStillPage(full);

  const onKeyDown = (event: KeyboardEvent) => {
    // The host page's shortcuts must not fire while somebody writes.
    event.stopPropagation();
    if (event.key === "Escape" && !event.isComposing) {
      event.preventDefault();
      widget.hide();
    } else if (event.key === "Tab" && full && element.current) {
      keepInside(event, element.current);
    }
  };

  return (
    <div
      ref={element}
      class="dialog"
      role="dialog"
      aria-modal={full}
      aria-labelledby={TITLE_ID}
      data-testid="dialog"
      onKeyDown={onKeyDown}
      onKeyUp={(event) => event.stopPropagation()}
      onKeyPress={(event) => event.stopPropagation()}
    >
      <Header widget={widget} t={t} titleId={TITLE_ID} />
      <Thread widget={widget} t={t} />
      <Notice widget={widget} t={t} />
      <Composer widget={widget} t={t} />
    </div>
  );
}

function useFullScreen(): boolean {
  const [full, setFull] = useState(() => matchMedia(FULL_SCREEN).matches);
  useEffect(() => {
    const query = matchMedia(FULL_SCREEN);
    const change = () => setFull(query.matches);
    query.addEventListener("change", change);
    return () => query.removeEventListener("change", change);
  }, []);
  return full;
}

/** Phones lay their keyboard over the page: the dialog keeps to what is left of the screen. */
function useScreenKeyboard(element: { current: HTMLElement | null }, full: boolean): void {
  useEffect(() => {
    const view = window.visualViewport;
    const style = element.current?.style;
    if (!full || !view || !style) return;
    const fit = () => {
      style.height = `${view.height}px`;
      style.top = `${view.offsetTop}px`;
    };
    fit();
    view.addEventListener("resize", fit);
    view.addEventListener("scroll", fit);
    return () => {
      view.removeEventListener("resize", fit);
      view.removeEventListener("scroll", fit);
      style.height = style.top = "";
    };
  }, [element, full]);
}

/** The page behind a full screen dialog does not scroll. */
function useStillPage(full: boolean): void {
  useEffect(() => {
    if (!full) return;
    const { style } = document.documentElement;
    const before = style.overflow;
    style.overflow = "hidden";
    return () => {
      style.overflow = before;
    };
  }, [full]);
}

function keepInside(event: KeyboardEvent, dialog: HTMLElement): void {
  const stops = [...dialog.querySelectorAll<HTMLElement>("button, a[href], textarea, [tabindex]")];
  const usable = stops.filter((stop) => stop.tabIndex >= 0 && stop.getClientRects().length > 0);
  const edge = event.shiftKey ? usable[0] : usable[usable.length - 1];
  if ((dialog.getRootNode() as ShadowRoot).activeElement !== edge) return;
  event.preventDefault();
  (event.shiftKey ? usable[usable.length - 1] : usable[0])?.focus();
}

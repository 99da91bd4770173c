/** A page of the settings replaces another: the focus goes to its heading, so that it is read out. */

import { useEffect } from "react";

export function useArrival(): void {
  useEffect(focusHeading, []);
}

/** Where the focus belongs when what had it is gone. */
export function focusHeading(): void {
  document.querySelector<HTMLElement>("#settings h1")?.focus({ preventScroll: true });
}

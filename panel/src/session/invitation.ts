/** The link that somebody came by, taken out of the address bar: it is not found there later, nor in the history. */

import { ApiError } from "@shared/api";
import { create } from "zustand";

const LINK = /^#\/join\/([^/]+)$/;

/** `token`: of the link that is being followed, null when nobody comes by one. */
export const useInvitation = create<{ token: string | null }>(() => ({ token: null }));

/** Looks for a link in the address now, and whenever one is put there. */
export function watchForInvitation(): void {
  take();
  window.addEventListener("hashchange", take);
}

export function dropInvitation(): void {
  useInvitation.setState({ token: null });
}

function take(): void {
  const token = LINK.exec(location.hash)?.[1];
  if (!token) return;
  history.replaceState(null, "", location.pathname);
  useInvitation.setState({ token });
}

/** What the server says of a link that is unknown, spent, replaced or expired. */
export function isGone(error: unknown): boolean {
  return error instanceof ApiError && error.code === "not_found";
}

/** The server has asked us to be slower: until when, by conversation. */

import { type ApiError, isTooFast } from "@shared/api";
import { create } from "zustand";
import { useNow } from "../i18n/now";

/** Where the server does not say for how long. */
const SECONDS = 10;

/** Milliseconds of the page's own clock, which nobody sets. */
const usePauses = create<{ byId: Record<string, number> }>(() => ({ byId: {} }));

/** Milliseconds to wait after this refusal; null when it asks for no pause. */
export function pauseAfter(id: string, error: unknown): number | null {
  if (!isTooFast(error)) return null;
  const ms = ((error as ApiError).retryAfter ?? SECONDS) * 1000;
  usePauses.setState(({ byId }) => ({ byId: { ...byId, [id]: performance.now() + ms } }));
  return ms;
}

export function endPause(id: string): void {
  usePauses.setState(({ byId: { [id]: _, ...byId } }) => ({ byId }));
}

/** Whole seconds that are left; 0 when nothing is asked. */
export function secondsLeft(id: string): number {
  const until = usePauses.getState().byId[id];
  return until ? Math.max(0, Math.ceil((until - performance.now()) / 1000)) : 0;
}

export function usePause(id: string): number {
  const paused = usePauses((state) => id in state.byId);
  useNow(paused ? 1000 : 60_000);
  return secondsLeft(id);
}

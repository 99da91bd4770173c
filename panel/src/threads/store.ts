/** The messages of the conversations that were opened in this tab. */

import { contiguousSeq, mergeMessages } from "@shared/thread";
import type { Evidence, HistoryEntry, Message } from "@shared/wire";
import { create } from "zustand";

/** `gone`: it was shown, and is no longer this operator's to see. `base`: the `seq` before the loaded window. `unreadFrom`: the divider stands above this `seq`. */
export interface Thread {
  state: "loading" | "ready" | "failed" | "gone";
  error: unknown;
  messages: readonly Message[];
  base: number;
  evidence: Evidence | null;
  /** The newest first. */
  history: readonly HistoryEntry[];
  unreadFrom: number | null;
}

const fresh: Thread = {
  state: "loading",
  error: null,
  messages: [],
  base: 0,
  evidence: null,
  history: [],
  unreadFrom: null,
};

export const useThreads = create<{ byId: Readonly<Record<string, Thread>> }>(() => ({ byId: {} }));

export const threadOf = (id: string): Thread | undefined => useThreads.getState().byId[id];

export function changeThread(id: string, change: (thread: Thread) => Thread): void {
  const before = threadOf(id) ?? fresh;
  const after = change(before);
  if (after !== before) useThreads.setState(({ byId }) => ({ byId: { ...byId, [id]: after } }));
}

/** Adds what arrived; nothing is shown before the thread was opened. */
export function receiveMessages(id: string, arrived: readonly Message[]): void {
  if (!threadOf(id)) return;
  changeThread(id, (thread) => {
    const messages = mergeMessages(thread.messages, arrived);
    return messages === thread.messages ? thread : { ...thread, messages };
  });
}

/** The highest `seq` up to which nothing is missing. */
export function haveUpTo(thread: Thread): number {
  return contiguousSeq(thread.messages, thread.base);
}

/** The newest window as the server gave it. What was loaded before stays unless a hole lies between. */
export function withWindow(thread: Thread, window: readonly Message[]): Thread {
  const base = (window[0]?.seq ?? 1) - 1;
  const joins = thread.messages.length > 0 && haveUpTo(thread) >= base;
  const messages = mergeMessages(joins ? thread.messages : [], window);
  return {
    ...thread,
    state: "ready",
    error: null,
    messages,
    base: joins ? Math.min(thread.base, base) : base,
  };
}

/** An older page before the window. */
export function withOlder(thread: Thread, older: readonly Message[]): Thread {
  const base = older.length ? (older[0]?.seq ?? 1) - 1 : 0;
  return { ...thread, base, messages: mergeMessages(thread.messages, older) };
}

/** The `seq` of the first of the newest `unread` incoming messages. */
export function firstUnread(messages: readonly Message[], unread: number): number | null {
  if (unread <= 0) return null;
  const incoming = messages.filter(({ direction }) => direction === "in");
  return incoming.at(-unread)?.seq ?? incoming[0]?.seq ?? null;
}

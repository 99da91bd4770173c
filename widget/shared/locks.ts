/** One tab at a time: a Web Lock, or on http pages, where there is none, a mutex in localStorage. */

import { uuid } from "./ids";
import { readItem, removeItem, writeItem } from "./storage";

const LEASE_MS = 5_000;
const SETTLE_MS = 30;
const SELDOM = 30;

/** Runs `work` while no other tab runs work under the same name. */
export async function alone<T>(name: string, work: () => Promise<T>): Promise<T> {
  if (typeof navigator !== "undefined" && navigator.locks) {
    return (await navigator.locks.request(name, work)) as T;
  }
  return underMutex(`${name}:lock`, work);
}

/** A lease that is renewed while the work lasts; a tab that dies lets go within five seconds. */
async function underMutex<T>(key: string, work: () => Promise<T>): Promise<T> {
  const owner = uuid();
  const claim = () => writeItem(key, JSON.stringify({ owner, until: Date.now() + LEASE_MS }));
  for (let tries = 1; ; tries += 1) {
    const holder = holderOf(key);
    if (holder === null || holder === owner) {
      if (!claim()) break; // No storage to share, so no other tab to share it with.
      await sleep(SETTLE_MS);
      if (holderOf(key) === owner) break;
    }
    // Who waits for long, looks more seldom.
    await sleep((SETTLE_MS + Math.random() * SETTLE_MS) * Math.min(tries, SELDOM));
  }
  const renewal = setInterval(claim, LEASE_MS / 3);
  try {
    return await work();
  } finally {
    clearInterval(renewal);
    if (holderOf(key) === owner) removeItem(key);
  }
}

function holderOf(key: string): string | null {
  try {
    const held = JSON.parse(readItem(key) ?? "null") as { owner: string; until: number } | null;
    return held && held.until > Date.now() && held.until < Date.now() + 2 * LEASE_MS
      ? held.owner
      : null;
  } catch {
    return null;
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

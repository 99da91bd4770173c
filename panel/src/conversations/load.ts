/** Fetching the lists: at the start, when `list_rev` tells that they changed, page by page while scrolling. */

import { fetchConversations, fetchLists, type Tab } from "../api/panel";
import { oversees } from "../session/role";
import { listFailed, receivePage, setListRev, useConversations } from "./store";

const SETTLE_MS = 150;

let loading: Promise<void> | null = null;
let again = false;
let timer: ReturnType<typeof setTimeout> | undefined;

/** The first pages of the lists in use. Asked for while it runs, it runs once more. Rejects when one failed. */
export function loadLists(): Promise<void> {
  if (loading) {
    again = true;
    return loading;
  }
  loading = loadUntilSettled().finally(() => {
    loading = null;
  });
  return loading;
}

/** `list_rev` as a pong tells it: another number means that the lists changed. */
export function noticeListRev(listRev: number, then: () => void): void {
  if (listRev !== useConversations.getState().listRev) loadListsSoon(then);
}

/** Bursts are fetched once. */
export function loadListsSoon(then: () => void): void {
  clearTimeout(timer);
  timer = setTimeout(() => void loadLists().then(then, () => null), SETTLE_MS);
}

/** One list, for its tab: shows its failure there. Answers with the `list_rev` it is as new as. */
export async function loadTab(tab: Tab): Promise<number> {
  try {
    const page = await fetchConversations(tab, null);
    receivePage(tab, page, "first");
    return page.list_rev;
  } catch (error) {
    showFailure(tab, error);
    throw error;
  }
}

/** One's own and the queue, by one request. */
async function loadBoth(): Promise<number> {
  try {
    const { mine, queue } = await fetchLists();
    receivePage("mine", mine, "first");
    receivePage("queue", queue, "first");
    return mine.list_rev;
  } catch (error) {
    showFailure("mine", error);
    showFailure("queue", error);
    throw error;
  }
}

function showFailure(tab: Tab, error: unknown): void {
  if (useConversations.getState().lists[tab].state !== "ready") listFailed(tab, error);
}

const paging = new Set<Tab>();

export async function loadNextPage(tab: Tab): Promise<void> {
  const { next } = useConversations.getState().lists[tab];
  if (!next || paging.has(tab)) return;
  paging.add(tab);
  try {
    receivePage(tab, await fetchConversations(tab, next), "next");
  } finally {
    paging.delete(tab);
  }
}

async function loadUntilSettled(): Promise<void> {
  do {
    again = false;
    const { tab, lists } = useConversations.getState();
    const tabs = new Set<Tab>([tab]);
    // Once: alarms and requests are counted, and frames keep them fresh.
    if (oversees() && lists.all.state === "idle") tabs.add("all");
    if (oversees() && lists.requests.state === "idle") tabs.add("requests");
    tabs.delete("mine");
    tabs.delete("queue");
    const revs = await Promise.all([loadBoth(), ...[...tabs].map(loadTab)]);
    setListRev(Math.min(...revs));
  } while (again);
}

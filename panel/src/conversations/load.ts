/** Fetching the lists: at the start, when `list_rev` tells that they changed, page by page while scrolling. */

import type { ConversationList } from "@shared/wire";
import { fetchConversations, fetchLists, type Tab } from "../api/panel";
import { oversees } from "../session/role";
import { noticeAlarm } from "./alarms";
import { listFailed, receivePage, setListRev, useConversations } from "./store";

const SETTLE_MS = 150;

let loading: Promise<void> | null = null;
let again = false;
let timer: ReturnType<typeof setTimeout> | undefined;
let missed = false;

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

/** The same after a break, which may have hidden what frames tell: all lists that are counted. */
export function loadListsAnew(): Promise<void> {
  missed = true;
  return loadLists();
}

/** `list_rev` as a pong tells it: another number means that the lists changed, unheard. */
export function noticeListRev(listRev: number, then: () => void): void {
  if (listRev === useConversations.getState().listRev) return;
  missed = true;
  loadListsSoon(then);
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
    receiveFirst(tab, page);
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
    receiveFirst("mine", mine);
    receiveFirst("queue", queue);
    return mine.list_rev;
  } catch (error) {
    showFailure("mine", error);
    showFailure("queue", error);
    throw error;
  }
}

/** What was there when a list first came is no news. */
function receiveFirst(tab: Tab, page: ConversationList): void {
  if (useConversations.getState().lists[tab].state === "ready") page.items.forEach(noticeAlarm);
  receivePage(tab, page, "first");
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
    // Alarms and requests are counted, and frames keep them fresh.
    for (const each of ["all", "requests"] as const)
      if (oversees() && (missed || lists[each].state === "idle")) tabs.add(each);
    missed = false;
    tabs.delete("mine");
    tabs.delete("queue");
    const revs = await Promise.all([loadBoth(), ...[...tabs].map(loadTab)]);
    setListRev(Math.min(...revs));
  } while (again);
}

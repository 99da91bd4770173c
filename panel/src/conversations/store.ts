/** Every conversation this tab has heard of, and the lists of their ids. */

import type { Conversation, ConversationList } from "@shared/wire";
import { create } from "zustand";
import type { Tab } from "../api/panel";
import { operatorId } from "../session/store";
import {
  type ById,
  type Listing,
  mergeConversations,
  unloaded,
  withArrived,
  withFirstPage,
  withNextPage,
} from "./listing";
import { TABS } from "./tabs";

interface State {
  byId: ById;
  /** By id, the `rev` since which it is not this operator's to see: what is older is no news. */
  goneSince: ReadonlyMap<string, number>;
  lists: Readonly<Record<Tab, Listing>>;
  listRev: number | null;
  tab: Tab;
}

export const useConversations = create<State>(() => ({
  byId: new Map(),
  goneSince: new Map(),
  lists: {
    mine: unloaded,
    queue: unloaded,
    requests: unloaded,
    all: unloaded,
    closed: unloaded,
  },
  listRev: null,
  tab: "mine",
}));

const { getState, setState } = useConversations;

export const conversationOf = (id: string): Conversation | undefined => getState().byId.get(id);

export const chooseTab = (tab: Tab) => setState({ tab });

/** From a frame or an answer; an older `rev` than the known one changes nothing. */
export function receiveConversations(...arrived: readonly Conversation[]): void {
  const me = operatorId();
  setState((state) => {
    const byId = mergeConversations(state.byId, current(state, arrived));
    if (byId === state.byId) return state;
    const news = arrived.flatMap(({ id }) => byId.get(id) ?? []);
    const lists = { ...state.lists };
    for (const tab of TABS) lists[tab] = withArrived(tab, lists[tab], news, me);
    return { byId, lists };
  });
}

const current = ({ goneSince }: State, arrived: readonly Conversation[]) =>
  arrived.filter(({ id, rev }) => rev >= (goneSince.get(id) ?? 0));

/** It does not exist, or is no longer this operator's to see: since `rev`, where that is known. */
export function forgetConversation(id: string, rev = 0): void {
  setState((state) => {
    const byId = new Map(state.byId);
    if (!byId.delete(id)) return state;
    const goneSince = new Map(state.goneSince);
    return { byId, goneSince: goneSince.set(id, Math.max(rev, goneSince.get(id) ?? 0)) };
  });
}

export function receivePage(tab: Tab, page: ConversationList, place: "first" | "next"): void {
  setState((state) => {
    const byId = mergeConversations(state.byId, current(state, page.items));
    const listing = state.lists[tab];
    const renewed =
      place === "first" ? withFirstPage(tab, listing, page, byId) : withNextPage(listing, page);
    if (byId === state.byId && renewed === listing) return state;
    return { byId, lists: { ...state.lists, [tab]: renewed } };
  });
}

export function listFailed(tab: Tab, error: unknown): void {
  setState(({ lists }) => ({
    lists: { ...lists, [tab]: { ...lists[tab], state: "failed" as const, error } },
  }));
}

export const setListRev = (listRev: number) => setState({ listRev });

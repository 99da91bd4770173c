/** Pure rules of one paged list: what a page, and what a frame does to it. */

import type { Conversation, ConversationList } from "@shared/wire";
import type { Tab } from "../api/panel";
import { belongs, sorted, sortKey } from "./tabs";

export type ById = Readonly<Record<string, Conversation>>;

/** `ids` are the known members in no particular order; `next` continues behind the last page. */
export interface Listing {
  ids: readonly string[];
  next: string | null;
  state: "idle" | "ready" | "failed";
  error: unknown;
}

export const unloaded: Listing = { ids: [], next: null, state: "idle", error: null };

/** What is known after `arrived`: the higher `rev` stays. The same object when nothing is newer. */
export function mergeConversations(known: ById, arrived: readonly Conversation[]): ById {
  const newer = arrived.filter(({ id, rev }) => rev > (known[id]?.rev ?? -1));
  if (!newer.length) return known;
  return { ...known, ...Object.fromEntries(newer.map((each) => [each.id, each])) };
}

/**
 * After the first page was fetched again: its range is as the page says, what lies behind it stays as it was loaded.
 * A page without `next` is the whole list.
 */
export function withFirstPage(
  tab: Tab,
  listing: Listing,
  page: ConversationList,
  byId: ById,
): Listing {
  const fresh = page.items.map(({ id }) => id);
  const end = page.items.at(-1);
  if (!page.next || !end) return { ...unloaded, ids: fresh, state: "ready" };
  const paged = listing.state === "ready" && listing.ids.length > fresh.length;
  const edge = sortKey(tab, end);
  const within = new Set(fresh);
  const tail = listing.ids.filter((id) => {
    const conversation = byId[id];
    return !within.has(id) && conversation && sortKey(tab, conversation) > edge;
  });
  const next = paged && tail.length ? listing.next : page.next;
  return { ids: [...fresh, ...(paged ? tail : [])], next, state: "ready", error: null };
}

export function withNextPage(listing: Listing, page: ConversationList): Listing {
  const known = new Set(listing.ids);
  const fresh = page.items.map(({ id }) => id).filter((id) => !known.has(id));
  return { ids: [...listing.ids, ...fresh], next: page.next, state: "ready", error: null };
}

/** A conversation that a frame brought enters the lists it now belongs to. */
export function withArrived(
  tab: Tab,
  listing: Listing,
  arrived: readonly Conversation[],
  operatorId: string,
): Listing {
  if (listing.state !== "ready") return listing;
  const known = new Set(listing.ids);
  const fresh = arrived.filter((each) => belongs(tab, each, operatorId) && !known.has(each.id));
  if (!fresh.length) return listing;
  return { ...listing, ids: [...listing.ids, ...fresh.map(({ id }) => id)] };
}

/** The rows of a list: members that still belong, in order. */
export function rows(tab: Tab, listing: Listing, byId: ById, operatorId: string): Conversation[] {
  const members = listing.ids.flatMap((id) => byId[id] ?? []);
  return sorted(
    tab,
    members.filter((each) => belongs(tab, each, operatorId)),
  );
}

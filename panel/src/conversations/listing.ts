/** Pure rules of one paged list: what a page, and what a frame does to it. */

import type { Conversation, ConversationList } from "@shared/wire";
import type { Tab } from "../api/panel";
import { belongs, sorted, sortKey } from "./tabs";

export type ById = ReadonlyMap<string, Conversation>;

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
  const newer = arrived.filter(({ id, rev }) => rev > (known.get(id)?.rev ?? -1));
  if (!newer.length) return known;
  const merged = new Map(known);
  for (const each of newer) merged.set(each.id, each);
  return merged;
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
  if (!page.next || !end) return unlessSame(listing, fresh, null);
  const paged = listing.state === "ready" && listing.ids.length > fresh.length;
  const edge = sortKey(tab, end);
  const within = new Set(fresh);
  const tail = listing.ids.filter((id) => {
    const conversation = byId.get(id);
    return !within.has(id) && conversation && sortKey(tab, conversation) > edge;
  });
  const next = paged && tail.length ? listing.next : page.next;
  return unlessSame(listing, [...fresh, ...(paged ? tail : [])], next);
}

/** The same object when the members are the same, so that nothing is computed or rendered again. */
function unlessSame(listing: Listing, ids: readonly string[], next: string | null): Listing {
  const members = new Set(listing.ids);
  const same = ids.length === members.size && ids.every((id) => members.has(id));
  if (same && listing.state === "ready" && listing.next === next) return listing;
  return { ids, next, state: "ready", error: null };
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
  const fresh = arrived.filter(
    (each) => belongs(tab, each, operatorId) && !listing.ids.includes(each.id),
  );
  if (!fresh.length) return listing;
  return { ...listing, ids: [...listing.ids, ...fresh.map(({ id }) => id)] };
}

/** The rows of a list: members that still belong, in order. Computed once for all who ask. */
export function rows(tab: Tab, listing: Listing, byId: ById, operatorId: string): Conversation[] {
  const known = computed.get(tab);
  const same = known?.listing === listing && known.byId === byId && known.operatorId === operatorId;
  if (same) return known.rows;
  const members = listing.ids.flatMap((id) => byId.get(id) ?? []);
  const rows = sorted(
    tab,
    members.filter((each) => belongs(tab, each, operatorId)),
  );
  computed.set(tab, { listing, byId, operatorId, rows });
  return rows;
}

interface Computed {
  listing: Listing;
  byId: ById;
  operatorId: string;
  rows: Conversation[];
}

const computed = new Map<Tab, Computed>();

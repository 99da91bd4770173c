/** The lists: which conversation stands in which, and in what order. The server decides; this follows its frames. */

import type { Conversation } from "@shared/wire";
import type { Tab } from "../api/panel";

export const TABS: readonly Tab[] = ["mine", "queue", "requests", "all", "closed"];

export const isOpen = ({ status }: Conversation) => status === "open";

const RULES: Record<Tab, (conversation: Conversation, operatorId: string) => boolean> = {
  mine: (conversation, operatorId) =>
    isOpen(conversation) && conversation.assignee?.id === operatorId,
  queue: (conversation) => isOpen(conversation) && !conversation.assignee,
  requests: (conversation) => isOpen(conversation) && conversation.requested_at !== null,
  all: isOpen,
  closed: (conversation) => !isOpen(conversation),
};

export function belongs(tab: Tab, conversation: Conversation, operatorId: string): boolean {
  return RULES[tab](conversation, operatorId);
}

/**
 * The queue and the requests: who waits longest first. The others: the newest activity first, in "all" behind what supervisors were
 * alerted of. Equal moments by id, so that rows rest.
 */
export function sorted(tab: Tab, conversations: readonly Conversation[]): Conversation[] {
  return conversations
    .map((conversation) => ({
      conversation,
      rank: tab === "all" && conversation.alarm ? 0 : 1,
      key: sortKey(tab, conversation),
    }))
    .sort(
      (a, b) =>
        a.rank - b.rank || a.key - b.key || (a.conversation.id < b.conversation.id ? -1 : 1),
    )
    .map(({ conversation }) => conversation);
}

/** The smaller, the higher on the pages that the server gives. */
export function sortKey(tab: Tab, conversation: Conversation): number {
  const { waiting_since, created_at, activity_at, requested_at } = conversation;
  if (tab === "requests") return moment(requested_at ?? created_at);
  return tab === "queue" ? moment(waiting_since ?? created_at) : -moment(activity_at);
}

const moments = new Map<string, number>();
const MOMENTS_MAX = 50_000;

/** Parsed once: a list of thousands is sorted again on every frame. */
function moment(time: string): number {
  const known = moments.get(time);
  if (known !== undefined) return known;
  if (moments.size > MOMENTS_MAX) moments.clear();
  const parsed = Date.parse(time);
  moments.set(time, parsed);
  return parsed;
}

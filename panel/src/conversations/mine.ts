/** The operator's own conversations: which ones ring, and which left without being closed. */

import type { Conversation } from "@shared/wire";
import { type ById, rows } from "./listing";
import { useConversations } from "./store";

/** Newly given, not opened yet, and about to move on: the soonest first. */
export function ringing(mine: readonly Conversation[]): Conversation[] {
  return mine
    .filter(({ escalates_at }) => escalates_at !== null)
    .sort((a, b) => deadline(a) - deadline(b));
}

export const deadline = ({ escalates_at }: Conversation) => Date.parse(escalates_at ?? "");

/**
 * What was this operator's before and is not any more, as it was then. `later` is how each stands now; what was closed
 * by somebody has not moved on.
 */
export function left(
  before: readonly Conversation[],
  after: readonly Conversation[],
  later: ById,
): Conversation[] {
  const still = new Set(after.map(({ id }) => id));
  return before.filter(({ id }) => !still.has(id) && (later.get(id)?.status ?? "open") === "open");
}

export function useMine(operatorId: string): Conversation[] {
  return useConversations(({ byId, lists }) => rows("mine", lists.mine, byId, operatorId));
}

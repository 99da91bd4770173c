/** What an operator is alerted of, and how it is told from what they know. */

import type { Conversation } from "@shared/wire";
import { isOpen } from "../conversations/tabs";

/** A new conversation of theirs; one that a colleague had before; a message in theirs; an alarm for supervisors. */
export type Kind = "given" | "handed" | "message" | "alarm";

export const KINDS: readonly Kind[] = ["given", "message", "handed", "alarm"];

/** What was last known of one of the operator's own conversations. */
export interface Known {
  assignedAt: string | null;
  inCount: number;
}

export const known = (conversation: Conversation): Known => ({
  assignedAt: conversation.assignee_assigned_at,
  inCount: conversation.in_count,
});

/** Why one of the operator's own conversations, as it stands now, is news to them; null when it is none. */
export function newsIn(before: Known | undefined, now: Conversation): Kind | null {
  if (!isOpen(now)) return null;
  if (before?.assignedAt === now.assignee_assigned_at) {
    return now.in_count > before.inCount && now.unread > 0 ? "message" : null;
  }
  // Who took it themselves has opened it with that.
  if (now.assignee_opened_at) return null;
  return now.handed_over ? "handed" : "given";
}

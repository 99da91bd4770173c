/** What the operator has not read: in a conversation, and in total for the menu, the tab's title and its icon. */

import type { Conversation } from "@shared/wire";
import { viewing } from "../realtime/viewing";
import { useOperator } from "../session/store";
import { isAttentive } from "../thread/useAttention";
import { rows } from "./listing";
import { useConversations } from "./store";

/** Of its holder's: what is before their eyes is as good as read, what they marked as unread counts as one message. */
export function unreadIn({ id, unread, marked_unread }: Conversation): number {
  const seen = viewing() === id && isAttentive();
  return (seen ? 0 : unread) || Number(marked_unread);
}

export function useUnreadTotal(): number {
  const { id } = useOperator();
  return useConversations(({ byId, lists }) =>
    rows("mine", lists.mine, byId, id).reduce((sum, each) => sum + unreadIn(each), 0),
  );
}

/** What the operator has not read: in a conversation, and in total for the menu, the tab's title and its icon. */

import type { Conversation } from "@shared/wire";
import { viewing } from "../realtime/viewing";
import { useOperator } from "../session/store";
import { isAttentive } from "../thread/useAttention";
import { rows } from "./listing";
import { useConversations } from "./store";

/** What its holder marked as unread counts as one message. */
export const unreadIn = ({ unread, marked_unread }: Conversation): number =>
  unread || Number(marked_unread);

/** The same to be shown to its holder: what is before their eyes is as good as read. */
export function unreadShown(conversation: Conversation): number {
  const seen = viewing() === conversation.id && isAttentive();
  return seen ? Number(conversation.marked_unread) : unreadIn(conversation);
}

export function useUnreadTotal(): number {
  const { id } = useOperator();
  return useConversations(({ byId, lists }) =>
    rows("mine", lists.mine, byId, id).reduce((sum, each) => sum + unreadShown(each), 0),
  );
}

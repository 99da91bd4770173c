/** What the operator has not read: in a conversation, and in total for the menu, the tab's title and its icon. */

import type { Conversation } from "@shared/wire";
import { useOperator } from "../session/store";
import { rows } from "./listing";
import { useConversations } from "./store";

/** What its holder marked as unread counts as one message. */
export const unreadIn = ({ unread, marked_unread }: Conversation): number =>
  unread || Number(marked_unread);

export function useUnreadTotal(): number {
  const { id } = useOperator();
  return useConversations(({ byId, lists }) =>
    rows("mine", lists.mine, byId, id).reduce((sum, each) => sum + unreadIn(each), 0),
  );
}

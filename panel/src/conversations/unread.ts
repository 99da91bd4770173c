/** The operator's own unread messages in total: for the menu and the tab's title. */

import { useOperator } from "../session/store";
import { rows } from "./listing";
import { useConversations } from "./store";

export function useUnreadTotal(): number {
  const { id } = useOperator();
  return useConversations(({ byId, lists }) =>
    rows("mine", lists.mine, byId, id).reduce((sum, { unread }) => sum + unread, 0),
  );
}

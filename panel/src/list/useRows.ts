/** The rows of a list, in order. */

import type { Conversation } from "@shared/wire";
import type { Tab } from "../api/panel";
import { rows } from "../conversations/listing";
import { useConversations } from "../conversations/store";
import { useOperator } from "../session/store";

export function useRows(tab: Tab): Conversation[] {
  const byId = useConversations((state) => state.byId);
  const listing = useConversations((state) => state.lists[tab]);
  const { id } = useOperator();
  return rows(tab, listing, byId, id);
}

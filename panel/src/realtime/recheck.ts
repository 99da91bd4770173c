/** A colleague took what is on this screen: an operator who may no longer see it gets no frame of it. */

import { conversationOf, useConversations } from "../conversations/store";
import { openThread } from "../threads/load";
import { viewing } from "./viewing";

/** After the lists were fetched: what stood in the queue and does not any more is asked for again. */
export async function recheckViewed(): Promise<void> {
  const id = viewing();
  const conversation = id ? conversationOf(id) : undefined;
  if (!conversation || conversation.assignee || conversation.status !== "open") return;
  const { queue } = useConversations.getState().lists;
  const left = queue.state === "ready" && !queue.next && !queue.ids.includes(conversation.id);
  if (left) await openThread(conversation.id).catch(() => null);
}

/** A colleague has what is on this screen: an operator who may no longer see it gets no frame of it. */

import { conversationOf, useConversations } from "../conversations/store";
import { operatorId } from "../session/store";
import { openThread } from "../threads/load";
import { viewing } from "./viewing";

/** After the lists were fetched: what stood in the queue, or was ours, and does not any more is asked for again. */
export async function recheckViewed(): Promise<void> {
  const id = viewing();
  const conversation = id ? conversationOf(id) : undefined;
  if (conversation?.status !== "open") return;
  const { assignee } = conversation;
  if (assignee && assignee.id !== operatorId()) return;
  const { lists } = useConversations.getState();
  const list = assignee ? lists.mine : lists.queue;
  const left = list.state === "ready" && !list.next && !list.ids.includes(conversation.id);
  if (left) await openThread(conversation.id).catch(() => null);
}

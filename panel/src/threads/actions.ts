/** What the operator does to a conversation besides replying. */

import { postRead, resolveConversation, takeConversation } from "../api/panel";
import { loadLists } from "../conversations/load";
import { receiveConversations } from "../conversations/store";
import { refused } from "./refused";

export const take = (id: string) => act(id, takeConversation);

export const close = (id: string) => act(id, resolveConversation);

async function act(id: string, ask: typeof takeConversation): Promise<void> {
  try {
    const { conversation } = await ask(id);
    receiveConversations(conversation);
    loadLists().catch(() => null);
  } catch (error) {
    await refused(id, error);
  }
}

const reading = new Set<string>();

/** A lost read mark is no drama: the next look repeats it. */
export async function markRead(id: string, inCount: number): Promise<void> {
  if (reading.has(id)) return;
  reading.add(id);
  try {
    receiveConversations((await postRead(id, inCount)).conversation);
  } catch {
    // Tried again at the next look.
  } finally {
    reading.delete(id);
  }
}

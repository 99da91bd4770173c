/** What the operator does to a conversation besides replying. */

import type { Conversation } from "@shared/wire";
import {
  postPriority,
  postRead,
  postToBranch,
  postToOperator,
  postUnread,
  resolveConversation,
  takeConversation,
  takeOverConversation,
} from "../api/panel";
import { loadLists } from "../conversations/load";
import { handingOn } from "../conversations/movedOn";
import { conversationOf, receiveConversations } from "../conversations/store";
import { refused } from "./refused";

export const take = (id: string) => act(id, takeConversation);

export const close = (id: string) => act(id, resolveConversation);

export const takeOver = (id: string) => act(id, takeOverConversation);

export type Priority = Conversation["priority"];

/** The most urgent first. */
export const PRIORITIES: readonly Priority[] = ["urgent", "high", "normal", "low"];

export const prioritise = (id: string, priority: Priority) =>
  act(id, (each) => postPriority(each, { priority }));

/** To the first who is free in a branch, or to a colleague by name. */
export type Target = { branch_id: string } | { operator_id: string };

/** `anyway`: also where it is closed, or to who is not online; without it the server refuses that. */
export async function transfer(
  id: string,
  target: Target,
  note: string | null,
  anyway: boolean,
): Promise<Conversation> {
  const moved = await handingOn(id, async () => {
    const { conversation } =
      "branch_id" in target
        ? await postToBranch(id, { ...target, note, anyway })
        : await postToOperator(id, { ...target, note, anyway });
    receiveConversations(conversation);
    return conversation;
  });
  loadLists().catch(() => null);
  return moved;
}

const acting = new Set<string>();

/** Of two clicks, or a click and a key, the second asks for what is being done. */
async function act(id: string, ask: typeof takeConversation): Promise<void> {
  if (acting.has(id)) return;
  acting.add(id);
  try {
    const { conversation } = await ask(id);
    receiveConversations(conversation);
    loadLists().catch(() => null);
  } catch (error) {
    await refused(id, error);
  } finally {
    acting.delete(id);
  }
}

/** Theirs to come back to: what they have just read is no news any more. */
export async function markUnread(id: string): Promise<void> {
  held.delete(id);
  try {
    receiveConversations((await postUnread(id)).conversation);
  } catch (error) {
    await refused(id, error);
  }
}

/** What is read within this time is one mark. */
const READ_MS = 2_000;

const held = new Map<string, number>();

/** What is before the assignee's eyes is marked soon, unless a reply says the same by then. */
export function markRead(id: string, inCount: number): void {
  const waits = held.has(id);
  held.set(id, inCount);
  if (!waits) setTimeout(() => void tellRead(id), READ_MS);
}

/** A lost read mark is no drama: the next look repeats it. */
async function tellRead(id: string): Promise<void> {
  const inCount = held.get(id) ?? 0;
  held.delete(id);
  const known = conversationOf(id);
  if (!known || known.in_count - known.unread >= inCount) return;
  try {
    receiveConversations((await postRead(id, inCount)).conversation);
  } catch {
    // Tried again at the next look.
  }
}

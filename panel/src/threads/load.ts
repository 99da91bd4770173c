/** Fetching messages: opening, what a frame skipped, what lies before. */

import { ApiError } from "@shared/api";
import type { Message } from "@shared/wire";
import { fetchAfter, fetchBefore, openConversation } from "../api/panel";
import { conversationOf, forgetConversation, receiveConversations } from "../conversations/store";
import { unreadIn } from "../conversations/unread";
import {
  changeThread,
  firstUnread,
  haveUpTo,
  receiveMessages,
  threadOf,
  withOlder,
  withWindow,
} from "./store";

/** Shows the conversation; for its assignee this counts as opened and read. */
export async function openThread(id: string): Promise<void> {
  const known = conversationOf(id);
  const unread = known ? unreadIn(known) : 0;
  changeThread(id, (thread) =>
    thread.state === "ready" ? thread : { ...thread, state: "loading" },
  );
  try {
    const { conversation, messages, evidence, history } = await openConversation(id);
    receiveConversations(conversation);
    changeThread(id, (thread) => {
      const opened = { ...withWindow(thread, messages), evidence, history };
      return { ...opened, unreadFrom: firstUnread(opened.messages, unread) };
    });
  } catch (error) {
    if (isAway(error)) letGo(id);
    changeThread(id, (thread) =>
      thread.state === "loading" ? { ...thread, state: "failed", error } : thread,
    );
    throw error;
  }
}

/** Whether the server knows no such conversation that this operator may see. */
export const isAway = (error: unknown) => error instanceof ApiError && error.status === 404;

/** It does not exist, or is no longer this operator's to see: since `rev`, where that is known. */
export function letGo(id: string, rev?: number): void {
  forgetConversation(id, rev);
  changeThread(id, (thread) => (thread.messages.length ? { ...thread, state: "gone" } : thread));
}

const catching = new Map<string, Promise<void>>();

/** Fetches what is missing up to the conversation's `seq`; once at a time per conversation. */
export function catchUp(id: string): Promise<void> {
  const running = catching.get(id) ?? fetchMissing(id).finally(() => catching.delete(id));
  catching.set(id, running);
  return running;
}

async function fetchMissing(id: string): Promise<void> {
  for (;;) {
    const thread = threadOf(id);
    if (thread?.state !== "ready") return;
    const messages = await after(id, haveUpTo(thread));
    if (!messages.length) return;
    receiveMessages(id, messages);
    if (!isBehind(id)) return;
  }
}

async function after(id: string, seq: number): Promise<readonly Message[]> {
  try {
    return (await fetchAfter(id, seq)).messages;
  } catch (error) {
    if (!isAway(error)) throw error;
    letGo(id);
    return [];
  }
}

/** Whether the server has messages that are not here. */
export function isBehind(id: string): boolean {
  const thread = threadOf(id);
  return thread?.state === "ready" && haveUpTo(thread) < (conversationOf(id)?.seq ?? 0);
}

export async function loadOlder(id: string): Promise<void> {
  const thread = threadOf(id);
  if (!thread?.base) return;
  const { messages } = await fetchBefore(id, thread.base + 1);
  changeThread(id, (now) => (now.base === thread.base ? withOlder(now, messages) : now));
}

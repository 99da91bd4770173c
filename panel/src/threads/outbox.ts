/** Replies on their way: shown at once, sent in order, safe to repeat, kept over a reload until acknowledged. */

import { ApiError, isTransient, isUnauthorized } from "@shared/api";
import { uuid } from "@shared/ids";
import { wellFormed } from "@shared/text";
import type { Outgoing } from "@shared/thread";
import type { Attachment } from "@shared/wire";
import { create } from "zustand";
import { postReply } from "../api/panel";
import { receiveConversations } from "../conversations/store";
import { useRealtimeState } from "../realtime/state";
import { keepOutgoing, type Outbox, readOutbox } from "./kept";
import { endPause, pauseAfter } from "./pauses";
import { refused } from "./refused";
import { changeThread, haveUpTo, receiveMessages, threadOf } from "./store";

const RETRY_MS = 1_000;
const RETRY_MAX_MS = 15_000;
/** So often the server may answer "later" over a good connection before the person is asked. */
const REFUSALS_MAX = 4;

export const useOutbox = create<{ byId: Outbox }>(() => ({ byId: {} }));

const sending = new Set<string>();
/** Ends the wait of a conversation whose reply is to be repeated. */
const waiting = new Map<string, () => void>();

/** What an earlier page left unsent. */
export function restoreOutbox(): void {
  useOutbox.setState({ byId: readOutbox() });
  flushAll();
}

export function send(
  conversationId: string,
  body: string,
  attachments: readonly Attachment[] = [],
): void {
  const thread = threadOf(conversationId);
  const after = thread?.state === "ready" ? haveUpTo(thread) : 0;
  const entry: Outgoing = {
    client_id: uuid(),
    body: wellFormed(body),
    attachments,
    at: Date.now(),
    after,
  };
  change(conversationId, entry.client_id, entry);
  changeThread(conversationId, (thread) => ({ ...thread, unreadFrom: null }));
  void flush(conversationId);
}

export function resend(conversationId: string, entry: Outgoing): void {
  const { failed: _, ...again } = entry;
  change(conversationId, entry.client_id, again);
  void flush(conversationId);
}

export const discard = (conversationId: string, clientId: string) =>
  change(conversationId, clientId, null);

export function flushAll(): void {
  for (const id of Object.keys(useOutbox.getState().byId)) void flush(id);
}

/** One reply after the other; the first that must wait holds those behind it. */
export async function flush(conversationId: string): Promise<void> {
  if (sending.has(conversationId)) return waiting.get(conversationId)?.();
  sending.add(conversationId);
  for (let attempt = 0; ; ) {
    const entry = useOutbox.getState().byId[conversationId]?.find(({ failed }) => !failed);
    if (!entry) break;
    const outcome = await attemptToSend(conversationId, entry, attempt);
    attempt = outcome === "later" ? attempt + 1 : 0;
    if (outcome === "stop") break;
    if (outcome === "later") await pause(conversationId, backoff(attempt));
    if (typeof outcome === "number") await rest(conversationId, outcome);
  }
  sending.delete(conversationId);
}

/** A number: the milliseconds for which the server wants us to be quiet. */
type Outcome = "done" | "later" | "stop" | number;

async function attemptToSend(id: string, entry: Outgoing, attempt: number): Promise<Outcome> {
  try {
    const attachments = entry.attachments?.map(({ id: file }) => file) ?? [];
    const { client_id, body, after = 0 } = entry;
    const reply = { client_id, body, attachments, after };
    const { message, conversation } = await postReply(id, reply);
    receiveMessages(id, [message]);
    receiveConversations(conversation);
    change(id, entry.client_id, null);
    return "done";
  } catch (error) {
    if (isUnauthorized(error)) return "stop";
    const quiet = pauseAfter(id, error);
    if (quiet !== null) return quiet;
    if (isTransient(error) && !isHopeless(error, attempt + 1)) return "later";
    change(id, entry.client_id, { ...entry, failed: true });
    if ((await refused(id, error)) === "gone") change(id, entry.client_id, null);
    return "done";
  }
}

/** In an outage, which the banner shows, a reply waits as long as it takes. */
function isHopeless(error: unknown, attempts: number): boolean {
  const live = useRealtimeState.getState().state === "live";
  return error instanceof ApiError && live && attempts >= REFUSALS_MAX;
}

/** Nobody hurries the server. */
async function rest(conversationId: string, ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
  endPause(conversationId);
}

const backoff = (attempt: number): number =>
  Math.min(RETRY_MAX_MS, RETRY_MS * 2 ** (attempt - 1)) * (0.5 + Math.random() / 2);

/** Waits out the backoff, unless somebody flushes because the connection is back. */
function pause(conversationId: string, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    function done() {
      clearTimeout(timer);
      waiting.delete(conversationId);
      resolve();
    }
    waiting.set(conversationId, done);
  });
}

function change(conversationId: string, clientId: string, entry: Outgoing | null): void {
  useOutbox.setState(({ byId }) => {
    const others = (byId[conversationId] ?? []).filter((each) => each.client_id !== clientId);
    const entries = entry ? [...others, entry].sort((a, b) => a.at - b.at) : others;
    const { [conversationId]: _, ...rest } = byId;
    return { byId: entries.length ? { ...rest, [conversationId]: entries } : rest };
  });
  keepOutgoing(conversationId, clientId, entry);
}

/** The panel's routes, one function each. */

import type {
  ConversationAnswer,
  ConversationList,
  Directory,
  Messages,
  Opened,
  Operator,
  OperatorAnswer,
  Replied,
  ReplyRequest,
  Ticket,
} from "@shared/wire";
import { speak } from "../realtime/speak";
import { call } from "../session/call";

export type Tab = "mine" | "queue" | "all" | "closed";

const at = (id: string, what: string) => `/conversations/${encodeURIComponent(id)}/${what}`;

export const fetchDirectory = () => call<Directory>("/directory");

export function fetchConversations(tab: Tab, next: string | null): Promise<ConversationList> {
  const query = new URLSearchParams({ tab, ...(next ? { next } : {}) });
  return call(`/conversations?${query}`);
}

export const openConversation = (id: string) => call<Opened>(at(id, "open"), { body: {} });

export const fetchAfter = (id: string, seq: number) =>
  call<Messages>(at(id, `messages?after=${seq}`));

export const fetchBefore = (id: string, seq: number) =>
  call<Messages>(at(id, `messages?before=${seq}`));

export const postReply = (id: string, reply: ReplyRequest) =>
  call<Replied>(at(id, "messages"), { body: reply, speak });

export const takeConversation = (id: string) =>
  call<ConversationAnswer>(at(id, "take"), { body: {} });

export const resolveConversation = (id: string) =>
  call<ConversationAnswer>(at(id, "resolve"), { body: {} });

export const postRead = (id: string, in_count: number) =>
  call<ConversationAnswer>(at(id, "mark_read"), { body: { in_count }, speak });

export const postPresence = (presence: Operator["presence"]) =>
  call<OperatorAnswer>("/presence", { body: { presence } });

export const fetchTicket = () => call<Ticket>("/socket_ticket", { body: {} });

/** The panel's routes, one function each. */

import type { RequestOptions } from "@shared/api";
import type {
  AttachmentBegun,
  AttachmentCompleted,
  AttachmentLink,
  AttachmentRequest,
  ContactRequest,
  ConversationAnswer,
  ConversationList,
  CorrectedContact,
  Details,
  Directory,
  GivenList,
  Lists,
  Messages,
  Opened,
  Operator,
  OperatorAnswer,
  PreviousConversations,
  PriorityRequest,
  Replied,
  ReplyRequest,
  Team,
  Ticket,
  TransferToBranchRequest,
  TransferToOperatorRequest,
} from "@shared/wire";
import { noticeTime } from "../realtime/clock";
import { speak } from "../realtime/speak";
import { call as ask } from "../session/call";

const call = <Answer>(path: string, options?: RequestOptions) =>
  ask<Answer>(path, { ...options, heard: noticeTime });

export type Tab = "mine" | "queue" | "requests" | "all" | "closed";

const at = (id: string, what: string) => `/conversations/${encodeURIComponent(id)}/${what}`;

export const fetchDirectory = () => call<Directory>("/directory");

export function fetchConversations(tab: Tab, next: string | null): Promise<ConversationList> {
  const query = new URLSearchParams({ tab, ...(next ? { next } : {}) });
  return call(`/conversations?${query}`, { speak });
}

export const fetchLists = () => call<Lists>("/lists", { speak });

export const openConversation = (id: string) => call<Opened>(at(id, "open"), { body: {}, speak });

export const fetchDetails = (id: string) => call<Details>(at(id, "details"));

export const fetchAfter = (id: string, seq: number) =>
  call<Messages>(at(id, `messages?after=${seq}`));

export const fetchBefore = (id: string, seq: number) =>
  call<Messages>(at(id, `messages?before=${seq}`));

export const postReply = (id: string, reply: ReplyRequest) =>
  call<Replied>(at(id, "messages"), { body: reply, speak });

export const beginAttachment = (id: string, wish: AttachmentRequest) =>
  call<AttachmentBegun>(at(id, "attachments"), { body: wish });

export const completeAttachment = (id: string) =>
  call<AttachmentCompleted>(`/attachments/${encodeURIComponent(id)}/complete`, { body: {} });

export const fetchAttachment = (id: string) =>
  call<AttachmentLink>(`/attachments/${encodeURIComponent(id)}`);

export const takeConversation = (id: string) =>
  call<ConversationAnswer>(at(id, "take"), { body: {} });

export const resolveConversation = (id: string) =>
  call<ConversationAnswer>(at(id, "resolve"), { body: {} });

export const takeOverConversation = (id: string) =>
  call<ConversationAnswer>(at(id, "take_over"), { body: {} });

export const postToBranch = (id: string, body: TransferToBranchRequest) =>
  call<ConversationAnswer>(at(id, "transfer_to_branch"), { body });

export const postToOperator = (id: string, body: TransferToOperatorRequest) =>
  call<ConversationAnswer>(at(id, "transfer_to_operator"), { body });

export const postPriority = (id: string, body: PriorityRequest) =>
  call<ConversationAnswer>(at(id, "priority"), { body });

export const postContact = (id: string, body: ContactRequest) =>
  call<CorrectedContact>(at(id, "contact"), { body });

export const fetchPrevious = (id: string) => call<PreviousConversations>(at(id, "previous"));

export const fetchTeam = () => call<Team>("/team");

export function fetchGiven(branchId: string, next: string | null): Promise<GivenList> {
  const query = next ? `?${new URLSearchParams({ next })}` : "";
  return call(`/team/${encodeURIComponent(branchId)}/given${query}`);
}

export const postRead = (id: string, in_count: number) =>
  call<ConversationAnswer>(at(id, "mark_read"), { body: { in_count }, speak });

export const postUnread = (id: string) =>
  call<ConversationAnswer>(at(id, "mark_unread"), { body: {} });

export const postPresence = (presence: Operator["presence"]) =>
  call<OperatorAnswer>("/presence", { body: { presence } });

export const fetchTicket = () => call<Ticket>("/socket_ticket", { body: {} });

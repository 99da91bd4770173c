/** Conversations and messages for the tests, and a server that answers from a table. */

import type { Conversation, Message, Operator } from "@shared/wire";
import { vi } from "vitest";
import { useConversations } from "../src/conversations/store";
import { useSession } from "../src/session/store";
import { useThreads } from "../src/threads/store";

export const anna: Operator = {
  id: "anna",
  name: "Анна",
  email: "anna@example.com",
  role: "operator",
  branch_id: "ekb",
  presence: "online",
};

export const at = (minute: number) => new Date(Date.UTC(2031, 4, 9, 12, minute)).toISOString();

export function conversation(id: string, facts: Partial<Conversation> = {}): Conversation {
  return {
    id,
    inbox_id: "shop",
    channel: "widget",
    status: "open",
    branch_id: "ekb",
    assignee: { id: "anna", name: "Анна" },
    contact: { id: `contact-${id}`, name: null },
    region: "RU-SVE",
    seq: 1,
    rev: 1,
    in_count: 1,
    unread: 0,
    marked_unread: false,
    visitor_read: 0,
    contact_rev: 0,
    last_message: { direction: "in", body: "Здравствуйте" },
    may_reply: true,
    queued: false,
    handed_over: false,
    escalates_at: null,
    alarm: null,
    priority: "normal",
    requested_at: null,
    rating: null,
    created_at: at(0),
    activity_at: at(0),
    waiting_since: null,
    assignee_assigned_at: at(0),
    assignee_opened_at: at(0),
    ...facts,
  };
}

export function message(
  conversation_id: string,
  seq: number,
  facts: Partial<Message> = {},
): Message {
  return {
    id: `${conversation_id}-${seq}`,
    conversation_id,
    seq,
    direction: "in",
    author: { kind: "visitor", id: "v", name: "" },
    body: `message ${seq}`,
    client_id: `client-${conversation_id}-${seq}`,
    created_at: at(seq),
    ...facts,
  };
}

export const queued = {
  assignee: null,
  queued: true,
  assignee_assigned_at: null,
  assignee_opened_at: null,
};

/** A signed-in Anna with empty stores. */
export function startAsAnna(): void {
  localStorage.clear();
  useSession.setState({ status: "signed_in", operator: anna });
  useConversations.setState(useConversations.getInitialState(), true);
  useThreads.setState({ byId: {} });
}

export type Answer = [status: number, body: unknown] | "offline";

/** Answers every request with what `answer` says; returns what was asked, in order. */
export function serve(answer: (asked: Asked) => Answer | Promise<Answer>): Asked[] {
  const asked: Asked[] = [];
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    const body = init.body ? JSON.parse(String(init.body)) : null;
    const token = new Headers(init.headers).get("Authorization")?.slice(7) ?? null;
    const request = { path, body, token, method: init.method ?? "GET" };
    asked.push(request);
    const given = await answer(request);
    if (given === "offline") throw new TypeError("Failed to fetch");
    return new Response(JSON.stringify(given[1]), { status: given[0] });
  });
  return asked;
}

export interface Asked {
  path: string;
  // biome-ignore lint/suspicious/noExplicitAny: whatever a test sends
  body: any;
  token: string | null;
  method: string;
}

export const refused = (status: number, code: string): Answer => [
  status,
  { error: { code, message: code } },
];

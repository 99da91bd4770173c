/** What leaves the process, replaced: sockets, locks, channels, the server. */

import type { AnswerFrame, Call, Message, VisitorConversation } from "@shared/wire";
import { vi } from "vitest";

/** What a server answers to a call; undefined: the answer is lost. */
export type Answers = (call: Call) => Promise<Pick<AnswerFrame, "status" | "body"> | undefined>;

export class FakeSocket {
  static all: FakeSocket[] = [];
  static server: Answers = async () => undefined;
  static get last(): FakeSocket {
    const socket = FakeSocket.all[FakeSocket.all.length - 1];
    if (!socket) throw new Error("no socket was opened");
    return socket;
  }

  readyState = 0;
  readonly sent: Record<string, unknown>[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;
  onerror: (() => void) | null = null;
  closed = false;
  /** Whether it answers pings and calls by itself. */
  answers = true;

  constructor(readonly url: string) {
    FakeSocket.all.push(this);
  }

  static install(): void {
    FakeSocket.all = [];
    FakeSocket.server = async () => undefined;
    vi.stubGlobal("WebSocket", FakeSocket);
  }

  open(): void {
    this.readyState = 1;
    this.onopen?.();
  }

  push(frame: object): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }

  /** The other side hangs up. */
  cut(): void {
    this.readyState = 3;
    this.onclose?.();
  }

  send(text: string): void {
    const frame = JSON.parse(text) as Record<string, unknown>;
    this.sent.push(frame);
    if (this.answers && frame.type === "ping") this.push({ type: "pong", conversations: [] });
    if (this.answers && frame.type === "call") void this.answer(frame as unknown as Call);
  }

  private async answer(call: Call): Promise<void> {
    const answer = await FakeSocket.server(call);
    if (answer && this.readyState === 1) this.push({ type: "answer", id: call.id, ...answer });
  }

  close(): void {
    this.readyState = 3;
    this.closed = true;
  }
}

/** Channels that deliver at once, to every other one of the name. */
export class FakeChannel {
  static all: FakeChannel[] = [];
  onmessage: ((event: { data: unknown }) => void) | null = null;

  constructor(readonly name: string) {
    FakeChannel.all.push(this);
  }

  static install(): void {
    FakeChannel.all = [];
    vi.stubGlobal("BroadcastChannel", FakeChannel);
  }

  postMessage(data: unknown): void {
    for (const other of FakeChannel.all) {
      if (other !== this && other.name === this.name) other.onmessage?.({ data });
    }
  }

  close(): void {
    FakeChannel.all = FakeChannel.all.filter((other) => other !== this);
  }
}

/** Web Locks of one browser: a queue per name. */
export function installLocks(): void {
  const tails = new Map<string, Promise<unknown>>();
  const request = (name: string, work: () => Promise<unknown>) => {
    const result = (tails.get(name) ?? Promise.resolve()).then(work);
    tails.set(
      name,
      result.catch(() => {}),
    );
    return result;
  };
  Object.defineProperty(navigator, "locks", { value: { request }, configurable: true });
}

export function removeLocks(): void {
  Object.defineProperty(navigator, "locks", { value: undefined, configurable: true });
}

export function message(seq: number, more: Partial<Message> = {}): Message {
  return {
    id: `m${seq}`,
    conversation_id: "c1",
    seq,
    direction: "out",
    author: { kind: "operator", id: "o1", name: "Anna" },
    body: `text ${seq}`,
    client_id: `client-${seq}`,
    created_at: `2031-05-09T12:00:${String(seq % 60).padStart(2, "0")}Z`,
    ...more,
  };
}

export function conversation(more: Partial<VisitorConversation> = {}): VisitorConversation {
  return {
    id: "c1",
    status: "open",
    seq: 0,
    rev: 1,
    operator: null,
    handed_over: false,
    unread: 0,
    visitor_read: 0,
    requested: false,
    rating: null,
    created_at: "2031-05-09T12:00:00Z",
    ...more,
  };
}

/** Lets promises run without any time passing. */
export async function settle(): Promise<void> {
  for (let round = 0; round < 30; round += 1) await Promise.resolve();
}

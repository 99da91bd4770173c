/** Messages, and texts on their way, as lines of one thread. */

import type { Line } from "@shared/thread";
import type { Attachment, Message } from "@shared/wire";
import type { Entry } from "../outbox";
import type { Widget } from "../widget";

export interface ThreadLine extends Line {
  key: string;
  direction: "in" | "out" | "system";
  name: string;
  /** Nobody wrote it: an automatic answer, in whoever's name. */
  automatic?: boolean;
  body: string;
  attachments: readonly Attachment[];
  state: "pending" | "sent" | "failed";
  /** An operator has read it. */
  read?: boolean;
  seq?: number;
  /** Set on own texts that the server has not acknowledged. */
  entry?: Entry;
}

export function linesOf(widget: Widget): ThreadLine[] {
  const { earlier, messages, current } = widget.conversation;
  const lines = messages.value.map(lineOfMessage);
  const own = lines.filter(({ direction }) => direction === "in");
  own.forEach((line, index) => {
    line.read = index < own.length - (current.value?.unread ?? 0);
  });
  return [
    ...earlier.value.map(lineOfMessage),
    ...lines,
    ...widget.pending.map((entry) => lineOfEntry(entry, widget.ahead)),
  ];
}

function lineOfMessage(message: Message): ThreadLine {
  const direction = message.direction === "in" || message.direction === "out";
  return {
    // The key of an own text stays what it was while pending, so that its bubble does not blink.
    key: message.direction === "in" ? message.client_id : message.id,
    author: message.direction === "in" ? "visitor" : `${message.direction}:${message.author.id}`,
    at: message.created_at,
    direction: direction ? (message.direction as "in" | "out") : "system",
    name: message.author.name,
    automatic: message.author.kind === "system",
    body: message.body,
    attachments: message.attachments ?? [],
    state: "sent",
    seq: message.seq,
  };
}

function lineOfEntry(entry: Entry, ahead: number): ThreadLine {
  return {
    key: entry.client_id,
    author: "visitor",
    at: entry.at + ahead,
    direction: "in",
    name: "",
    body: entry.body,
    attachments: entry.attachments ?? [],
    state: entry.failed ? "failed" : "pending",
    entry,
  };
}

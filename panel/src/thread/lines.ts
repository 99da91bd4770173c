/** Messages and what is on its way, as the lines of one list. */

import { type Outgoing, placeLines, stillPending } from "@shared/thread";
import type { Attachment, Message } from "@shared/wire";

export type State = "pending" | "sent" | "failed";

/** `key` stays when a pending reply becomes a message, so that its bubble is the same. */
export interface Line {
  key: string;
  author: string;
  at: string | number;
  direction: Message["direction"];
  name: string;
  authorId: string;
  body: string;
  attachments: readonly Attachment[];
  state: State;
  seq: number | null;
  /** Nobody wrote it: an automatic answer, in whoever's name. */
  automatic: boolean;
  outgoing: Outgoing | null;
}

export function linesOf(
  messages: readonly Message[],
  outbox: readonly Outgoing[],
  me: { id: string; name: string },
) {
  const pending = stillPending(outbox, messages).map((entry) => ofOutgoing(entry, me));
  return placeLines([...messages.map(ofMessage), ...pending]);
}

function ofMessage(message: Message): Line {
  const { client_id, direction, author, body, seq, created_at } = message;
  return {
    key: client_id,
    author: `${direction}:${author.kind}:${author.id}`,
    at: created_at,
    direction,
    name: author.name,
    authorId: author.id,
    body,
    attachments: message.attachments ?? [],
    state: "sent",
    seq,
    automatic: direction === "out" && author.kind === "system",
    outgoing: null,
  };
}

function ofOutgoing(entry: Outgoing, me: { id: string; name: string }): Line {
  return {
    key: entry.client_id,
    author: `out:operator:${me.id}`,
    at: entry.at,
    direction: "out",
    name: me.name,
    authorId: me.id,
    body: entry.body,
    attachments: entry.attachments ?? [],
    state: entry.failed ? "failed" : "pending",
    seq: null,
    automatic: false,
    outgoing: entry,
  };
}

/** Pure rules of a message list: order, gaps, what is still on its way, grouping. */

import type { Attachment, Message } from "./wire";

type Sequenced = Pick<Message, "seq">;

/** A text that the server has not acknowledged yet. */
export interface Outgoing {
  client_id: string;
  body: string;
  /** Uploaded already. */
  attachments?: readonly Attachment[];
  /** When it was written (ms since 1970); also its place in the order. */
  at: number;
  /** The server refused it for good; only the person can send it again. */
  failed?: boolean;
  /** The `seq` up to which its writer had everything when it was first tried: a repeat is known by it. */
  after?: number;
  /** What `after` is of, where that is not clear; null: no conversation yet. */
  conversation_id?: string | null;
}

/**
 * Both lists as one, ordered by `seq`, each once. What was known stays when both have it (messages do not change),
 * and the very same array is returned when nothing is new, so that a view need not render.
 */
export function mergeMessages<M extends Sequenced>(
  known: readonly M[],
  arrived: readonly M[],
): readonly M[] {
  const have = new Set(known.map((message) => message.seq));
  const fresh = arrived.filter((message) => !have.has(message.seq) && have.add(message.seq));
  return fresh.length ? [...known, ...fresh].sort((a, b) => a.seq - b.seq) : known;
}

/**
 * The highest `seq` up to which nothing is missing. `base` is the `seq` before the window that was loaded: 0 when it
 * reaches the beginning. `messages` are ordered, as `mergeMessages` leaves them.
 */
export function contiguousSeq(messages: readonly Sequenced[], base = 0): number {
  let seq = base;
  for (const message of messages) {
    if (message.seq > seq + 1) break;
    if (message.seq === seq + 1) seq += 1;
  }
  return seq;
}

/** What of `outgoing` is still unacknowledged, in the order it was written. */
export function stillPending<O extends Outgoing>(
  outgoing: readonly O[],
  messages: readonly Pick<Message, "client_id">[],
): readonly O[] {
  const arrived = new Set(messages.map((message) => message.client_id));
  return outgoing
    .filter((entry) => !arrived.has(entry.client_id))
    .sort((a, b) => a.at - b.at || (a.client_id < b.client_id ? -1 : 1));
}

/** What grouping needs to know of a line in the thread. */
export interface Line {
  /** Who wrote it: lines of one author stand together. */
  author: string;
  /** When (anything `Date` takes). */
  at: string | number;
}

export interface Placed<L extends Line> {
  line: L;
  /** The local day (`2031-5-9`) when a separator belongs above this line. */
  day: string | null;
  /** First and last of its group: the same author, the same day, less than five minutes apart. */
  first: boolean;
  last: boolean;
}

const GROUP_MS = 5 * 60_000;

/** Lines with their day separators and groups. */
export function placeLines<L extends Line>(lines: readonly L[]): Placed<L>[] {
  return lines.map((line, index) => {
    const before = lines[index - 1];
    const after = lines[index + 1];
    return {
      line,
      day: before && dayOf(before.at) === dayOf(line.at) ? null : dayOf(line.at),
      first: !before || !together(before, line),
      last: !after || !together(line, after),
    };
  });
}

/** The local calendar day of a moment, as a key. */
export function dayOf(at: string | number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
}

function together(a: Line, b: Line): boolean {
  const gap = new Date(b.at).getTime() - new Date(a.at).getTime();
  return a.author === b.author && gap < GROUP_MS && dayOf(a.at) === dayOf(b.at);
}

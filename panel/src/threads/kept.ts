/** The outbox in localStorage, per operator. Written entry by entry, so that tabs do not undo each other. */

import { readItem, writeItem } from "@shared/storage";
import type { Outgoing } from "@shared/thread";
import { operatorId } from "../session/store";

export type Outbox = Readonly<Record<string, readonly Outgoing[]>>;

const key = () => `messenger:panel:outbox:${operatorId()}`;

export function readOutbox(): Outbox {
  try {
    const kept: unknown = JSON.parse(readItem(key()) ?? "{}");
    return kept && typeof kept === "object" ? (kept as Outbox) : {};
  } catch {
    return {};
  }
}

/** `null` removes the entry. */
export function keepOutgoing(
  conversationId: string,
  clientId: string,
  entry: Outgoing | null,
): void {
  const { [conversationId]: before = [], ...rest } = readOutbox();
  const others = before.filter((each) => each.client_id !== clientId);
  const entries = entry ? [...others, entry] : others;
  const outbox = entries.length ? { ...rest, [conversationId]: entries } : rest;
  writeItem(key(), JSON.stringify(outbox));
}

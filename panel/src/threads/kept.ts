/** The outbox in localStorage, per operator. Written entry by entry, so that tabs do not undo each other. */

import type { Outgoing } from "@shared/thread";
import { useSession } from "../session/store";

export type Outbox = Readonly<Record<string, readonly Outgoing[]>>;

const key = () => `messenger:panel:outbox:${useSession.getState().operator?.id}`;

export function readOutbox(): Outbox {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key()) ?? "{}");
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
  try {
    localStorage.setItem(key(), JSON.stringify(outbox));
  } catch {
    // A full storage costs the survival of a reload, not the sending.
  }
}

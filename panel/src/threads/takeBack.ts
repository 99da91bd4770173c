/** A refused reply, back into its composer, with its files. */

import type { Outgoing } from "@shared/thread";
import { create } from "zustand";
import { previews, uploaderOf } from "../files/desk";
import { readDraft, writeDraft } from "./drafts";
import { discard } from "./outbox";

/** How often in each conversation: its composer begins anew with what came back. */
const useReturns = create<{ byId: Readonly<Record<string, number>> }>(() => ({ byId: {} }));

const unseen = new Set<string>();

export function takeBack(conversationId: string, { client_id, body, attachments }: Outgoing): void {
  uploaderOf(conversationId).takeBack(attachments ?? [], previews);
  writeDraft(conversationId, [readDraft(conversationId), body].filter(Boolean).join("\n"));
  discard(conversationId, client_id);
  unseen.add(conversationId);
  useReturns.setState(({ byId }) => ({
    byId: { ...byId, [conversationId]: (byId[conversationId] ?? 0) + 1 },
  }));
}

export const useReturned = (id: string): number => useReturns((state) => state.byId[id] ?? 0);

/** Whether something has come back that nobody has gone to yet. */
export const hasJustReturned = (id: string): boolean => unseen.delete(id);

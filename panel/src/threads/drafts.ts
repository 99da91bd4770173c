/** What was typed and not sent, per conversation and operator; it outlives a reload and a lost session. */

import { useSession } from "../session/store";

const key = (conversationId: string) =>
  `messenger:panel:draft:${useSession.getState().operator?.id}:${conversationId}`;

export function readDraft(conversationId: string): string {
  return localStorage.getItem(key(conversationId)) ?? "";
}

export function writeDraft(conversationId: string, body: string): void {
  try {
    if (body) localStorage.setItem(key(conversationId), body);
    else localStorage.removeItem(key(conversationId));
  } catch {
    // A full storage costs the draft's survival, not the typing.
  }
}

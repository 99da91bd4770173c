/** What was typed and not sent, per conversation and operator; it outlives a reload and a lost session. */

import { readItem, removeItem, writeItem } from "@shared/storage";
import { operatorId } from "../session/store";

const key = (conversationId: string) => `messenger:panel:draft:${operatorId()}:${conversationId}`;

export function readDraft(conversationId: string): string {
  return readItem(key(conversationId)) ?? "";
}

export function writeDraft(conversationId: string, body: string): void {
  if (body) writeItem(key(conversationId), body);
  else removeItem(key(conversationId));
}

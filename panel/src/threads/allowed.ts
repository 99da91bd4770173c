/** Which buttons to offer. The server decides; this saves the operator a refusal. */

import type { Conversation } from "@shared/wire";
import { isOpen } from "../conversations/tabs";

export function mayTake(conversation: Conversation): boolean {
  return isOpen(conversation) && !conversation.assignee && conversation.may_reply;
}

export function mayClose(conversation: Conversation, operatorId: string): boolean {
  return isOpen(conversation) && conversation.assignee?.id === operatorId;
}

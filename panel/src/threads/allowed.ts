/** Which buttons to offer. The server decides; this saves the operator a refusal. */

import type { Conversation, Operator } from "@shared/wire";
import { isOpen } from "../conversations/tabs";

export function mayTake(conversation: Conversation): boolean {
  return isOpen(conversation) && !conversation.assignee && conversation.may_reply;
}

export function mayClose(conversation: Conversation, operatorId: string): boolean {
  return isOpen(conversation) && conversation.assignee?.id === operatorId;
}

/** Its assignee hands it on, and so do supervisors. */
export function mayTransfer(conversation: Conversation, { id, role }: Operator): boolean {
  return isOpen(conversation) && (role !== "operator" || conversation.assignee?.id === id);
}

/** Its assignee notes how urgent it is and who the visitor is, and so do supervisors; also of what has ended. */
export function mayNote({ assignee }: Conversation, { id, role }: Operator): boolean {
  return role !== "operator" || assignee?.id === id;
}

/** Supervisors, of what a colleague has. */
export function mayTakeOver(conversation: Conversation, { id, role }: Operator): boolean {
  const { assignee } = conversation;
  return isOpen(conversation) && role !== "operator" && assignee !== null && assignee.id !== id;
}

/** Whether it stays on this operator's screen. */
export function maySee(conversation: Conversation, { id, role, branch_id }: Operator): boolean {
  const { assignee, queued } = conversation;
  if (role !== "operator") return true;
  return assignee ? assignee.id === id : queued && conversation.branch_id === branch_id;
}

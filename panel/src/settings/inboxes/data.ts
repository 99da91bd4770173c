/** What changes inboxes. */

import type { InboxRequest, InboxSettings, Settings } from "@shared/wire";
import { deleteInbox, patchInbox, postInbox } from "../api";
import { changeCompany, fetchAgain, withOne, without } from "../data";

/** `id` null adds it. */
export async function saveInbox(id: string | null, facts: InboxRequest): Promise<InboxSettings> {
  try {
    const { inbox } = await (id ? patchInbox(id, facts) : postInbox(facts));
    changeCompany(({ inboxes }) => ({ inboxes: withOne(inboxes, inbox) }));
    return inbox;
  } catch (error) {
    fetchAgain();
    throw error;
  }
}

export async function removeInbox(id: string): Promise<void> {
  try {
    await deleteInbox(id);
    changeCompany(({ inboxes }) => ({ inboxes: without(inboxes, id) }));
  } catch (error) {
    fetchAgain();
    throw error;
  }
}

export function inboxesOf({ inboxes }: Settings): InboxSettings[] {
  return [...inboxes].sort((one, other) => one.name.localeCompare(other.name));
}

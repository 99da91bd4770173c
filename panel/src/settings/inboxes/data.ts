/** What changes inboxes. */

import type { InboxRequest, InboxSettings, Settings } from "@shared/wire";
import { deleteInbox, deleteInboxPhoto, patchInbox, postInbox, postInboxPhoto } from "../api";
import { changeCompany, fetchAgain, withOne, without } from "../data";

/** `id` null adds it. */
export async function saveInbox(id: string | null, facts: InboxRequest): Promise<InboxSettings> {
  try {
    const { inbox } = await (id ? patchInbox(id, facts) : postInbox(facts));
    changed(inbox);
    return inbox;
  } catch (error) {
    fetchAgain();
    throw error;
  }
}

/** A square picture in base64; null takes away the one there is. */
export async function showPhoto(id: string, image: string | null): Promise<void> {
  const { inbox } = await (image === null ? deleteInboxPhoto(id) : postInboxPhoto(id, { image }));
  changed(inbox);
}

function changed(inbox: InboxSettings): void {
  changeCompany(({ inboxes }) => ({ inboxes: withOne(inboxes, inbox) }));
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

/** What each conversation has of files in this tab: those that are to be sent, and where the sent ones are. */

import { Links } from "@shared/files/links";
import { type Item, Uploader } from "@shared/files/uploader";
import type { Attachment, AttachmentRules, Directory } from "@shared/wire";
import { create } from "zustand";
import { beginAttachment, completeAttachment, fetchAttachment } from "../api/panel";
import { conversationOf } from "../conversations/store";
import { queries } from "../queries";
import { operatorId } from "../session/store";

const uploaders = new Map<string, Uploader>();

export const useTray = create<{ byId: Readonly<Record<string, readonly Item[]>> }>(() => ({
  byId: {},
}));

/** The picture that is looked at, and those beside it. */
export const useShown = create<{ id: string | null; among: readonly Attachment[] }>(() => ({
  id: null,
  among: [],
}));

export const links = new Links(fetchAttachment);

/** Thumbnails of what was sent from this page, by the file's id. */
export const previews = new Map<string, string>();

export function uploaderOf(conversationId: string): Uploader {
  const known = uploaders.get(conversationId);
  if (known) return known;
  const made = new Uploader({
    scope: `panel|${operatorId()}|${conversationId}`,
    rules: () => rulesOf(conversationId),
    begin: (wish) => beginAttachment(conversationId, wish),
    complete: completeAttachment,
    onChange: (items) =>
      useTray.setState(({ byId }) => ({ byId: { ...byId, [conversationId]: items } })),
  });
  uploaders.set(conversationId, made);
  void made.restore();
  return made;
}

/** What the conversation's inbox takes; null before the directory is here. */
export function rulesOf(conversationId: string): AttachmentRules | null {
  const inbox = conversationOf(conversationId)?.inbox_id;
  const known = queries.getQueryData<Directory>(["directory"])?.inboxes;
  return known?.find(({ id }) => id === inbox)?.attachments ?? null;
}

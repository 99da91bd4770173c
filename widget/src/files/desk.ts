/** What a widget has of files: those that are to be sent, where the sent ones are, which is looked at. */

import { Links } from "@shared/files/links";
import { type Item, Uploader } from "@shared/files/uploader";
import type {
  Attachment,
  AttachmentBegun,
  AttachmentCompleted,
  AttachmentLink,
} from "@shared/wire";
import { type Signal, signal } from "../signal";
import type { Widget } from "../widget";

export interface Desk {
  uploader: Uploader;
  items: Signal<readonly Item[]>;
  links: Links;
  /** Thumbnails of what was sent from this page, by the file's id. */
  previews: Map<string, string>;
  /** The picture that is looked at. */
  shown: Signal<Attachment | null>;
}

const desks = new WeakMap<Widget, Desk>();

export function deskOf(widget: Widget): Desk {
  const known = desks.get(widget);
  if (known) return known;
  const items = signal<readonly Item[]>([]);
  const at = (id: string) => `attachment/${encodeURIComponent(id)}`;
  const desk: Desk = {
    uploader: new Uploader({
      scope: `${widget.api}|${widget.key}`,
      rules: () => widget.inbox.value?.attachments ?? null,
      begin: (wish) => widget.ask<AttachmentBegun>("attachment", wish),
      complete: (id) => widget.ask<AttachmentCompleted>(`${at(id)}/complete`, {}),
      onChange: (now) => {
        items.value = now;
      },
    }),
    items,
    links: new Links((id) => widget.ask<AttachmentLink>(at(id))),
    previews: new Map(),
    shown: signal<Attachment | null>(null),
  };
  desks.set(widget, desk);
  void desk.uploader.restore();
  return desk;
}

/** The pictures of the whole thread, in their order. */
export function picturesOf(widget: Widget): Attachment[] {
  const { earlier, messages } = widget.conversation;
  return [...earlier.value, ...messages.value]
    .flatMap(({ attachments }) => attachments ?? [])
    .filter(({ type }) => type.startsWith("image/"));
}

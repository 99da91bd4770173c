/** Who is writing: the operator hears of the visitor, as soon as there is one, and the visitor of the operator. */

import { Writer, Writers } from "@shared/typing";
import { onChange } from "../signal";
import type { Widget } from "../widget";

/** Tells of what is being written until the returned function is called. */
export function tellWriting(widget: Widget): () => void {
  const writer = new Writer((writing) => {
    const { value: known } = widget.conversation.current;
    if (!known?.operator || known.status !== "open") return false;
    return widget.say({ type: "typing", conversation_id: known.id, writing });
  });
  let text = widget.draft.value;
  let sent = widget.outbox.entries.value.length;
  const forget = onChange(() => {
    const entries = widget.outbox.entries.value.length;
    if (entries > sent) writer.sent();
    else if (widget.draft.value !== text) writer.wrote(widget.draft.value);
    text = widget.draft.value;
    sent = entries;
  });
  return () => {
    forget();
    writer.sent();
  };
}

/** Shows who is writing until the returned function is called. */
export function hearWriting(widget: Widget): () => void {
  const { current, messages } = widget.conversation;
  const writers = new Writers((id, [who]) => {
    if (id === current.value?.id) widget.writing.value = who?.name ?? null;
  });
  let newest = messages.value;
  widget.onTyping = (frame) => writers.hear(frame);
  const forget = onChange(() => {
    const known = newest;
    newest = messages.value;
    if (known === newest) return;
    for (const { conversation_id, author } of newest.slice(-2)) {
      writers.said(conversation_id, author.id);
    }
  });
  return () => {
    forget();
    widget.onTyping = undefined;
    widget.writing.value = null;
  };
}

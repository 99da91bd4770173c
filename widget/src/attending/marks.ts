/** What the visitor has read is told to the operator, unless they answer meanwhile: an answer says the same. */

import { alone } from "@shared/locks";
import { readItem, removeItem, writeItem } from "@shared/storage";
import type { VisitorConversationAnswer } from "@shared/wire";
import { onChange } from "../signal";
import type { Widget } from "../widget";

/** What comes within this time is one mark. */
const HOLD_MS = 2_000;
/** So long a mark waits for an answer that is being written. */
const ANSWER_MS = 15_000;

export function tellRead(widget: Widget): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const wait = (heldMs: number) => {
    timer = setTimeout(() => {
      timer = undefined;
      if (!unmarked(widget)) return;
      if (widget.draft.value && heldMs < ANSWER_MS) wait(heldMs + HOLD_MS);
      else void tell(widget);
    }, HOLD_MS);
  };
  const look = () => {
    if (!timer && unmarked(widget)) wait(0);
  };
  look();
  const forget = onChange(look);
  return () => {
    forget();
    clearTimeout(timer);
  };
}

/** The newest answer that was before the visitor's eyes, in any tab, and that the server does not know of; 0: none. */
function unmarked({ conversation: { current, messages, seen, after } }: Widget): number {
  const { value: known } = current;
  if (!known || seen.value.id !== known.id) return 0;
  const read = Math.min(seen.value.seq, after);
  const answers = messages.value.filter(({ direction, seq }) => direction === "out" && seq <= read);
  const newest = answers.at(-1)?.seq ?? 0;
  return newest > known.visitor_read ? newest : 0;
}

/** By one of the tabs. */
async function tell(widget: Widget): Promise<void> {
  const conversation_id = widget.conversation.current.value?.id;
  const seq = unmarked(widget);
  const key = `${widget.key}:marked`;
  const mark = `${conversation_id} ${seq}`;
  const first = await alone(key, async () => {
    const others = readItem(key) === mark;
    writeItem(key, mark);
    return !others;
  });
  if (!first) return;
  try {
    const body = { conversation_id, seq };
    const marked = await widget.ask<VisitorConversationAnswer>("mark_read", body);
    widget.learn(marked.conversation, []);
  } catch {
    // The next look says it again.
    removeItem(key);
  }
}

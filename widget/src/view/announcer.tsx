/** The polite live region: new messages of operators and what went wrong, each said once. */

import { useEffect, useRef, useState } from "preact/hooks";
import { noticeOf } from "./notice";
import type { Ui } from "./ui";

export function Announcer({ widget, t }: Ui) {
  const { messages, current } = widget.conversation;
  const heard = useRef<string | null>(null);
  const [words, setWords] = useState("");
  const notice = noticeOf(widget)?.kind;
  const last = messages.value[messages.value.length - 1];
  const id = current.value?.id;

  useEffect(() => {
    const before = heard.current;
    heard.current = last ? `${id}:${last.seq}` : `${id}:0`;
    // The first look is history, not news.
    if (before === null || before === heard.current || last?.direction !== "out") return;
    if (before.split(":")[0] !== id && before !== "undefined:0") return;
    setWords(`${last.author.name}: ${last.body}`);
  }, [id, last]);

  useEffect(() => {
    const text = noticeOf(widget)?.text(t);
    if (notice && text) setWords(text);
  }, [notice, widget, t]);

  return (
    <div class="hidden" aria-live="polite" data-testid="live">
      {words}
    </div>
  );
}

/** Says in words what the visitor waits for: why things do not move, or who comes next. */

import { texts } from "../texts.soon";
import type { Widget } from "../widget";
import { AlertIcon, ClockIcon } from "./icons";

const TEXTS = {
  offline: "noticeOffline",
  server: "noticeServer",
  unavailable: "noticeUnavailable",
  pause: "noticeWait",
  handed: "noticeHanded",
} as const;

export interface NoticeState {
  kind: keyof typeof TEXTS;
  text: string;
}

/** What to tell the visitor, or null while all is well; `count` are the seconds of a pause. */
export function noticeOf(widget: Widget, count: number): NoticeState | null {
  const trouble = widget.trouble.value;
  let kind: NoticeState["kind"] | null = trouble;
  if (trouble !== "pause" && trouble !== "unavailable") {
    if (!widget.online.value) kind = "offline";
    else if (widget.connection.value === "offline") kind = "server";
    else if (!kind && widget.conversation.current.value?.handed_over) kind = "handed";
  }
  return kind && { kind, text: texts(widget.language)(TEXTS[kind], { count }) };
}

export function Notice({ widget }: { widget: Widget }) {
  const notice = noticeOf(widget, widget.pauseLeft.value);
  if (!notice) return null;
  return (
    <div class="notice" data-testid="notice" data-kind={notice.kind}>
      {notice.kind === "handed" ? <ClockIcon /> : <AlertIcon />}
      <p>{notice.text}</p>
      {notice.kind === "server" && (
        <button type="button" data-testid="try-now" onClick={() => widget.tryNow()}>
          {texts(widget.language)("retry")}
        </button>
      )}
    </div>
  );
}

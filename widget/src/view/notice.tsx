/** Says in words what the visitor waits for: why things do not move, or who comes next. */

import { captcha } from "../part";
import { texts } from "../texts.soon";
import type { Widget } from "../widget";
import { AlertIcon, ClockIcon } from "./icons";
import { Later } from "./later";

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
  if (!kind) return null;
  const long = kind === "pause" && count > 90;
  const key = long ? "noticeWaitLong" : TEXTS[kind];
  const left = long ? Math.ceil(count / 60) : count;
  return { kind, text: texts(widget.language)(key, { count: left }) };
}

export function Notice({ widget }: { widget: Widget }) {
  const asked = widget.asked.value;
  if (asked && widget.pending.some((entry) => !entry.failed)) {
    return (
      <Later
        part={captcha}
        widget={widget}
        show={({ Captcha }) => <Captcha widget={widget} asked={asked} />}
      />
    );
  }
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
